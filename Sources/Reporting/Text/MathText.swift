/// A line of text as mathematics sets it: names slanted, numbers upright, exponents raised.
public struct MathText: Sendable, Equatable, ExpressibleByStringLiteral {
  /// Letters of one kind.
  package struct Run: Sendable, Equatable {
    package var text: String
    package var isSlanted = false
    package var isBold = false
    package var script = Script.line
  }

  /// Where letters stand.
  package enum Script: Sendable, Equatable {
    case line, raised, lowered
  }

  package var runs: [Run]

  init(runs: [Run]) {
    self.runs = runs
  }

  /// Upright text.
  ///
  /// - Parameter text: Any text.
  public init(_ text: String) { runs = text.isEmpty ? [] : [Run(text: text)] }

  /// Upright text.
  ///
  /// - Parameter value: Any text.
  public init(stringLiteral value: String) { self.init(value) }

  /// The text in bold letters.
  var bold: MathText {
    MathText(
      runs: runs.map {
        var run = $0; run.isBold = true; return run
      })
  }

  /// One text after the other.
  ///
  /// - Parameters:
  ///   - left: What comes first.
  ///   - right: What follows.
  /// - Returns: Both.
  public static func + (left: MathText, right: MathText) -> MathText {
    MathText(runs: left.runs + right.runs)
  }

  /// The letters alone.
  package var plain: String { runs.map(\.text).joined() }
}

public import RunStore
public import Symbolic

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What several equations have in common: parts that occur in two or more of them.
///
/// The neurons of a layer see one another's inputs, and what many of them compute with, such as `x - c*t`,
/// is what the layer has learnt.
public struct SharedSubexpressions: Sendable {
  /// A part of several equations.
  public struct Entry: Sendable, Equatable {
    /// The part, numbers in three digits.
    public let expression: Expression

    /// The targets whose equations hold it.
    public let targets: [String]
  }

  /// The parts, those of most equations first and of these the longest.
  ///
  /// A part of a longer part that the same equations share is left out.
  public let entries: [Entry]

  /// Nodes of the smallest part: an operator, and operands of which one is a variable.
  private static let smallest = 3

  /// Compares equations.
  ///
  /// - Parameter distillations: Searches for several targets; the best equation of each counts.
  public init(_ distillations: [Distillation]) {
    var places: [Expression: [Int]] = [:]
    for (index, distillation) in distillations.enumerated() {
      guard let equation = distillation.bestEquation else { continue }
      for part in Self.parts(of: equation.numeric.simplified()) {
        if places[part]?.last != index { places[part, default: []].append(index) }
      }
    }
    var shared = places.filter { $0.value.count > 1 }.map { (part: $0.key, places: $0.value) }
    shared.sort {
      ($1.places.count, $1.part.complexity, $0.part.description)
        < ($0.places.count, $0.part.complexity, $1.part.description)
    }
    var entries: [(part: Expression, places: [Int])] = []
    for candidate in shared {
      let isContained = entries.contains { entry in
        entry.places == candidate.places
          && entry.part.nodes.indices.contains {
            entry.part.subtree(endingAt: $0) == candidate.part
          }
      }
      if !isContained { entries.append(candidate) }
    }
    self.entries = entries.map { entry in
      Entry(expression: entry.part, targets: entry.places.map { distillations[$0].target })
    }
  }

  /// The parts of a formula that hold a variable, with numbers rounded so that look-alikes are equal.
  private static func parts(of formula: Expression) -> [Expression] {
    let rounded = formula.replacingConstants(formula.constants.map(roundedToThreeDigits))
    return rounded.nodes.indices.map { rounded.subtree(endingAt: $0) }
      .filter { $0.complexity >= smallest && !$0.symbols.isEmpty }
  }

  private static func roundedToThreeDigits(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return value }
    let scale = pow(10, 2 - floor(log10(abs(value))))
    return scale.isFinite && scale > 0 ? (value * scale).rounded() / scale : value
  }
}

extension SharedSubexpressions {
  /// The parts as `limbeck distill --json` prints them for several targets.
  public var json: JSONValue {
    .array(
      entries.map { entry in
        .object([
          .init("expression", .string(entry.expression.description)),
          .init("targets", .array(entry.targets.map { .string($0) })),
        ])
      })
  }
}

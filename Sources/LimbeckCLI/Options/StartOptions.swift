import ArgumentParser
import Limbeck

/// The formulas that a search starts from.
struct StartOptions: ParsableArguments {
  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Formula in a table's columns to start from, its constants as first values, such as "
        + "'2*exp(-0.5*t)'; may be repeated.",
      valueName: "formula"))
  var guess: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Directory of an earlier distillation whose equations to start from; other rows, columns or "
        + "limits than then are no obstacle.",
      valueName: "dir"))
  var start: String?

  /// The option that was given, nil if none.
  var given: String? { guess.isEmpty ? start.map { _ in "--start" } : "--guess" }

  func validate() throws { _ = try guesses }

  /// The formulas of `--guess`.
  private var guesses: [Expression] {
    get throws {
      try guess.map { text in
        do {
          return try Expression(parsing: text)
        } catch {
          throw ValidationError("'--guess \(text)': \(error)")
        }
      }
    }
  }

  /// Lets a search start from the formulas.
  ///
  /// - Parameters:
  ///   - distiller: The search.
  ///   - isOneOfSeveral: Whether `--start` is the common directory of several targets.
  ///   - console: Where words go.
  /// - Throws: What is wrong with the formulas or the directory.
  func apply(to distiller: inout Distiller, isOneOfSeveral: Bool, _ console: Console) throws {
    distiller.options.guesses = try guesses
    let member = isOneOfSeveral ? "/\(distiller.table.targetName)" : ""
    guard let start = start.map({ $0 + member }) else { return }
    let front = try EarlierFront(of: start)
    let count = try distiller.start(from: front)
    console.say("starting from \(count) of \(front.formulas.count) equations of \(start)")
  }
}

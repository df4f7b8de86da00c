import ArgumentParser
import Limbeck

/// What formulas are made of: a grammar, and what takes the place of its parts.
struct SpaceOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The search space: \(Grammar.shippedNames.joined(separator: ", ")), or a file.",
      valueName: "name|file"))
  var grammar: String?

  // Unconditionally, as lists may begin with a minus.
  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Operators of two operands in place of the grammar's, such as '+ - * /'.", valueName: "list"))
  var binary: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Operators of one operand in place of the grammar's, such as 'sin exp'; '' for none.",
      valueName: "list"))
  var unary: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Largest complexity of a formula.", valueName: "n"))
  var maxsize: Int?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Longest path from the root to a leaf.", valueName: "n"))
  var maxdepth: Int?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What is minimised: l2, l1, 'huber 1.5', logcosh, 'quantile 0.9', poisson, relative, or a "
        + "formula in prediction, target and weight.",
      valueName: "loss"))
  var loss: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "Any other line of a grammar, such as 'nest sin: no sin' or 'units x: m'; may be repeated.",
      valueName: "line"))
  var rule: [String] = []

  /// The options as lines of a grammar, each with the option that it comes from.
  private var revisions: [(option: String, line: String)] {
    func list(_ text: String) -> String { text.replacing(",", with: " ") }
    let lines: [(String, String?)] = [
      ("--binary", binary.map { "binary " + list($0) }),
      ("--unary", unary.map { "unary " + list($0) }),
      ("--maxsize", maxsize.map { "maxsize \($0)" }),
      ("--maxdepth", maxdepth.map { "maxdepth \($0)" }),
      ("--loss", loss.map { "loss \($0)" }),
    ]
    return lines.compactMap { option, line in line.map { (option, $0) } }
      + rule.map { ("--rule", $0) }
  }

  func validate() throws {
    try LimitCheck.atLeast(1, maxsize, "--maxsize")
    try LimitCheck.atLeast(2, maxdepth, "--maxdepth")
  }

  /// A grammar with what the options put in the place of its parts.
  func revised(_ grammar: Grammar) throws -> Grammar {
    let revisions = revisions
    do {
      return try grammar.revised(by: revisions.map(\.line))
    } catch {
      if case .repeated(let word, _) = error.reason {
        throw ValidationError("'\(word)' is given twice; remove one of the two.")
      }
      throw ValidationError("'\(revisions[error.line].option)': \(error.reason)")
    }
  }
}

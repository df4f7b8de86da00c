extension Loss {
  /// The words of the losses, as grammars write them.
  static let words = ["huber", "l1", "l2", "logcosh", "poisson", "quantile", "relative"]

  /// Reads what follows `loss`: a word, with a number for some, or a formula.
  ///
  /// - Parameter text: For example `huber 1.5`, or `abs(prediction - target)^1.5`.
  /// - Throws: What is wrong with it.
  init(reading text: String) throws(GrammarError.Reason) {
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    guard let word = words.first else {
      throw .missing(after: "loss", expected: "the name of a loss such as 'l2' or a formula")
    }
    if text.contains("prediction") {
      do {
        self = .custom(CustomLoss(try Expression(parsing: text, allowing: CustomLoss.names)))
      } catch {
        throw .lossFormula(error)
      }
      return
    }
    switch (word, words.count) {
    case ("l1", 1): self = .l1
    case ("l2", 1): self = .l2
    case ("logcosh", 1): self = .logCosh
    case ("poisson", 1): self = .poisson
    case ("relative", 1): self = .relative
    case ("huber", 2):
      guard let width = Double(words[1]), width > 0, width.isFinite else {
        throw .badNumber(words[1], after: "huber", expected: "a positive number")
      }
      self = .huber(width)
    case ("quantile", 2):
      guard let level = Double(words[1]), level > 0, level < 1 else {
        throw .badNumber(words[1], after: "quantile", expected: "a number between 0 and 1")
      }
      self = .quantile(level)
    case ("huber", 1), ("quantile", 1):
      throw .missing(after: word, expected: "a number, as in '\(word) 0.5'")
    default:
      if Self.words.contains(word) {
        throw .badNumber(words[1], after: word, expected: "the end of the line")
      }
      throw .unknownLoss(
        word, known: Self.words, suggestion: Spelling.suggestion(for: word, among: Self.words))
    }
  }
}

extension Loss: CustomStringConvertible {
  /// The loss as grammars write it.
  public var description: String {
    switch self {
    case .l1: "l1"
    case .l2: "l2"
    case .huber(let width): "huber \(width)"
    case .logCosh: "logcosh"
    case .quantile(let level): "quantile \(level)"
    case .poisson: "poisson"
    case .relative: "relative"
    case .custom(let custom): custom.formula.description
    }
  }
}

import Networks
import Symbolic

/// What the names in a problem's formulas mean.
struct ProblemNames {
  /// What one name means.
  enum Meaning: Equatable {
    case variable(Int)
    case parameter(Int)

    /// An unknown or a derivative of one.
    case derivative(DerivativeSymbol)

    /// It begins like a derivative, but the rest is no sequence of variables.
    case notVariables(unknown: String, suffix: String)

    /// It can be read as two different derivatives.
    case ambiguous

    /// It begins with nothing known.
    case unknown
  }

  let variables: [String]
  let unknowns: [String]
  let parameters: [String]

  init(variables: [String], unknowns: [String], parameters: [String]) {
    self.variables = variables
    self.unknowns = unknowns
    self.parameters = parameters
  }

  init(_ problem: Problem) {
    self.init(
      variables: problem.variables.map(\.name), unknowns: problem.unknowns,
      parameters: problem.parameters.map(\.name))
  }

  /// What a name means; names that are declared come before derivatives.
  func meaning(of name: String) -> Meaning {
    if let index = variables.firstIndex(of: name) { return .variable(index) }
    if let index = parameters.firstIndex(of: name) { return .parameter(index) }
    if let index = unknowns.firstIndex(of: name) {
      return .derivative(derivative(index, variables.map { _ in 0 }, name))
    }
    return derivativeMeaning(of: name)
  }

  /// What a name means if it is a derivative, whatever is declared under the same name.
  func derivativeMeaning(of name: String) -> Meaning {
    var found: Set<DerivativeSymbol> = []
    var failure = Meaning.unknown
    for (index, unknown) in unknowns.enumerated() where name.hasPrefix(unknown + "_") {
      let suffix = name.dropFirst(unknown.count + 1)
      let readings = self.readings(of: suffix)
      found.formUnion(readings.map { derivative(index, $0, name) })
      if readings.isEmpty { failure = .notVariables(unknown: unknown, suffix: String(suffix)) }
    }
    guard let first = found.first else { return failure }
    return found.count == 1 ? .derivative(first) : .ambiguous
  }

  /// The different exponents that a sequence of variables' names can mean; two at most are told.
  ///
  /// Works from the left, keeping for each position the exponents with which it can be reached, so
  /// that the time grows with the length of the text and not with the number of ways to cut it.
  private func readings(of suffix: Substring) -> Set<[Int]> {
    let text = Array(suffix.utf8)
    guard !text.isEmpty, text.count <= 256 else { return [] }
    let names = variables.map { Array($0.utf8) }
    var reached = [Set<[Int]>](repeating: [], count: text.count + 1)
    reached[0] = [variables.map { _ in 0 }]
    for position in text.indices {
      for (index, name) in names.enumerated() where text[position...].starts(with: name) {
        for exponents in reached[position] where reached[position + name.count].count < 2 {
          var next = exponents
          next[index] += 1
          reached[position + name.count].insert(next)
        }
      }
    }
    return reached[text.count]
  }

  private func derivative(_ unknown: Int, _ exponents: [Int], _ name: String) -> DerivativeSymbol {
    DerivativeSymbol(unknown: unknown, monomial: Monomial(exponents), symbol: Symbol(name))
  }
}

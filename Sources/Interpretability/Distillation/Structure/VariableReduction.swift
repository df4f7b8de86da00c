public import Symbolic

/// A table in fewer variables, when its target has a structure that allows it.
///
/// A travelling wave `u = f(x − c t)` is a table of one variable, and a heat kernel
/// `u = t^(−1/2) f(x t^(−1/2))` one of `u t^(1/2)` over one variable: what is left for a search to find
/// is the profile f. Rows count by the square of the factor, so that losses mean what they did.
public struct VariableReduction: Sendable {
  /// The table to search.
  public let table: SearchTable

  /// Mean squared residuals of the original table are this many times those of ``table``.
  public let lossScale: Double

  /// What each variable of ``table`` that is new stands for.
  private let meanings: [Symbol: Expression]

  /// What the target was divided by.
  private let factor: Expression

  /// The largest threshold of a test on which variables are given up.
  ///
  /// A structure that is only roughly known would put its own error into every formula.
  private static let largestThreshold = 1e-3

  /// Reduces a table; nil if no structure allows it.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - analysis: The structure of its target.
  public init?(_ table: SearchTable, by analysis: StructureAnalysis) {
    var remaining = table.variables
    var meanings: [(variable: Symbol, meaning: Expression)] = []
    var factors: [Expression] = []
    func take(_ names: String...) -> Bool {
      let symbols = names.map { Symbol($0) }
      guard symbols.allSatisfy(remaining.contains) else { return false }
      remaining.removeAll { symbols.contains($0) }
      return true
    }
    let reliable = analysis.tests.filter {
      $0.verdict == .holds && $0.threshold <= Self.largestThreshold
    }
    for structure in reliable.map(\.structure) {
      let variable = Self.freshName(for: table, taken: meanings.map(\.variable))
      switch structure {
      case .irrelevant(let x):
        _ = take(x)
      case .exponentialFactor(let x, _), .powerFactor(let x, _):
        if take(x) { factors.append(structure.factor) }
      case .translation(let x, let y, _), .scaling(let x, let y, _), .rotation(let x, let y, _),
        .similarity(let x, let y, _, _):
        guard let meaning = structure.derivedVariables.first, take(x, y) else { continue }
        factors.append(structure.factor)
        meanings.append((variable, meaning))
      case .harmonic, .hyperbolic, .additive, .multiplicative, .composition:
        continue
      }
    }
    guard remaining.count < table.variables.count, !(remaining.isEmpty && meanings.isEmpty) else {
      return nil
    }
    factor = factors.reduce(.one, *).simplified()
    self.meanings = Dictionary(uniqueKeysWithValues: meanings.map { ($0.variable, $0.meaning) })
    func values(_ formula: Expression) -> [Double]? {
      (try? Program(formula, inputs: table.variables))?.evaluate(table.columns)
    }
    guard let scale = values(factor), scale.allSatisfy({ $0 != 0 && $0.isFinite }) else {
      return nil
    }
    let kept = remaining.compactMap { name in
      table.variables.firstIndex(of: name).map { (name, table.columns[$0]) }
    }
    let derived = meanings.compactMap { entry in values(entry.meaning).map { (entry.variable, $0) }
    }
    let columns = derived + kept
    let weights = table.weights ?? scale.map { _ in 1 }
    guard
      let reduced = try? SearchTable(
        variables: columns.map(\.0), columns: columns.map(\.1), targetName: table.targetName,
        target: zip(table.target, scale).map { $0 / $1 },
        weights: zip(weights, scale).map { $0 * $1 * $1 })
    else { return nil }
    self.table = reduced
    // Losses of weighted rows are means over the weights.
    lossScale = zip(weights, scale).reduce(0) { $0 + $1.0 * $1.1 * $1.1 } / weights.reduce(0, +)
  }

  /// The numbers that the structure holds.
  ///
  /// - Parameter candidates: The closed forms that they were given.
  /// - Returns: The numbers with their forms, those of the new variables before those of the factor.
  func constants(forms candidates: SnapCandidates) -> [IdentifiedEquation.Constant] {
    let parts = meanings.keys.sorted().compactMap { meanings[$0] } + [factor]
    return parts.flatMap(\.constants).filter { abs($0) != 1 && abs($0) != 2 }.map { value in
      IdentifiedEquation.Constant(
        value: value, standardError: nil,
        form: candidates.match(value, standardError: 0)?.expression)
    }
  }

  /// A formula of the original target in the original variables.
  ///
  /// - Parameters:
  ///   - formula: A formula over the variables of ``table``.
  ///   - candidates: The closed forms that the structure's numbers were given, to write them as such;
  ///     nil for numbers.
  /// - Returns: The formula with the new variables' meanings, times the factor.
  public func restoring(
    _ formula: Expression, forms candidates: SnapCandidates? = nil
  ) -> Expression {
    func written(_ part: Expression) -> Expression {
      guard let candidates else { return part }
      return Expression(
        postfix: part.nodes.flatMap { node in
          guard node.operation == .constant,
            let form = candidates.match(node.value, standardError: 0)?.expression
          else { return [node] }
          return form.nodes
        })
    }
    return (written(factor) * formula.substituting(meanings.mapValues(written))).simplified()
  }

  /// A formula of the original target whose only free constants are the formula's own, in their order.
  ///
  /// - Parameter formula: A formula over the variables of ``table``.
  /// - Returns: The formula with the new variables' meanings, times the factor, nothing simplified.
  func placing(_ formula: Expression) -> Expression {
    func fixed(_ part: Expression) -> Expression {
      Expression(
        postfix: part.nodes.map { node in
          node.operation == .constant ? Expression.Node(constant: node.value, isFixed: true) : node
        })
    }
    return Expression(.multiply, fixed(factor), formula.substituting(meanings.mapValues(fixed)))
  }

  /// `s`, or `s` with the first number that makes it new.
  private static func freshName(for table: SearchTable, taken: [Symbol]) -> Symbol {
    let used = table.variables + taken + [table.targetName]
    let names = [Symbol("s")] + (1...used.count + 1).map { Symbol("s\($0)") }
    return names.first { !used.contains($0) } ?? names[0]
  }
}

extension FieldStructure {
  /// What the function can be divided by so that only its derived variables remain.
  fileprivate var factor: Expression {
    switch self {
    case .exponentialFactor(let x, let rate): exp(Expression(rate) * Expression(Symbol(x)))
    case .powerFactor(let x, let exponent): Self.power(x, exponent)
    case .similarity(_, let y, _, let power): Self.power(y, power)
    default: .one
    }
  }
}

/// A template of one unknown function made into a free search for that function.
///
/// A template that is linear in a single call, `u = A*f(ξ) + B` with `A`, `B` and the arguments `ξ`
/// formulas in variables and parameters, asks for the function that takes `(u - B)/A` at `ξ`: a
/// search in fewer variables, such as the profile of a travelling wave in `x - c*t` alone. The
/// parameters come first, by variable projection: they are where a polynomial in `ξ` explains most
/// of the target (Golub & Pereyra 1973, [doi:10.1137/0710036](https://doi.org/10.1137/0710036)).
///
/// ```swift
/// if let reduction = try grammar.reduction(of: table) {
///   let search = try IslandSearch(reduction.table, grammar: reduction.grammar, seed: 1)
///   let profiles = search.run(budget: budget).hallOfFame
///   let formulas = reduction.restored(profiles, to: table)
/// }
/// ```
public struct TemplateReduction: Sendable {
  /// What the unknown function should compute, by its arguments.
  public let table: SearchTable

  /// The grammar without its template.
  public let grammar: Grammar

  /// The values found for the template's parameters.
  public let parameters: [Symbol: Double]

  private let template: Expression
  private let call: Grammar.Call

  init(
    table: SearchTable, grammar: Grammar, parameters: [Symbol: Double], template: Expression,
    call: Grammar.Call
  ) {
    self.table = table
    self.grammar = grammar
    self.parameters = parameters
    self.template = template
    self.call = call
  }

  /// The names of the columns of ``table`` for a function of several arguments.
  static func argumentNames(count: Int) -> [Symbol] {
    count == 1 ? ["s"] : (1...count).map { Symbol("s\($0)") }
  }

  /// The whole formula, given the unknown function.
  ///
  /// - Parameter function: A formula in the columns of ``table``.
  /// - Returns: The template with the function and the parameters in it; the parameters are
  ///   constants that a fit may still improve.
  public func formula(of function: Expression) -> Expression {
    let arguments = Dictionary(
      uniqueKeysWithValues: zip(
        Self.argumentNames(count: call.arguments.count), call.arguments))
    let values = parameters.mapValues { Expression($0) }
    return template.substituting([call.placeholder: function.substituting(arguments)])
      .substituting(values)
  }

  /// The whole formulas of the functions found, fitted to the whole table.
  ///
  /// - Parameters:
  ///   - hall: Formulas in the columns of ``table``.
  ///   - full: The table that was reduced.
  /// - Returns: Formulas in its columns; those that have no finite value everywhere are left out.
  public func restored(_ hall: HallOfFame, to full: SearchTable) -> HallOfFame {
    var result = HallOfFame(resolution: hall.resolution)
    for entry in hall.front {
      guard let fit = try? ConstantFit(refining: formula(of: entry.expression), to: full) else {
        continue
      }
      result.insert(
        HallOfFame.Entry(
          expression: fit.expression, complexity: grammar.complexity(of: fit.expression),
          loss: fit.loss, rSquared: fit.rSquared))
    }
    return result
  }
}

extension Grammar {
  /// The search that the grammar's template leaves to do, or nil if it needs none of this kind:
  /// because there is no template, or its functions are of plain variables.
  ///
  /// - Parameter table: What is to be explained.
  /// - Returns: The reduced search.
  /// - Throws: ``SearchError`` if the template does not fit the table, is not finite on it, or calls
  ///   more than one function of formulas.
  public func reduction(of table: SearchTable) throws(SearchError) -> TemplateReduction? {
    guard case .formula(let template, let calls) = template,
      !parameters.isEmpty
        || calls.contains(where: { $0.arguments.contains { $0.symbolValue == nil } })
    else { return nil }
    if let parameter = parameters.first(where: { $0.category != nil }) {
      throw .notSearched("the parameter '\(parameter.name)' by category")
    }
    guard loss?.isLeastSquares ?? true else {
      throw .notSearched("a loss other than squares beside functions of formulas")
    }
    guard calls.count == 1 else {
      throw .notSearched("more than one function of formulas, '\(calls[1].function)',")
    }
    let problem = try ParameterFit(template, calls[0], parameters.flatMap(\.symbols), table)
    guard let values = problem.solve() else {
      throw .undefinedFormula(template.description)
    }
    let columns = problem.columns(values)
    var grammar = self
    grammar.template = nil
    grammar.parameters = []
    grammar.variableWeights = [:]
    grammar.units = [:]
    let reduced = try SearchTable(
      variables: TemplateReduction.argumentNames(count: calls[0].arguments.count),
      columns: columns.arguments, targetName: table.targetName, target: columns.target,
      weights: columns.weights)
    return TemplateReduction(
      table: reduced, grammar: grammar,
      parameters: Dictionary(uniqueKeysWithValues: zip(problem.names, values)),
      template: template, call: calls[0])
  }
}

internal import Tensors

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
///   let formulas = reduction.restored(profiles)
/// }
/// ```
public struct TemplateReduction: Sendable {
  /// What the unknown function should compute, by its arguments.
  public let table: SearchTable

  /// The grammar without its template.
  public let grammar: Grammar

  /// What was found for the template's parameters.
  public let parameters: [TemplateParameter]

  /// Mean squared residuals of the whole table are this many times those of ``table``.
  public let lossScale: Double

  private let shape: TemplateShape
  private let full: SearchTable

  init(
    _ shape: TemplateShape, _ parameters: [TemplateParameter], grammar: Grammar,
    table full: SearchTable
  ) throws(SearchError) {
    self.shape = shape
    self.parameters = parameters
    self.grammar = grammar
    self.full = full
    let values = Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0.formula) })
    func column(_ formula: Expression) throws(SearchError) -> [Double] {
      let program = try? Program(formula.substituting(values), inputs: full.variables)
      guard let column = program?.evaluate(full.columns), column.allSatisfy(\.isFinite) else {
        throw .undefinedFormula(shape.template.description)
      }
      return column
    }
    let factor = try column(shape.scale)
    let rest = try column(shape.offset)
    guard !factor.contains(0) else { throw .undefinedFormula(shape.template.description) }
    var columns: [[Double]] = []
    for argument in shape.arguments { columns.append(try column(argument)) }
    let weights = full.weights ?? factor.map { _ in 1 }
    let squares = zip(weights, factor).map { $0 * $1 * $1 }
    table = try SearchTable(
      variables: shape.argumentNames, columns: columns, targetName: full.targetName,
      target: factor.indices.map { (full.target[$0] - rest[$0]) / factor[$0] }, weights: squares)
    lossScale = squares.reduce(0, +) / weights.reduce(0, +)
  }

  /// The whole formula, given the unknown function.
  ///
  /// - Parameter function: A formula in the columns of ``table``.
  /// - Returns: The template with the function and the parameters' values in it.
  public func formula(of function: Expression) -> Expression {
    shape.formula(
      of: function, Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0.formula) }))
  }

  /// The whole formula for people, with names such as `a[group]` for parameters that differ from
  /// category to category.
  ///
  /// - Parameters:
  ///   - function: A formula in the columns of ``table``.
  ///   - hasForms: Whether closed forms stand for parameters that have them.
  /// - Returns: The template with the function and the parameters in it.
  public func readableFormula(of function: Expression, hasForms: Bool = true) -> Expression {
    let written = parameters.map { parameter in
      let form = hasForms ? parameter.forms[0] : nil
      let value = form ?? Expression(parameter.values[0])
      return (parameter.name, parameter.symbol.map { Expression($0) } ?? value)
    }
    return shape.formula(of: function, Dictionary(uniqueKeysWithValues: written)).simplified()
  }

  /// The whole formulas of the functions found, fitted to the whole table.
  ///
  /// - Parameter hall: Formulas in the columns of ``table``.
  /// - Returns: Formulas in the columns of the whole table, with the complexities of the functions; those
  ///   that have no finite value everywhere are left out.
  public func restored(_ hall: HallOfFame) -> HallOfFame {
    var result = HallOfFame(resolution: hall.resolution)
    let variance = Statistics.variance(full.target) ?? 1
    for entry in hall.front {
      guard let (reduction, function, loss) = fitted(entry.expression) else { continue }
      result.insert(
        HallOfFame.Entry(
          expression: reduction.formula(of: function), complexity: entry.complexity, loss: loss,
          rSquared: 1 - loss / variance))
    }
    return result
  }

  /// The reduction with the parameters that fit best together with a function, identified as far as they
  /// can be.
  ///
  /// Constants of the function that parameters can stand in for are taken from it: with `a*f(x) + b` there
  /// is nothing to tell `f` from `2*f + 1`.
  ///
  /// - Parameters:
  ///   - function: A formula in the columns of ``table``.
  ///   - candidates: The closed forms to choose from for parameters of one value.
  ///   - teacherLoss: The mean squared error that the data are known to have; 0 if unknown.
  /// - Returns: The reduction, and the function with its constants fitted; nil if the whole is not finite
  ///   on every row.
  public func settled(
    on function: Expression, _ candidates: SnapCandidates, teacherLoss: Double = 0
  ) -> (reduction: TemplateReduction, function: Expression)? {
    guard var best = fitted(function, knowing: teacherLoss) else { return nil }
    for index in function.constants.indices where !best.function.isFixed(index) {
      for value in [0.0, 1.0] {
        let trial = best.function.fixingConstant(index, at: value)
        guard let fit = best.reduction.replacement(trial, for: best.loss, teacherLoss) else {
          continue
        }
        best = fit
        break
      }
    }
    let bare = best.function.readable(on: best.reduction.table.domain)
    if bare.root.operation == .negate,
      let fit = best.reduction.replacement(bare.operands[0], for: best.loss, teacherLoss)
    {
      best = fit
    }
    for (index, parameter) in best.reduction.parameters.enumerated()
    where parameter.category == nil {
      let found = best.reduction.parameters[index]
      guard let error = found.standardErrors[0],
        let form = candidates.match(
          found.values[0], standardError: error, caution: teacherLoss > 0 ? 2 : 0)
      else { continue }
      var parameters = best.reduction.parameters
      parameters[index].values[0] = form.value
      parameters[index].forms[0] = form.expression
      guard
        let fit = try? TemplateReduction(shape, parameters, grammar: grammar, table: full)
          .fitted(best.function, knowing: teacherLoss)
      else { continue }
      // χ² may rise by as much as a constant is believed to be off.
      let noise = max(best.loss, roundingLoss)
      let rise = Double(full.rowCount) * (fit.loss - best.loss - teacherLoss - roundingLoss) / noise
      if rise <= SnapCandidates.widestMiss * SnapCandidates.widestMiss { best = fit }
    }
    return (best.reduction, best.function.simplified())
  }

  /// A function that parameters make as good as another one; nil if it is not.
  private func replacement(
    _ function: Expression, for loss: Double, _ teacherLoss: Double
  ) -> (reduction: TemplateReduction, function: Expression, loss: Double)? {
    // The parameters first: the function's own constants are where they should be.
    guard let start = fitted(function, knowing: teacherLoss, isFunctionFree: false),
      let fit = start.reduction.fitted(function, knowing: teacherLoss),
      fit.loss <= (1 + 1e-6) * loss + roundingLoss
    else { return nil }
    return fit
  }

  /// The mean square that the rounding of a fit leaves.
  private var roundingLoss: Double {
    let ulp = Double.ulpOfOne
    return 256 * ulp * ulp * full.target.reduce(0) { $0 + $1 * $1 } / Double(full.rowCount)
  }

  /// Fits the parameters that have no closed form and the constants of a function together.
  private func fitted(
    _ function: Expression, knowing teacherLoss: Double = 0, isFunctionFree: Bool = true
  ) -> (reduction: TemplateReduction, function: Expression, loss: Double)? {
    let known = parameters.flatMap(\.forms).map { $0 != nil }
    let isFree = { (tie: Int) in known.indices.contains(tie) ? !known[tie] : isFunctionFree }
    guard let fit = TiedFit(shape.tied(function, parameters), to: full, where: isFree) else {
      return nil
    }
    var parameters = parameters
    var tie = 0
    for index in parameters.indices {
      for place in parameters[index].values.indices {
        parameters[index].values[place] = fit.values[tie]
        if isFree(tie) {
          parameters[index].standardErrors[place] = fit.standardError(
            of: tie, knowing: teacherLoss)
        }
        tie += 1
      }
    }
    guard
      let reduction = try? TemplateReduction(shape, parameters, grammar: grammar, table: full)
    else { return nil }
    return (reduction, function.replacingConstants(Array(fit.values[tie...])), fit.loss)
  }
}

extension SearchProgress {
  /// The progress with other formulas.
  ///
  /// - Parameter hall: The formulas.
  /// - Returns: The same times and counts.
  public func replacing(_ hall: HallOfFame) -> SearchProgress {
    SearchProgress(seconds: seconds, counts: counts, rate: rate, hallOfFame: hall)
  }
}

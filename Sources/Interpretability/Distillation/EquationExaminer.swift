internal import PINN
internal import Symbolic
internal import Tensors

/// Makes of a formula that a search found an equation: constants that say nothing go, the others get
/// their closed forms, and the whole is put back into the problem.
struct EquationExaminer {
  /// What the formulas were fitted to.
  let table: SearchTable

  /// The shape of the grid that the table's rows form, nil for scattered rows.
  let gridShape: [Int]?

  /// The reduction that led to the table that was searched, nil if it is ``table``.
  var reduction: (any TableReduction)?

  /// The reduction by the grammar's template: its parameters are fitted anew with each formula.
  var template: TemplateReduction? { reduction as? TemplateReduction }

  /// The closed forms to choose from.
  let candidates: SnapCandidates

  /// The mean squared error the data are known to have; 0 if unknown.
  let teacherLoss: Double

  /// The problem that the target should solve, nil for a plain table.
  let problem: Problem?

  /// The network that stands for the other unknowns of a system.
  let network: TrainedNetwork?

  /// The table that was searched.
  private var searched: SearchTable { reduction?.table ?? table }

  /// Mean squared residuals of ``table`` are this many times those of the table that was searched.
  private var lossScale: Double { reduction?.lossScale ?? 1 }

  /// How well formulas solve the problem; nil if no single formula can.
  let residual: ResidualObjective?

  /// Below this R² a formula is no solution, whatever its constants stand for.
  static let plausibleFit = 0.999

  /// Identifies the constants of an entry and puts it back into the problem.
  ///
  /// - Parameters:
  ///   - entry: A formula over the table that was searched.
  ///   - isPlausible: Whether it may solve the problem, so that its constants are worth a closer look.
  /// - Returns: The equation; nil if the formula is undefined on a row.
  func equation(_ entry: HallOfFame.Entry, isPlausible: Bool) -> DistilledEquation? {
    if isPlausible, let solution = solution(entry) { return solution }
    guard
      let (reduction, formula) = template?.settled(
        on: entry.expression, candidates, teacherLoss: teacherLoss)
    else { return equation(of: entry.expression, entry) }
    var settled = self
    settled.reduction = reduction
    return settled.equation(of: formula, entry)
  }

  private func equation(
    of formula: Expression, _ entry: HallOfFame.Entry
  ) -> DistilledEquation? {
    // Outliers keep even the right formula from explaining much of another loss than squares.
    let isClose = entry.rSquared > Self.plausibleFit || table.loss != .l2
    let formula = isClose ? withoutIdleConstants(formula) : formula
    guard
      let identified = try? IdentifiedEquation(
        formula, table: searched, gridShape: gridShape, candidates: candidates,
        teacherLoss: teacherLoss / lossScale)
    else { return nil }
    return put(identified, complexity: entry.complexity)
  }

  /// A formula that the search found, as the table's own variables have it.
  func restored(_ formula: Expression) -> Expression {
    reduction?.restoring(formula, forms: nil) ?? formula
  }

  /// The formula without the constants whose absence the data cannot tell, the others fitted again.
  ///
  /// Such constants are what is left of a teacher's error: `(x - 5e-9)^2` for `x^2`.
  private func withoutIdleConstants(_ formula: Expression) -> Expression {
    guard var best = try? ConstantFit(refining: formula, to: searched) else { return formula }
    var index = 0
    while index < best.expression.constants.count {
      let constants = best.expression.constants
      guard constants[index] != 0 else {
        index += 1
        continue
      }
      var trial = constants
      trial[index] = 0
      let shorter = best.expression.replacingConstants(trial).simplified()
      let limit = max(best.loss + 1e-4 * best.noise, 0.5 * teacherLoss / lossScale)
      if shorter.complexity < best.expression.complexity, !shorter.symbols.isEmpty,
        let fit = try? ConstantFit(refining: shorter, to: searched), fit.loss <= limit
      {
        best = fit
        index = 0
      } else {
        index += 1
      }
    }
    return best.expression.complexity < formula.complexity ? best.expression : formula
  }

  /// The formula with the constants that solve the problem, if there are any and they are proved.
  ///
  /// The data know a constant up to their error, a problem knows it exactly: where nothing of the residual
  /// is left, closed forms are read off in full precision.
  ///
  /// - Parameter entry: A formula over the table that was searched.
  /// - Returns: The solution; nil if the formula is none, whatever its constants are.
  func solution(_ entry: HallOfFame.Entry) -> DistilledEquation? {
    guard let residual, let fit = residual.fit(restored(entry.expression), steps: 60),
      fit.loss < Self.solvedLoss,
      let program = try? Program(fit.expression, inputs: table.variables)
    else { return nil }
    let values = program.evaluate(table.columns)
    guard
      let ideal = try? SearchTable(
        variables: table.variables, columns: table.columns, targetName: table.targetName,
        target: values),
      let identified = try? IdentifiedEquation(
        fit.expression, table: ideal, gridShape: gridShape, candidates: candidates,
        teacherLoss: 1e-20 * (Statistics.variance(values) ?? 0))
    else { return nil }
    let solved = put(identified, complexity: entry.complexity, isSearched: false)
    return solved.check?.isExactSolution ?? false ? solved : nil
  }

  /// The loss of ``ResidualObjective`` at which a problem is solved up to rounding, its terms being of
  /// order one to a thousand.
  private static let solvedLoss = 1e-16

  /// Puts an equation back into the problem.
  ///
  /// - Parameters:
  ///   - identified: The equation.
  ///   - complexity: Its complexity.
  ///   - isSearched: Whether it is over the table that was searched; else it is over ``table`` and was
  ///     fitted to something else.
  /// - Returns: The equation with all that is known about it.
  private func put(
    _ identified: IdentifiedEquation, complexity: Int, isSearched: Bool = true
  ) -> DistilledEquation {
    let reduction = isSearched ? reduction : nil
    let equation =
      reduction?.restoring(identified.equation, forms: candidates) ?? identified.equation
    let parameters = problem?.parameterValues ?? [:]
    let whole = equation.substituting(template?.meanings ?? [:])
    let numeric = whole.substituting(parameters.mapValues { Expression($0) })
    let loss = isSearched ? identified.loss * lossScale : misfit(of: numeric, by: table.loss)
    let isFitted = isSearched && reduction == nil
    let variance = Statistics.variance(table.target) ?? 0
    return DistilledEquation(
      complexity: complexity, score: 0, identified: identified, equation: equation,
      fitted: reduction?.restoring(identified.fitted, forms: nil) ?? identified.fitted,
      constants: identified.constants + (reduction?.constants(forms: candidates) ?? []), loss: loss,
      noise: isSearched ? identified.noise * lossScale : loss, degree: table.loss.degree,
      rSquared: isFitted ? identified.rSquared : 1 - misfit(of: numeric, by: .l2) / variance,
      categories: template?.parameters.filter { $0.symbol.map(equation.symbols.contains) ?? false }
        ?? [],
      numeric: numeric, safety: EquationSafety(of: numeric, over: table),
      check: problem.flatMap {
        SolutionCheck(of: [table.targetName.name: whole], in: $0, network: network)
      })
  }

  /// The weighted mean of a loss of a formula of ``table``.
  private func misfit(of formula: Expression, by loss: Loss) -> Double {
    guard let program = try? Program(formula, inputs: table.variables) else { return .infinity }
    let weights = table.weights ?? table.target.map { _ in 1 }
    let losses = zip(zip(program.evaluate(table.columns), table.target), weights).map {
      loss.value(prediction: $0.0, target: $0.1, weight: $1)
    }
    return Statistics.sum(losses) / Statistics.sum(weights)
  }
}

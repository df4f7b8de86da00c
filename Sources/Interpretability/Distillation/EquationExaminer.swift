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
  let reduction: VariableReduction?

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

  /// Whether one equation can solve the problem: one unknown's form says nothing of the others'.
  var canProve: Bool { problem?.unknowns == [table.targetName.name] }

  /// Below this R² a formula is no solution, whatever its constants stand for.
  static let plausibleFit = 0.999

  /// Identifies the constants of an entry and puts it back into the problem.
  ///
  /// - Parameter entry: A formula over the table that was searched.
  /// - Returns: The equation; nil if the formula is undefined on a row.
  func equation(_ entry: HallOfFame.Entry) -> DistilledEquation? {
    let formula =
      entry.rSquared > Self.plausibleFit
      ? withoutIdleConstants(entry.expression) : entry.expression
    guard
      let identified = try? IdentifiedEquation(
        formula, table: searched, gridShape: gridShape, candidates: candidates,
        teacherLoss: teacherLoss / lossScale)
    else { return nil }
    let equation = put(identified, complexity: entry.complexity)
    return proved(equation) ?? equation
  }

  /// The formula as the table's own variables have it.
  func restored(_ formula: Expression) -> Expression {
    reduction?.restoring(formula) ?? formula
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
      let limit = max(1.0001 * best.loss, 0.5 * teacherLoss / lossScale)
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

  /// The equation with forms that make it a proved solution, if there are any.
  ///
  /// Forms that the data alone could not make believable are believed if the equation then solves
  /// the problem: that does not happen by chance.
  private func proved(_ equation: DistilledEquation) -> DistilledEquation? {
    let identified = equation.identified
    guard canProve, !(equation.check?.isExactSolution ?? false),
      equation.rSquared > Self.plausibleFit
    else { return nil }
    let open = identified.constants.indices.filter { identified.constants[$0].form == nil }
    guard !open.isEmpty, open.count <= 2 else { return nil }
    var trials = [identified]
    for index in open {
      let constant = identified.constants[index]
      guard let error = constant.standardError else { return nil }
      // A proof leaves no room for chance, so three standard errors are looked at.
      let forms = candidates.forms(near: constant.value, standardError: 3 * error, limit: 12)
      trials = trials.flatMap { trial in
        forms.compactMap { trial.replacingConstant(index, by: $0, table: searched) }
      }
    }
    return trials.lazy.map { put($0, complexity: equation.complexity) }
      .first { $0.check?.isExactSolution ?? false }
  }

  /// Puts an equation back into the problem.
  private func put(_ identified: IdentifiedEquation, complexity: Int) -> DistilledEquation {
    let equation =
      reduction?.restoring(identified.equation, forms: candidates) ?? identified.equation
    let loss = identified.loss * lossScale
    let variance = Statistics.variance(table.target) ?? 0
    let parameters = problem?.parameterValues ?? [:]
    let numeric = equation.substituting(parameters.mapValues { Expression($0) })
    return DistilledEquation(
      complexity: complexity, score: 0, identified: identified, equation: equation,
      fitted: restored(identified.fitted),
      constants: identified.constants + (reduction?.constants(forms: candidates) ?? []), loss: loss,
      rSquared: reduction == nil ? identified.rSquared : 1 - loss / variance,
      numeric: numeric, safety: EquationSafety(of: numeric, over: table),
      check: problem.flatMap {
        SolutionCheck(of: [table.targetName.name: equation], in: $0, network: network)
      })
  }
}

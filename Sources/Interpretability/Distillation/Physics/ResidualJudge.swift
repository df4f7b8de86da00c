internal import PINN
internal import Symbolic
internal import Tensors

/// Judges the formulas of a search by how well they solve a problem.
///
/// With the loss L of ``ResidualObjective``, that of the best constant c and the target's variance,
///
///     penalty = weight · Var(u) · L(formula) / L(c)
///
/// has the data's units, whatever those of the equations are. Data that are a little wrong give even the
/// right formula constants with which it solves nothing; so constants are fitted to the data and the
/// problem together: only the right formula then loses its penalty.
struct ResidualJudge: Sendable {
  private let physics: ResidualObjective
  private let joint: ResidualObjective
  private let scale: Double
  private let reduction: VariableReduction?

  /// The loss L, data included, that a formula may have beyond its own to be worth a fit.
  private let promisingLoss: Double

  /// Steps of the fit to data and problem; the start is the fit to the data.
  private static let steps = 12

  /// The share of the target's variance that such a formula may leave unexplained.
  private static let promising = 0.2

  /// Prepares for a search; nil if the problem says nothing of a formula for the target alone.
  ///
  /// - Parameters:
  ///   - problem: The problem.
  ///   - table: The target on the problem's variables.
  ///   - weight: The penalty of solving the problem as badly as a constant, in variances; positive.
  ///   - reduction: The reduction that led to the table that is searched, nil for none.
  init?(
    _ problem: Problem, table: SearchTable, weight: Double, reduction: VariableReduction?
  ) {
    guard problem.unknowns == [table.targetName.name],
      let physics = try? ResidualObjective(problem),
      let variance = Statistics.variance(table.target), let mean = Statistics.mean(table.target),
      let reference = physics.loss(of: Expression(mean)), reference > 0
    else { return nil }
    scale = weight * variance / reference
    guard
      let joint = try? ResidualObjective(problem, data: table, dataWeight: 1 / scale)
    else { return nil }
    self.physics = physics
    self.joint = joint
    self.reduction = reduction
    promisingLoss = Self.promising * variance / scale
  }

  /// Judges a formula over the table that is searched; nil where it, or a derivative, is undefined.
  func callAsFunction(_ formula: Expression) -> FormulaJudgement? {
    let placed = reduction?.placing(formula) ?? formula
    guard let loss = physics.loss(of: placed) else { return nil }
    // Losses of the table that is searched, in which penalties are.
    let unit = scale / (reduction?.lossScale ?? 1)
    var revision: FormulaJudgement.Revision?
    if joint.loss(of: placed) ?? .infinity < loss + promisingLoss,
      let fit = joint.fit(placed, steps: Self.steps),
      let revised = physics.loss(of: fit.expression)
    {
      revision = FormulaJudgement.Revision(
        constants: formula.constants(from: fit.expression.freeConstants), penalty: unit * revised)
    }
    return FormulaJudgement(penalty: unit * loss, revision: revision)
  }
}

extension Expression {
  /// The numbers that a fit may change, in postfix order.
  fileprivate var freeConstants: [Double] {
    nodes.compactMap { $0.operation == .constant && !$0.isFixed ? $0.value : nil }
  }

  /// All numbers, with others in the place of the free ones.
  fileprivate func constants(from free: [Double]) -> [Double] {
    var remaining = free[...]
    return nodes.compactMap { node in
      guard node.operation == .constant else { return nil }
      return node.isFixed ? node.value : remaining.popFirst() ?? node.value
    }
  }
}

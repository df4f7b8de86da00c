public import Symbolic

/// One formula of the front of a search that is still running.
public struct FrontLine: Sendable, Equatable {
  /// The sum of the grammar's weights over the formula's nodes.
  public let complexity: Int

  /// The mean squared residual; of a search without data, how far the problem is from solved.
  public let loss: Double

  /// PySR's score: −Δ log(loss) / Δ complexity along the front; 0 for the simplest.
  public let score: Double

  /// How far the formula is from solving the problem's equations and conditions, as a root mean
  /// square; nil without a problem, or where the residual is undefined.
  public let residual: Double?

  /// The formula over the table's own variables.
  public let formula: Expression

  /// The formula for people: numbers in six digits.
  public let equation: String

  /// Whether this is the formula to believe so far.
  public let isBest: Bool
}

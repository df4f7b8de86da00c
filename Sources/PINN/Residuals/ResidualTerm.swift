public import Symbolic

/// One part of the loss: an equation that should vanish at a set of points.
///
/// Equations that share their points, such as those of a system, form one term, so that the network
/// is evaluated there once. The term contributes `weight · mean(rᵢ²)` for each equation.
public struct ResidualTerm: Sendable {
  /// What the term is called in logs and tables: `equation 1`, `t = 0`, ….
  public let names: [String]

  /// The residuals, over the variables' and the derivatives' symbols; parameters that are
  /// not trained are numbers by now.
  public let equations: [Expression]

  /// Coordinates of the points, one array for each variable.
  public let points: [[Double]]

  /// A second point for each of ``points``, whose values the equations can compare with those of the
  /// first; nil where they do not.
  public let partners: [[Double]]?

  /// Further columns that the equations read, such as measured values, by name.
  public let columns: [Symbol: [Double]]

  /// Weight of the mean square of each residual in the loss.
  public let weight: Double

  /// Collects a term.
  ///
  /// - Parameters:
  ///   - names: A name for each equation.
  ///   - equations: Residuals that should vanish.
  ///   - points: One array of coordinates for each variable.
  ///   - partners: A second point for each of `points`, if the equations read fields there.
  ///   - columns: Further columns that the equations read, one value a point.
  ///   - weight: Weight of the mean square of each residual in the loss.
  public init(
    names: [String], equations: [Expression], points: [[Double]], partners: [[Double]]? = nil,
    columns: [Symbol: [Double]] = [:], weight: Double
  ) {
    precondition(names.count == equations.count, "each equation has a name")
    precondition(
      Set((points + (partners ?? [])).map(\.count)).count == 1, "coordinates have one length")
    self.names = names
    self.equations = equations
    self.points = points
    self.partners = partners
    self.columns = columns
    self.weight = weight
  }

  /// Number of points.
  public var pointCount: Int { points[0].count }
}

internal import Symbolic

/// Points at which residuals are enforced.
struct PointSet: Sendable {
  /// One array of coordinates for each variable.
  var coordinates: [[Double]]

  /// The components of the unit normal out of the domain by name, `n_x`, …; empty inside.
  var normals: [Symbol: [Double]] = [:]

  /// The points across a period, one for each point; nil where there are none.
  var partners: [[Double]]?

  /// Number of points.
  var count: Int { coordinates.first?.count ?? 0 }
}

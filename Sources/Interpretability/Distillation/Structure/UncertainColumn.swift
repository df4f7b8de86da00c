internal import Tensors

/// A quantity at many points, known up to an error.
///
/// Errors of different quantities are taken as independent and small, so that they propagate to first
/// order: `ε²(a b) = rms(a)² ε_b² + rms(b)² ε_a²`.
public struct UncertainColumn: Sendable {
  /// One value for each point; at least one.
  public let values: [Double]

  /// Root mean square of the errors of ``values``.
  public let error: Double

  /// Takes values.
  ///
  /// - Parameters:
  ///   - values: One value for each point; at least one.
  ///   - error: Root mean square of their errors.
  public init(_ values: [Double], error: Double) {
    precondition(!values.isEmpty && error >= 0, "a column has values and an error")
    self.values = values
    self.error = error
  }

  /// Root mean square of the values.
  var size: Double { Statistics.rootMeanSquare(values) ?? 0 }

  /// Whether the values can be told from zero, three errors being enough.
  var isSignificant: Bool { size > 3 * error && size > 0 }

  /// The product at each point.
  static func * (left: UncertainColumn, right: UncertainColumn) -> UncertainColumn {
    let (a, b) = (left.size * right.error, right.size * left.error)
    return UncertainColumn(
      zip(left.values, right.values).map { $0 * $1 }, error: (a * a + b * b).squareRoot())
  }

  /// The product with numbers that are known exactly.
  static func * (left: [Double], right: UncertainColumn) -> UncertainColumn {
    UncertainColumn(left, error: 0) * right
  }

  /// The difference at each point.
  static func - (left: UncertainColumn, right: UncertainColumn) -> UncertainColumn {
    UncertainColumn(
      zip(left.values, right.values).map { $0 - $1 },
      error: (left.error * left.error + right.error * right.error).squareRoot())
  }
}

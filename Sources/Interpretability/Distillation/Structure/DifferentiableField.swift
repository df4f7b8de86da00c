public import Symbolic

/// A smooth function of several variables with derivatives up to second order, known up to an error.
///
/// A trained network is one (``NetworkField``), and so is a smooth fit to a table
/// (``PolynomialSurrogate``): what a field's structure is can be asked of either.
public protocol DifferentiableField: Sendable {
  /// The names of the variables.
  var variables: [Symbol] { get }

  /// Evaluates the function and its derivatives.
  ///
  /// - Parameter points: One array of coordinates for each variable; at least one point.
  /// - Returns: Values, derivatives and their errors.
  func sample(at points: [[Double]]) -> FieldSample
}

/// A field and its derivatives at some points.
public struct FieldSample: Sendable {
  /// Coordinates, of shape `[variables, points]`.
  public let points: [[Double]]

  /// The field u.
  public let value: UncertainColumn

  /// The first derivatives uᵢ, of shape `[variables]`.
  public let gradient: [UncertainColumn]

  /// The second derivatives uᵢⱼ, of shape `[variables, variables]`, symmetric.
  public let hessian: [[UncertainColumn]]

  /// Collects a field's derivatives.
  ///
  /// - Parameters:
  ///   - points: Coordinates, of shape `[variables, points]`.
  ///   - value: The field.
  ///   - gradient: The first derivatives, of shape `[variables]`.
  ///   - hessian: The second derivatives, of shape `[variables, variables]`.
  public init(
    points: [[Double]], value: UncertainColumn, gradient: [UncertainColumn],
    hessian: [[UncertainColumn]]
  ) {
    precondition(
      gradient.count == points.count && hessian.count == points.count
        && hessian.allSatisfy { $0.count == points.count },
      "every variable has its derivatives")
    self.points = points
    self.value = value
    self.gradient = gradient
    self.hessian = hessian
  }
}

/// A figure, or why there is none: it is never 0, 1 or NaN for want of a definition.
public enum Metric: Sendable, Equatable {
  /// The figure.
  case value(Double)

  /// Why it is not defined.
  case undefined(String)

  /// The figure, or nil.
  public var value: Double? {
    guard case .value(let value) = self else { return nil }
    return value
  }

  /// Why there is no figure, or nil.
  var reason: String? {
    guard case .undefined(let reason) = self else { return nil }
    return reason
  }

  /// A ratio, unless the denominator is zero.
  static func ratio(_ numerator: Double, _ denominator: Double, otherwise reason: String) -> Metric
  {
    denominator > 0 ? .value(numerator / denominator) : .undefined(reason)
  }
}

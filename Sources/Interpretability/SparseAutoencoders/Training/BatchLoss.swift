/// What one batch lost, and on what.
public struct BatchLoss: Sendable, Equatable {
  /// The mean over rows of what is minimised.
  public internal(set) var total = 0.0

  /// The mean over rows of `‖x − x̂‖²`, in the units that are trained on.
  public internal(set) var squaredError = 0.0

  /// The mean number of active features of a row.
  public internal(set) var l0 = 0.0
}

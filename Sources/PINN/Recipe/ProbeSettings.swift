/// Linear readouts of hidden activations.
public struct ProbeSettings: Sendable, Equatable {
  /// The quantities to be read out, such as `u_x`; empty means every physical
  /// field: unknowns, derivatives to order 2, residuals, sources.
  public var targets: [String] = []

  /// The kind of regression.
  public var kind = Kind.ridge

  /// The kinds of regression.
  public enum Kind: String, Sendable, CaseIterable {
    /// Least squares.
    case linear

    /// Least squares with a penalty on the weights.
    case ridge
  }

  /// The defaults.
  public init() {}
}

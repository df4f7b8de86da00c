internal import CVectorMath

/// The nonlinearity of a hidden layer.
public enum Activation: String, Sendable, Codable, CaseIterable {
  /// The hyperbolic tangent.
  case tanh

  /// The sine, as in SIREN: Sitzmann et al. (2020),
  /// [doi:10.48550/arXiv.2006.09661](https://doi.org/10.48550/arXiv.2006.09661).
  case sin

  /// `z / (1 + exp(−z))`, also known as SiLU.
  case swish

  /// `z (1 + erf(z / √2)) / 2`, exact rather than by the tanh approximation.
  case gelu

  /// `log(1 + exp z)`.
  case softplus

  /// The kernels' number for this activation.
  var code: Int32 {
    let code: limbeck_activation =
      switch self {
      case .tanh: LIMBECK_TANH
      case .sin: LIMBECK_SIN
      case .swish: LIMBECK_SWISH
      case .gelu: LIMBECK_GELU
      case .softplus: LIMBECK_SOFTPLUS
      }
    return Int32(code.rawValue)
  }
}

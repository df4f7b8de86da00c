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

  /// `1 / (1 + exp(−z))`.
  case sigmoid

  /// `max(z, 0)`, for tables: all its derivatives from the second on are zero, so that it solves no
  /// equation of higher order.
  case relu
}

/// A function of one number that the kernels carry jets through.
public enum ElementwiseFunction: Sendable, Equatable {
  /// A nonlinearity of a layer.
  case activation(Activation)

  /// `exp z`.
  case exponential

  /// `1 / z`.
  case reciprocal

  /// The kernels' number for this function.
  var code: Int32 {
    let code: limbeck_activation =
      switch self {
      case .activation(.tanh): LIMBECK_TANH
      case .activation(.sin): LIMBECK_SIN
      case .activation(.swish): LIMBECK_SWISH
      case .activation(.gelu): LIMBECK_GELU
      case .activation(.softplus): LIMBECK_SOFTPLUS
      case .activation(.sigmoid): LIMBECK_SIGMOID
      case .activation(.relu): LIMBECK_RELU
      case .exponential: LIMBECK_EXP
      case .reciprocal: LIMBECK_RECIPROCAL
      }
    return Int32(code.rawValue)
  }
}

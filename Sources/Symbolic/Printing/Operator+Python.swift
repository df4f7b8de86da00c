/// The functions of Python's array libraries. Signs, powers and arithmetic are laid out by the
/// printer.
extension Operator {
  /// The form for NumPy and, for special functions, SciPy.
  var numpyTemplate: String {
    switch self {
    case .erf, .erfc, .gamma, .digamma: "scipy.special.\(notation.spelling)(#1)"
    case .lgamma: "scipy.special.gammaln(#1)"
    case .polygamma: "scipy.special.polygamma(#1, #2)"
    case .besselJ0: "scipy.special.j0(#1)"
    case .besselJ1: "scipy.special.j1(#1)"
    case .besselY0: "scipy.special.y0(#1)"
    case .besselY1: "scipy.special.y1(#1)"
    case .ceil: "np.ceil(#1)"
    case .round: "np.round(#1)"
    default: arrayTemplate("np")
    }
  }

  /// The form for JAX, which lacks Bessel's functions.
  var jaxTemplate: String {
    switch self {
    case .erf, .erfc, .gamma, .digamma: "jax.scipy.special.\(notation.spelling)(#1)"
    case .lgamma: "jax.scipy.special.gammaln(#1)"
    case .polygamma: "jax.scipy.special.polygamma(#1, #2)"
    case .besselJ0, .besselJ1, .besselY0, .besselY1: ownCall
    default: arrayTemplate("jnp")
    }
  }

  /// The form for PyTorch, whose functions take tensors only.
  var torchTemplate: String {
    switch self {
    case .power: "torch.pow(#1, #2)"
    case .asin, .acos, .atan, .asinh, .acosh, .atanh, .atan2, .hypot, .erf, .erfc, .digamma,
      .lgamma, .relu, .polygamma:
      "torch." + ownCall
    case .mod: "torch.remainder(#1, #2)"
    case .cbrt: "(torch.sign(#1)*torch.abs(#1)**(1.0/3.0))"
    // The sign alternates between the poles on the left.
    case .gamma:
      "((1.0 - 2.0*torch.remainder(torch.floor(#1).clamp(max=0.0), 2.0))"
        + "*torch.exp(torch.lgamma(#1)))"
    case .besselJ0: "torch.special.bessel_j0(#1)"
    case .besselJ1: "torch.special.bessel_j1(#1)"
    case .besselY0: "torch.special.bessel_y0(#1)"
    case .besselY1: "torch.special.bessel_y1(#1)"
    case .greater: "(#1 > #2).to(torch.get_default_dtype())"
    case .step: "(#1 > 0.0).to(torch.get_default_dtype())"
    case .logicalOr: "((#1 > 0.0) | (#2 > 0.0)).to(torch.get_default_dtype())"
    case .logicalAnd: "((#1 > 0.0) & (#2 > 0.0)).to(torch.get_default_dtype())"
    default: arrayTemplate("torch")
    }
  }

  /// What the array libraries have in common.
  private func arrayTemplate(_ module: String) -> String {
    switch self {
    case .power: "\(module).power(#1, #2)"
    case .min: "\(module).minimum(#1, #2)"
    case .max: "\(module).maximum(#1, #2)"
    case .atan2: "\(module).arctan2(#1, #2)"
    case .asin, .acos, .atan, .asinh, .acosh, .atanh:
      "\(module).arc\(notation.spelling.dropFirst())(#1)"
    case .greater: "\(module).where(#1 > #2, 1.0, 0.0)"
    case .cond: "\(module).where(#1 > 0.0, #2, 0.0)"
    case .logicalOr: "\(module).where((#1 > 0.0) | (#2 > 0.0), 1.0, 0.0)"
    case .logicalAnd: "\(module).where((#1 > 0.0) & (#2 > 0.0), 1.0, 0.0)"
    case .relu: "\(module).maximum(#1, 0.0)"
    case .step: "\(module).where(#1 > 0.0, 1.0, 0.0)"
    default: "\(module)." + ownCall
    }
  }
}

/// The functions of the C library, as C and as Swift with Foundation write them. Both lack digamma and
/// polygamma.
extension Operator {
  /// The form for C.
  var cTemplate: String {
    switch self {
    case .min: "fmin(#1, #2)"
    case .max: "fmax(#1, #2)"
    case .abs: "fabs(#1)"
    case .sign: "(double)((#1 > 0.0) - (#1 < 0.0))"
    case .lgamma: "lgamma(#1)"
    case .greater: "(double)(#1 > #2)"
    case .step: "(double)(#1 > 0.0)"
    case .cond: "(#1 > 0.0 ? #2 : 0.0)"
    case .logicalOr: "(double)(#1 > 0.0 || #2 > 0.0)"
    case .logicalAnd: "(double)(#1 > 0.0 && #2 > 0.0)"
    case .relu: "fmax(#1, 0.0)"
    default: libraryTemplate
    }
  }

  /// The form for Swift.
  var swiftTemplate: String {
    switch self {
    case .sign: "(#1 > 0.0 ? 1.0 : #1 < 0.0 ? -1.0 : 0.0)"
    // The logarithm and the sign of the gamma function.
    case .lgamma: "lgamma(#1).0"
    case .greater: "(#1 > #2 ? 1.0 : 0.0)"
    case .step: "(#1 > 0.0 ? 1.0 : 0.0)"
    case .cond: "(#1 > 0.0 ? #2 : 0.0)"
    case .logicalOr: "(#1 > 0.0 || #2 > 0.0 ? 1.0 : 0.0)"
    case .logicalAnd: "(#1 > 0.0 && #2 > 0.0 ? 1.0 : 0.0)"
    case .relu: "max(#1, 0.0)"
    default: libraryTemplate
    }
  }

  private var libraryTemplate: String {
    switch self {
    case .power: "pow(#1, #2)"
    case .square: "pow(#1, 2.0)"
    case .cube: "pow(#1, 3.0)"
    case .mod: "(#1 - (#2)*floor((#1)/(#2)))"
    case .gamma: "tgamma(#1)"
    case .besselJ0: "j0(#1)"
    case .besselJ1: "j1(#1)"
    case .besselY0: "y0(#1)"
    case .besselY1: "y1(#1)"
    // rint rounds halves to the even neighbour, round rounds them away from zero.
    case .round: "rint(#1)"
    default: ownCall
    }
  }
}

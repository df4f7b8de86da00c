extension TransformerActivation {
  // √(2/π) and the cubic term of the approximation.
  private static let steepness = 0.797_884_560_802_865_4
  private static let cubic = 0.044715

  // √½ and 1/√(2π), of the normal distribution.
  private static let rootOfHalf = 0.707_106_781_186_547_5
  private static let peak = 0.398_942_280_401_432_7

  /// `a = f(x)`.
  ///
  /// - Parameters:
  ///   - x: The weighted sums.
  ///   - count: How many.
  ///   - a: Receives the activations.
  func apply<Scalar: TransformerScalar>(
    to x: UnsafePointer<Scalar>, count: Int, into a: UnsafeMutablePointer<Scalar>
  ) {
    switch self {
    case .relu:
      for i in 0..<count { a[i] = max(0, x[i]) }
    case .gelu, .tanhGELU:
      bend(x, count: count, into: a)
      for i in 0..<count { a[i] = x[i] * (1 + a[i]) / 2 }
    }
  }

  /// `adjoint ← adjoint · f'(x)`.
  ///
  /// - Parameters:
  ///   - adjoint: Derivatives by the activations, which become those by the sums.
  ///   - x: The weighted sums.
  ///   - count: How many.
  ///   - scratch: Twice as many numbers, overwritten.
  func reverse<Scalar: TransformerScalar>(
    _ adjoint: UnsafeMutablePointer<Scalar>, sums x: UnsafePointer<Scalar>, count: Int,
    scratch: UnsafeMutablePointer<Scalar>
  ) {
    switch self {
    case .relu:
      for i in 0..<count { adjoint[i] = x[i] > 0 ? adjoint[i] : 0 }
    case .gelu:
      // f' = Φ + x φ, φ the normal density.
      bend(x, count: count, into: scratch)
      let density = scratch + count
      for i in 0..<count { density[i] = -x[i] * x[i] / 2 }
      Scalar.exponentials(density, count: count)
      let peak = Scalar(Self.peak)
      for i in 0..<count { adjoint[i] *= (1 + scratch[i]) / 2 + x[i] * peak * density[i] }
    case .tanhGELU:
      bend(x, count: count, into: scratch)
      let (c, k) = (Scalar(Self.steepness), Scalar(Self.cubic))
      for i in 0..<count {
        let t = scratch[i]
        adjoint[i] *= ((1 + t) + x[i] * (1 - t * t) * c * (1 + 3 * k * x[i] * x[i])) / 2
      }
    }
  }

  /// What lies between −1 and 1 in both forms: `erf(x/√2)`, or the tanh.
  private func bend<Scalar: TransformerScalar>(
    _ x: UnsafePointer<Scalar>, count: Int, into y: UnsafeMutablePointer<Scalar>
  ) {
    if self == .gelu {
      let factor = Scalar(Self.rootOfHalf)
      for i in 0..<count { y[i] = x[i] * factor }
      Scalar.errorFunctions(y, count: count)
    } else {
      let (c, k) = (Scalar(Self.steepness), Scalar(Self.cubic))
      for i in 0..<count { y[i] = c * (x[i] + k * x[i] * x[i] * x[i]) }
      Scalar.hyperbolicTangents(y, count: count)
    }
  }
}

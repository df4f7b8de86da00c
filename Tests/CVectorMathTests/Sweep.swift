import Foundation

/// A family of double-precision arguments: no sampling is dense everywhere, so each family is dense
/// where some function is hard.
enum Sweep: CaseIterable, Sendable {
  /// Random bit patterns: every exponent, subnormals, infinities and NaN.
  case patterns
  /// Where tanh, sin and log bend.
  case nearZero, nearOne
  case moderate
  /// Where exp overflows and underflows.
  case wide
  /// Neighbours of the zeros and extrema of sin and cos, up to 10⁵.
  case quarterTurns
  /// The same beyond what the fast reduction covers.
  case largeAngles
  /// Exponents from e⁻¹⁶ to e⁴.
  case logarithmic

  /// Seeded arguments of this family.
  func arguments(count: Int, seed: UInt64) -> [Double] {
    var random = SplitMix(seed: seed)
    return (0..<count).map { _ in
      switch self {
      case .patterns: Double(bitPattern: random.next())
      case .nearZero: random.uniform(-1, 1)
      case .nearOne: random.uniform(0.9, 1.1)
      case .moderate: random.uniform(-10, 10)
      case .wide: random.uniform(-760, 760)
      case .quarterTurns: random.uniform(-65536, 65536).rounded() * (.pi / 2)
      case .largeAngles: random.uniform(-1, 1) * exp(random.uniform(9, 40))
      case .logarithmic: exp(random.uniform(-16, 4)) * (random.next() & 1 == 0 ? 1 : -1)
      }
    }
  }
}

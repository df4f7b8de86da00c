/// What kind of quantity something is: the exponents of the seven base units of the SI.
///
/// Exponents are rational numbers, kept as multiples of 1/2520. That is the least common multiple
/// of 1 to 10, so that roots up to the tenth, and roots of most roots, are exact, and multiplying
/// two quantities is one addition of eight integers.
///
/// Source: BIPM, The International System of Units, 9th edition (2019), §2.3.
public struct Dimension: Hashable, Sendable {
  /// One of the seven base quantities.
  public enum Base: Int, CaseIterable, Sendable {
    /// Kilogram.
    case mass
    /// Metre.
    case length
    /// Second.
    case time
    /// Ampere.
    case current
    /// Kelvin.
    case temperature
    /// Mole.
    case amount
    /// Candela.
    case luminosity

    /// The symbol of the base unit.
    public var symbol: String {
      switch self {
      case .mass: "kg"
      case .length: "m"
      case .time: "s"
      case .current: "A"
      case .temperature: "K"
      case .amount: "mol"
      case .luminosity: "cd"
      }
    }
  }

  /// The exponents are whole multiples of one over this number.
  static let denominator: Int32 = 2520

  /// The greatest exponent that powers may reach; no quantity comes near it.
  private static let limit = 1000.0

  private var exponents: SIMD8<Int32>

  /// The dimension of pure numbers.
  public static let none = Dimension(exponents: .zero)

  private init(exponents: SIMD8<Int32>) {
    self.exponents = exponents
  }

  /// The dimension of a base quantity.
  ///
  /// - Parameter base: Which one.
  public init(_ base: Base) {
    exponents = .zero
    exponents[base.rawValue] = Self.denominator
  }

  /// Whether quantities of this dimension are pure numbers.
  public var isNone: Bool { exponents == .zero }

  /// The exponent of a base quantity.
  ///
  /// - Parameter base: Which one.
  /// - Returns: The exponent, exact if it is a whole number.
  public func exponent(of base: Base) -> Double {
    Double(exponents[base.rawValue]) / Double(Self.denominator)
  }

  /// The dimension of a product.
  public static func * (a: Dimension, b: Dimension) -> Dimension {
    Dimension(exponents: a.exponents &+ b.exponents)
  }

  /// The dimension of a quotient.
  public static func / (a: Dimension, b: Dimension) -> Dimension {
    Dimension(exponents: a.exponents &- b.exponents)
  }

  /// The dimension of a power.
  ///
  /// - Parameter exponent: The exponent.
  /// - Returns: The dimension, or nil if its exponents are no multiples of 1/2520.
  public func raised(to exponent: Double) -> Dimension? {
    var result = SIMD8<Int32>.zero
    for index in Base.allCases.indices {
      let product = Double(exponents[index]) * exponent
      let whole = product.rounded()
      // A third is not a Double: a relative error of its rounding is forgiven.
      guard (product - whole).magnitude <= 1e-9 * product.magnitude,
        whole.magnitude <= Self.limit * Double(Self.denominator)
      else { return nil }
      result[index] = Int32(whole)
    }
    return Dimension(exponents: result)
  }

  /// Whether a product of powers of other dimensions has this one.
  ///
  /// - Parameter factors: The other dimensions.
  /// - Returns: Whether the exponents are a linear combination of theirs.
  func isProduct(of factors: [Dimension]) -> Bool {
    // Gaussian elimination: what is left of the target after the factors' directions are removed.
    func row(_ dimension: Dimension) -> [Double] {
      Base.allCases.map { dimension.exponent(of: $0) }
    }
    var pending = factors.map(row)
    var target = row(self)
    for base in Base.allCases.indices {
      guard let pivot = pending.max(by: { $0[base].magnitude < $1[base].magnitude }),
        pivot[base].magnitude > Self.negligible
      else { continue }
      func eliminate(_ other: [Double]) -> [Double] {
        zip(other, pivot).map { $0 - $1 * (other[base] / pivot[base]) }
      }
      pending = pending.map(eliminate)
      target = eliminate(target)
    }
    return target.allSatisfy { $0.magnitude <= Self.negligible }
  }

  // Exponents are multiples of 1/2520; elimination of seven of them rounds at 1e-15.
  private static let negligible = 1e-9
}

extension Dimension: CustomStringConvertible {
  /// The dimension in base units, such as `kg m^2/s^2`; `1` for pure numbers.
  public var description: String {
    let above = factors { $0 > 0 }
    let below = factors { $0 < 0 }
    let dividend = above.isEmpty ? "1" : above.joined(separator: " ")
    switch below.count {
    case 0: return dividend
    case 1: return dividend + "/" + below[0]
    default: return dividend + "/(" + below.joined(separator: " ") + ")"
    }
  }

  // The base units with exponents of one sign, the sign left out.
  private func factors(where isWanted: (Int32) -> Bool) -> [String] {
    Base.allCases.compactMap { base in
      let exponent = exponents[base.rawValue]
      guard isWanted(exponent) else { return nil }
      var (divisor, rest) = (Self.denominator, abs(exponent))
      while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
      let (numerator, denominator) = (abs(exponent) / divisor, Self.denominator / divisor)
      if denominator > 1 { return "\(base.symbol)^(\(numerator)/\(denominator))" }
      return numerator == 1 ? base.symbol : "\(base.symbol)^\(numerator)"
    }
  }
}

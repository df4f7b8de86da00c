/// A number in a normal form: an exact fraction, or a Double marked as inexact.
///
/// Fractions of 64-bit integers are computed in 128 bits. What does not fit becomes a Double, and
/// whatever a Double touches stays one, so that a proof can ask ``isExact`` at the end.
struct Coefficient: Hashable, Sendable {
  // The numerator, or the bits of an inexact value.
  private let upper: Int64
  // The denominator, positive; zero marks an inexact value.
  private let lower: Int64

  static let zero = Coefficient(0)
  static let one = Coefficient(1)
  static let minusOne = Coefficient(-1)
  static let half = Coefficient(1, over: 2)

  private init(upper: Int64, lower: Int64) {
    self.upper = upper
    self.lower = lower
  }

  /// An integer.
  init(_ value: Int64) {
    self.init(upper: value, lower: 1)
  }

  /// A fraction, reduced; inexact if it does not fit.
  init(_ numerator: Int128, over denominator: Int128) {
    let divisor = Coefficient.greatestCommonDivisor(numerator, denominator)
    let sign: Int128 = denominator < 0 ? -1 : 1
    if divisor > 0, let upper = Int64(exactly: sign * numerator / divisor),
      let lower = Int64(exactly: sign * denominator / divisor), upper != .min
    {
      self.init(upper: upper, lower: lower)
    } else {
      self.init(inexact: Double(numerator) / Double(denominator))
    }
  }

  /// A Double of unknown origin.
  init(inexact value: Double) {
    self.init(upper: Int64(bitPattern: value.bitPattern), lower: 0)
  }

  /// The fraction a number was meant as, if there is a plain one.
  ///
  /// `0.01` means 1/100 although no Double equals it, and `0.3333333333333333` means 1/3. Numbers
  /// with many digits, such as fitted constants, are inexact.
  init(reading value: Double) {
    if let integer = Int64(exactly: value), abs(integer) < 1 << 53 {
      self.init(integer)
    } else if let fraction = Coefficient.decimal(value) ?? Coefficient.smallFraction(value) {
      self = fraction
    } else {
      self.init(inexact: value)
    }
  }

  var isExact: Bool { lower != 0 }

  /// Whether the value is exactly zero; an inexact zero proves nothing.
  var isZero: Bool { upper == 0 && lower == 1 }

  var isOne: Bool { upper == 1 && lower == 1 }
  var isNegative: Bool { isExact ? upper < 0 : value < 0 }
  var isInteger: Bool { lower == 1 }

  /// The numerator of an exact fraction.
  var numerator: Int64 { upper }

  /// The denominator of an exact fraction; zero if inexact.
  var denominator: Int64 { lower }

  /// The value if it is a small integer.
  var integer: Int? { isInteger ? Int(upper) : nil }

  /// Whether the value is an even integer.
  var isEven: Bool { isInteger && upper % 2 == 0 }

  var value: Double {
    isExact
      ? Double(upper) / Double(lower) : Double(bitPattern: UInt64(bitPattern: upper))
  }

  var magnitude: Coefficient { isNegative ? -self : self }

  /// The greatest integer not above the value; zero if inexact.
  var floor: Int64 {
    guard isExact else { return 0 }
    let quotient = upper / lower
    return upper % lower < 0 ? quotient - 1 : quotient
  }

  static prefix func - (operand: Coefficient) -> Coefficient {
    operand.isExact
      ? Coefficient(-Int128(operand.upper), over: Int128(operand.lower))
      : Coefficient(inexact: -operand.value)
  }

  static func + (a: Coefficient, b: Coefficient) -> Coefficient {
    guard a.isExact && b.isExact else { return Coefficient(inexact: a.value + b.value) }
    if a.lower == 1 && b.lower == 1 {
      let (sum, isOverflow) = a.upper.addingReportingOverflow(b.upper)
      if !isOverflow && sum != .min { return Coefficient(sum) }
    }
    let (au, al, bu, bl) = (Int128(a.upper), Int128(a.lower), Int128(b.upper), Int128(b.lower))
    let (sum, isOverflow) = (au * bl).addingReportingOverflow(bu * al)
    return isOverflow
      ? Coefficient(inexact: a.value + b.value) : Coefficient(sum, over: al * bl)
  }

  static func - (a: Coefficient, b: Coefficient) -> Coefficient { a + -b }

  static func * (a: Coefficient, b: Coefficient) -> Coefficient {
    guard a.isExact && b.isExact else { return Coefficient(inexact: a.value * b.value) }
    return Coefficient(
      Int128(a.upper) * Int128(b.upper), over: Int128(a.lower) * Int128(b.lower))
  }

  static func / (a: Coefficient, b: Coefficient) -> Coefficient {
    guard a.isExact && b.isExact && b.upper != 0 else {
      return Coefficient(inexact: a.value / b.value)
    }
    return Coefficient(
      Int128(a.upper) * Int128(b.lower), over: Int128(a.lower) * Int128(b.upper))
  }

  /// The value to an integer power; inexact once it no longer fits.
  func raised(to exponent: Int) -> Coefficient {
    guard isExact, exponent.magnitude <= 64 else {
      return Coefficient(inexact: Operator.power(value, Double(exponent)))
    }
    var result = Coefficient.one
    for _ in 0..<exponent.magnitude { result = result * self }
    return exponent < 0 ? .one / result : result
  }

  /// The greatest fraction that divides both a whole number of times.
  static func content(_ a: Coefficient, _ b: Coefficient) -> Coefficient {
    guard a.isExact && b.isExact else { return .one }
    let (au, al, bu, bl) = (Int128(a.upper), Int128(a.lower), Int128(b.upper), Int128(b.lower))
    let upper = greatestCommonDivisor(au, bu)
    let lower = al / greatestCommonDivisor(al, bl) * bl
    return Coefficient(upper, over: lower)
  }

  static func greatestCommonDivisor(_ a: Int128, _ b: Int128) -> Int128 {
    var (a, b) = (abs(a), abs(b))
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }

  /// Reads up to twelve significant digits as what they say.
  private static func decimal(_ value: Double) -> Coefficient? {
    guard value.isFinite, value.magnitude > 1e-12, value.magnitude < 1e12 else { return nil }
    var scale: Int128 = 1
    for _ in 0...15 {
      let scaled = (value * Double(scale)).rounded()
      if scaled.magnitude < 1e12, scaled / Double(scale) == value {
        return Coefficient(Int128(scaled), over: scale)
      }
      scale *= 10
    }
    return nil
  }

  /// Recognises quotients of small integers by all of their digits.
  private static func smallFraction(_ value: Double) -> Coefficient? {
    guard value.magnitude > 1e-3, value.magnitude < 1e4 else { return nil }
    for denominator in 3...64 {
      let numerator = (value * Double(denominator)).rounded()
      if numerator / Double(denominator) == value {
        return Coefficient(Int128(numerator), over: Int128(denominator))
      }
    }
    return nil
  }
}

extension Coefficient: Comparable {
  static func < (a: Coefficient, b: Coefficient) -> Bool {
    guard a.isExact && b.isExact else { return a.value < b.value }
    return Int128(a.upper) * Int128(b.lower) < Int128(b.upper) * Int128(a.lower)
  }
}

extension Coefficient: ExpressibleByIntegerLiteral {
  init(integerLiteral value: Int64) {
    self.init(value)
  }
}

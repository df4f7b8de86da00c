/// A product of powers of numbers, worked out as far as it stays exact.
///
/// Whole powers are multiplied out; fractional ones of small numbers are kept as roots in lowest
/// terms, so that √8 is 2·√2 and 2/√2 is √2. Whatever a measured number touches becomes a number.
struct NumberProduct {
  private(set) var coefficient: Coefficient
  /// Exponents of primes, of those that occur under a root.
  private var roots: [(prime: Int64, exponent: Coefficient)] = []

  /// Greater numbers are not split into primes.
  private static let largest: Int64 = 1_000_000

  init(_ coefficient: Coefficient) {
    self.coefficient = coefficient.settled
  }

  /// Whether a power can be multiplied in without overflow or underflow: `(48071 + x^2)^219.25` has no
  /// factor that a Double can hold.
  func canMultiply(by base: Coefficient, to exponent: Coefficient) -> Bool {
    let value = Operator.power(base.value.magnitude, exponent.value)
    return value.isNormal && (value * coefficient.value).isNormal
  }

  mutating func multiply(by value: Double, to exponent: Coefficient) {
    coefficient = Coefficient(inexact: coefficient.value * Operator.power(value, exponent.value))
  }

  mutating func multiply(by base: Coefficient, to exponent: Coefficient) {
    if let integer = exponent.integer, integer > 0 || base.value != 0, abs(integer) <= 64 {
      coefficient = coefficient * base.raised(to: integer)
    } else if base.isExact, exponent.isExact, base > .zero,
      base.numerator <= Self.largest, base.denominator <= Self.largest, exponent.denominator <= 12
    {
      split(base.numerator, exponent)
      split(base.denominator, -exponent)
    } else {
      multiply(by: base.value, to: exponent)
    }
  }

  private mutating func split(_ number: Int64, _ exponent: Coefficient) {
    var rest = number
    var prime: Int64 = 2
    while rest > 1 {
      if prime * prime > rest { prime = rest }
      while rest % prime == 0 {
        rest /= prime
        if let index = roots.firstIndex(where: { $0.prime == prime }) {
          roots[index].exponent = roots[index].exponent + exponent
        } else {
          roots.append((prime, exponent))
        }
      }
      prime += 1
    }
  }

  /// The number in front and the roots behind it, each of a whole number.
  var worked: (coefficient: Coefficient, roots: [(base: Coefficient, exponent: Coefficient)]) {
    guard coefficient.isExact else {
      let value = roots.reduce(coefficient.value) {
        $0 * Operator.power(Double($1.prime), $1.exponent.value)
      }
      return (Coefficient(inexact: value).settled, [])
    }
    var front = coefficient
    var bases: [(base: Coefficient, exponent: Coefficient)] = []
    for (prime, exponent) in roots.sorted(by: { $0.prime < $1.prime }) {
      var exponent = exponent
      let base = Coefficient(prime)
      // A prime of the number in front goes under the root if that shortens it: 2/√2 is √2.
      while !exponent.isInteger, !front.isZero, front.isExact {
        if exponent.isNegative, front.numerator % prime == 0 {
          front = front / base
          exponent = exponent + .one
        } else if !exponent.isNegative, front.denominator % prime == 0 {
          front = front * base
          exponent = exponent - .one
        } else {
          break
        }
      }
      // Towards zero, so that 1/√2 stays as it is.
      let whole = exponent.isNegative ? -(-exponent).floor : exponent.floor
      front = front * base.raised(to: Int(whole))
      exponent = exponent - Coefficient(whole)
      guard !exponent.isZero else { continue }
      if let index = bases.firstIndex(where: { $0.exponent == exponent }) {
        bases[index].base = bases[index].base * base
      } else {
        bases.append((base, exponent))
      }
    }
    return (front, bases)
  }
}

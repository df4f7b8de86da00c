internal import Symbolic

extension Expression {
  /// Whether a formula is this one up to small differences of its numbers.
  ///
  /// - Parameters:
  ///   - other: A formula; of two in normal form, the way in which they are written makes no difference.
  ///   - tolerance: How far two numbers in the same place may be apart, relative to the larger.
  /// - Returns: Whether the formulas without their numbers are equal, and the numbers close.
  func resembles(_ other: Expression, within tolerance: Double) -> Bool {
    let (a, b) = (constants, other.constants)
    return a.count == b.count
      && replacingConstants(a.map { _ in 1 }) == other.replacingConstants(b.map { _ in 1 })
      && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(abs($0), abs($1)) }
  }
}

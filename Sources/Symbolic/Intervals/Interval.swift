/// A closed set of real numbers between two bounds, possibly unbounded or empty.
///
/// Every operation returns a set that contains all values the operation takes on its operands: the
/// fundamental theorem of interval arithmetic (Moore, Kearfott & Cloud 2009,
/// [doi:10.1137/1.9780898717716](https://doi.org/10.1137/1.9780898717716)).
///
/// Bounds are computed to nearest and then moved outwards. One step to the neighbouring number is
/// enough for `+ - * /` and the square root, because IEEE 754 rounds them correctly: the true bound
/// is less than one step away, and none if the result was exact (`Rounded`). Functions of the C
/// library are off by a few steps, and `widened(by:)` moves by as many.
public struct Interval: Hashable, Sendable {
  /// The least number of the set; +∞ for the empty set.
  public let lower: Double

  /// The greatest number of the set; -∞ for the empty set.
  public let upper: Double

  /// The set of all numbers between two bounds.
  ///
  /// - Parameters:
  ///   - lower: The least number.
  ///   - upper: The greatest number.
  /// - Precondition: `lower <= upper`, and neither is NaN.
  public init(_ lower: Double, _ upper: Double) {
    precondition(lower <= upper, "an interval needs lower <= upper")
    self.lower = lower
    self.upper = upper
  }

  /// The set of a single number.
  public init(_ value: Double) {
    self.init(value, value)
  }

  private init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// The set without any number.
  public static let empty = Interval(lower: .infinity, upper: -.infinity)

  /// All real numbers.
  public static let whole = Interval(-.infinity, .infinity)

  /// The numbers that are not negative.
  static let nonNegative = Interval(0, .infinity)

  /// Whether the set has no number.
  public var isEmpty: Bool { lower > upper }

  /// Whether both bounds are finite.
  public var isBounded: Bool { lower.isFinite && upper.isFinite }

  /// The distance between the bounds; 0 for the empty set.
  public var width: Double { isEmpty ? 0 : upper - lower }

  /// A number halfway between the bounds, finite and inside even if a bound is infinite.
  public var middle: Double {
    let greatest = Double.greatestFiniteMagnitude
    if lower == -.infinity {
      return upper == .infinity ? 0 : max(-greatest, min(-1, upper * 2, upper - 1))
    }
    if upper == .infinity { return min(greatest, max(1, lower * 2, lower + 1)) }
    return lower / 2 + upper / 2
  }

  /// Whether a number belongs to the set.
  ///
  /// - Parameter value: The number; NaN belongs to no set.
  /// - Returns: Whether it lies between the bounds or on one.
  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }

  /// The numbers that belong to both sets.
  ///
  /// - Parameter other: The other set.
  /// - Returns: The set of common numbers, empty if there is none.
  public func intersection(_ other: Interval) -> Interval {
    let lower = max(lower, other.lower)
    let upper = min(upper, other.upper)
    return lower <= upper ? Interval(lower, upper) : .empty
  }

  /// The least interval that contains both sets.
  ///
  /// - Parameter other: The other set.
  /// - Returns: An interval, with the numbers of any gap between the two.
  public func hull(_ other: Interval) -> Interval {
    if isEmpty { return other }
    if other.isEmpty { return self }
    return Interval(min(lower, other.lower), max(upper, other.upper))
  }

  /// The two halves left and right of ``middle``, which belongs to both.
  var halves: (Interval, Interval) { (Interval(lower, middle), Interval(middle, upper)) }

  /// The set with its bounds moved outwards.
  ///
  /// - Parameter steps: By how many representable numbers each bound moves.
  /// - Returns: The larger set.
  func widened(by steps: Int = 1) -> Interval {
    if isEmpty { return self }
    var (lower, upper) = (lower, upper)
    for _ in 0..<steps {
      lower = lower.nextDown
      upper = upper.nextUp
    }
    return Interval(lower, upper)
  }

  /// The least interval that contains some numbers, of which none is NaN.
  static func hull(_ values: Double...) -> Interval {
    Interval(values.min() ?? 0, values.max() ?? 0)
  }
}

extension Interval: CustomStringConvertible {
  /// The bounds in brackets, such as `[0, 1]`.
  public var description: String {
    if isEmpty { return "[]" }
    let bounds = [lower, upper].map { Expression($0).description }
    return "[\(bounds[0]), \(bounds[1])]"
  }
}

internal import CVectorMath

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Interval {
  /// By how many numbers the C library's gamma function may miss (10 in the GNU manual).
  static let gammaError = 16

  /// By how much functions may miss near their zeros, where relative accuracy is lost.
  static let absoluteError = 1e-13

  /// Where gamma is least on the positive numbers; DLMF 5.4(iii).
  private static let gammaMinimum = Interval(1.461_632_144_968_362_3, 1.461_632_144_968_362_5)

  /// Whether 0, -1, -2, … may be among the numbers.
  var meetsGammaPole: Bool { lower.rounded(.up) <= Swift.min(0, upper) }

  /// The set with its bounds moved outwards by a distance.
  func padded(by distance: Double) -> Interval {
    isEmpty ? self : Interval(lower - distance, upper + distance)
  }

  /// The image under a function that decreases on (0, 1.46…) and increases above, as gamma and its
  /// logarithm do.
  ///
  /// - Parameter function: The function.
  /// - Returns: All values for positive numbers.
  fileprivate func gammaLike(_ function: (Double) -> Double) -> Interval {
    let ends = Interval(
      Swift.min(function(lower), function(upper)), Swift.max(function(lower), function(upper)))
    let least = Self.gammaMinimum
    let isInside = lower < least.upper && upper > least.lower
    return (isInside ? ends.hull(Interval(function(least.lower))) : ends)
      .widened(by: Self.gammaError)
  }
}

/// The values of gamma.
func gammas(_ a: Interval) -> Enclosure {
  if a.meetsGammaPole { return Enclosure(.whole, .uncertain) }
  if a.lower > 0 { return Enclosure(a.gammaLike { tgamma($0) }, .continuous) }
  // Between poles by reflection: Γ(x) Γ(1 - x) = π/sin(πx), DLMF 5.5.3.
  let circle = Interval(.pi).widened()
  let sine = (a * circle).sine
  if sine.contains(0) { return Enclosure(.whole, .uncertain) }
  let other = (Interval(1) - a).gammaLike { tgamma($0) }
  return Enclosure(circle / (sine * other), .continuous)
}

/// The values of log |gamma|.
func logarithmsOfGamma(_ a: Interval) -> Enclosure {
  if a.meetsGammaPole { return Enclosure(.whole, .uncertain) }
  if a.lower > 0 {
    return Enclosure(
      a.gammaLike { limbeck_log_gamma($0) }.padded(by: Interval.absoluteError), .continuous)
  }
  let circle = Interval(.pi).widened()
  let sine = (a * circle).sine
  if sine.contains(0) { return Enclosure(.whole, .uncertain) }
  let other = (Interval(1) - a).gammaLike { limbeck_log_gamma($0) }
  return Enclosure(
    ((circle / sine.magnitude).logarithm { log($0) } - other).padded(by: Interval.absoluteError),
    .continuous)
}

/// The values of polygamma for a single whole order and positive operands, where it is monotone.
func polygammas(_ order: Interval, _ b: Interval) -> Enclosure {
  guard order.width == 0 else { return Enclosure(.whole, .uncertain) }
  guard order.lower == order.lower.rounded(), (0...30).contains(order.lower) else {
    return Enclosure(.empty, .undefined)
  }
  guard b.lower > 0, b.isBounded else { return Enclosure(.whole, .uncertain) }
  let values = [b.lower, b.upper].map { limbeck_polygamma(order.lower, $0) }
  guard values.allSatisfy(\.isFinite) else { return Enclosure(.whole, .uncertain) }
  let ends = Interval(values.min() ?? 0, values.max() ?? 0)
  // The relative error of the values is about 1e-14.
  return Enclosure(
    ends.padded(by: Interval.absoluteError * Swift.max(1, ends.magnitude.upper)), .continuous)
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Enclosures by the mean value theorem: a function moves from its value in the middle by no more
/// than the radius times its steepest slope. Bounds of values and slopes: DLMF 10.14.1 and 10.6.3;
/// the extremes of Y₀ (0.5208 at 2.20) and Y₁ (0.4168 at 3.68) after DLMF table 10.21.
extension Interval {
  /// All values of J₀, which lies in [-0.403, 1] and whose slope is -J₁.
  var besselJ0: Interval { around(slope: 0.582, Interval(-0.403, 1)) { j0($0) } }

  /// All values of J₁, which lies in [-0.582, 0.582] and whose slope is at most 1/2.
  var besselJ1: Interval { around(slope: 0.5, Interval(-0.582, 0.582)) { j1($0) } }

  /// All values of Y₀ for positive numbers; its slope is -Y₁.
  var besselY0: Interval {
    if upper <= 0 { return .empty }
    guard lower > 0 else { return Interval(-.infinity, 0.521) }
    // Y₀ increases to its first and greatest maximum, and later never falls below -0.341.
    return around(slope: steepestY1, Interval(min(y0(lower), -0.341).nextDown, 0.521)) { y0($0) }
  }

  /// All values of Y₁ for positive numbers; its slope is Y₀ - Y₁/x.
  var besselY1: Interval {
    if upper <= 0 { return .empty }
    guard lower > 0 else { return Interval(-.infinity, 0.417) }
    let slope = max(y0(lower).magnitude, 0.521) + steepestY1 / lower
    return around(slope: slope, Interval(min(y1(lower), -0.417).nextDown, 0.417)) { y1($0) }
  }

  // |Y₁| decreases from its pole at zero and stays below its first maximum afterwards.
  private var steepestY1: Double { max(y1(lower).magnitude, 0.417) }

  private func around(
    slope: Double, _ bounds: Interval, _ function: (Double) -> Double
  ) -> Interval {
    if isEmpty { return .empty }
    guard isBounded, slope.isFinite else { return bounds }
    let center = middle
    let reach = slope * max(upper - center, center - lower).nextUp + Interval.absoluteError
    let value = function(center)
    return Interval(value - reach, value + reach).widened()
      .intersection(bounds.padded(by: Interval.absoluteError * max(1, bounds.magnitude.upper)))
  }
}

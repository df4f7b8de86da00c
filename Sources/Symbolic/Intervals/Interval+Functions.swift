#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Interval {
  /// By how many numbers the C library's elementary functions may miss.
  ///
  /// The GNU C library documents at most 2 ulp for exp, log, pow, sin, cos, tan, their inverses,
  /// the hyperbolic functions and erf, and 4 for cbrt ("Errors in Math Functions" of its manual).
  static let libraryError = 4

  /// The image under an increasing function.
  ///
  /// - Parameters:
  ///   - steps: The error of the function, in representable numbers.
  ///   - function: The function, defined on the whole set.
  /// - Returns: A set that contains all values.
  func increasing(by steps: Int = libraryError, _ function: (Double) -> Double) -> Interval {
    if isEmpty { return .empty }
    return Interval.hull(function(lower), function(upper)).widened(by: steps)
  }

  /// All natural exponentials.
  var exponential: Interval { increasing { exp($0) }.intersection(.nonNegative) }

  /// All logarithms of positive numbers.
  ///
  /// - Parameter function: The logarithm to some base above 1.
  /// - Returns: A set that contains all values.
  func logarithm(_ function: (Double) -> Double) -> Interval {
    upper <= 0 ? .empty : intersection(.nonNegative).increasing(function)
  }

  /// All sines.
  var sine: Interval {
    // A crest is at π/2 + 2πk, a trough at -π/2 + 2πk.
    wave(crest: 0.25, trough: -0.25) { sin($0) }
  }

  /// All cosines.
  var cosine: Interval { wave(crest: 0, trough: 0.5) { cos($0) } }

  // Angles of crests and troughs are given in turns.
  private func wave(
    crest: Double, trough: Double, _ function: (Double) -> Double
  ) -> Interval {
    if isEmpty { return .empty }
    // Far from zero the angle in turns is known to less than a tenth of a turn.
    guard isBounded, magnitude.upper < 1e14, width < 2 * .pi else { return Interval(-1, 1) }
    let ends = increasing(function)
    return Interval(
      reaches(trough) ? -1 : max(-1, ends.lower), reaches(crest) ? 1 : min(1, ends.upper))
  }

  // Whether an angle in turns, up to whole turns, may be in the set.
  private func reaches(_ turns: Double) -> Bool {
    let scaled = self * Interval(0.5 / Double.pi).widened(by: 2) - Interval(turns)
    return scaled.upper.rounded(.down) >= scaled.lower
  }

  /// All tangents.
  var tangent: Interval {
    if isEmpty { return .empty }
    // Poles are at quarter turns; between two of them the tangent increases.
    return meetsTangentPole ? .whole : increasing { tan($0) }
  }

  /// Whether the tangent may have a pole in the set.
  var meetsTangentPole: Bool {
    guard isBounded, magnitude.upper < 1e14, width < .pi else { return true }
    return reaches(0.25) || reaches(-0.25)
  }

  /// All hyperbolic cosines.
  var hyperbolicCosine: Interval {
    magnitude.increasing { cosh($0) }.intersection(Interval(1, .infinity))
  }

  /// All inverse sines of numbers in [-1, 1].
  var inverseSine: Interval { intersection(Interval(-1, 1)).increasing { asin($0) } }

  /// All inverse cosines of numbers in [-1, 1].
  var inverseCosine: Interval { intersection(Interval(-1, 1)).increasing { acos($0) } }
}

/// `base^exponent` of the C library.
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where new numbers in formulas come from.
///
/// Small integers and one half are placed as they are and never fitted: they are structure, as the 2
/// of `sin(2 x)` is. Other numbers are starts for a fit: standard sizes, multiples of π (frequencies
/// and wave numbers), and all orders of magnitude.
enum Constants {
  /// The numbers that are placed on purpose; repetition is probability.
  private static let round: [Double] = [1, 1, 1, 2, 2, 0.5, 3, 4]

  private static let multiplesOfPi: [Double] = [
    0.5, 1, 1, 1, 2, 2, 3, 4, -0.5, -1, -1, -2,
  ].map { $0 * Double.pi }

  /// Whether a number is one of those that may stay fixed.
  static func isRound(_ value: Double) -> Bool {
    value.magnitude <= 4 && (value == value.rounded() || value.magnitude == 0.5)
  }

  /// A new number.
  ///
  /// - Parameters:
  ///   - scales: The sizes of columns that are very large or small.
  ///   - stream: Where the draws come from.
  /// - Returns: A number that stays, or one to be fitted.
  static func draw(_ scales: [Double], _ stream: inout RandomStream) -> Gene {
    let kind = stream.uniform()
    if kind < 0.4 { return Gene(constant: round[stream.below(round.count)], isFixed: true) }
    return Gene(constant: start(scales, &stream))
  }

  /// A start for the fit of a free constant.
  ///
  /// Half of those where columns are very large or small are what makes such a column ordinary: a
  /// frequency of 1000 times 1.5 is too much for any exponential, and no fit finds back.
  static func start(_ scales: [Double], _ stream: inout RandomStream) -> Double {
    if !scales.isEmpty, stream.below(2) == 0 {
      return 5 * stream.normal() / scales[stream.below(scales.count)]
    }
    let kind = stream.uniform()
    if kind < 0.55 { return 1.5 * stream.normal() }
    if kind < 0.75 { return multiplesOfPi[stream.below(multiplesOfPi.count)] }
    // Three decades to both sides of one.
    let magnitude = exp(stream.uniform(-6.9, 6.9))
    return stream.uniform() < 0.5 ? magnitude : -magnitude
  }
}

internal import Foundation

/// A seeded, splittable stream of random numbers (xoshiro256++).
///
/// Every random draw of the toolkit comes from a stream that was handed in, so that one seed fixes
/// a whole run. ``child(_:)`` derives an independent stream from a stream's *origin*, not from how
/// much of it was used: island 7 draws the same numbers whatever the other islands did, and
/// whichever thread it runs on.
///
/// Generator: Blackman & Vigna (2021), [doi:10.1145/3460772](https://doi.org/10.1145/3460772).
/// Seeding and children: SplitMix64, Steele, Lea & Flood (2014),
/// [doi:10.1145/2660193.2660195](https://doi.org/10.1145/2660193.2660195).
public struct RandomStream: RandomNumberGenerator, Sendable, Codable, Equatable {
  private var a, b, c, d: UInt64

  /// What the stream was seeded with; children are derived from it.
  private let origin: UInt64

  /// Creates the stream of a seed.
  ///
  /// - Parameter seed: Any number; equal seeds give equal streams.
  public init(seed: UInt64) {
    origin = seed
    var state = seed
    func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      return Self.scramble(state)
    }
    a = next()
    b = next()
    c = next()
    d = next()
  }

  /// An independent stream that depends only on this stream's seed and the index.
  ///
  /// - Parameter index: Which child; any integer.
  /// - Returns: A fresh stream.
  public func child(_ index: Int) -> RandomStream {
    let step = UInt64(bitPattern: Int64(index)) &* 0xD1B5_4A32_D192_ED03
    return RandomStream(
      seed: Self.scramble(Self.scramble(origin) ^ (step &+ 0x8CB9_2BA7_2F3D_8DD7)))
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let sum = a &+ d
    let result = ((sum << 23) | (sum >> 41)) &+ a
    let shifted = b << 17
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 45) | (d >> 19)
    return result
  }

  /// A number in [0, 1), one of 2⁵³ equally likely ones.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A number between two bounds, the upper one excluded.
  ///
  /// - Parameters:
  ///   - lower: The lower bound.
  ///   - upper: The upper bound.
  /// - Returns: A uniformly distributed number.
  public mutating func uniform(_ lower: Double, _ upper: Double) -> Double {
    lower + (upper - lower) * uniform()
  }

  /// A standard normal number (Marsaglia's polar method; the second one is not kept, so that a
  /// stream's state is its four words and nothing else).
  public mutating func normal() -> Double {
    while true {
      let u = 2 * uniform() - 1
      let v = 2 * uniform() - 1
      let s = u * u + v * v
      if s > 0 && s < 1 { return u * (-2 * log(s) / s).squareRoot() }
    }
  }

  /// An integer in `0..<count` (multiply-shift; the bias is below count / 2⁶⁴).
  ///
  /// - Parameter count: How many integers there are to choose from; positive.
  /// - Returns: One of them.
  public mutating func below(_ count: Int) -> Int {
    precondition(count > 0, "cannot draw from an empty range")
    return Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(count)).high)
  }

  /// A random order of `0..<count` (Fisher and Yates).
  ///
  /// - Parameter count: How many integers to order.
  /// - Returns: Each of them once.
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for i in stride(from: count - 1, to: 0, by: -1) { order.swapAt(i, below(i + 1)) }
    return order
  }

  private static func scramble(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

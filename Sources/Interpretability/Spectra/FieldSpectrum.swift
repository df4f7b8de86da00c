internal import Foundation
internal import Tensors

/// The power spectrum of a field on a regular grid, by the length of the wave vector.
///
/// The field's mean is taken out and the rest multiplied by Hann's window along every axis, so that a
/// field that is not periodic does not spread over all frequencies: a sine of k periods along the domain
/// lies in the shells k − 1, k and k + 1. Frequencies are in periods along the domain, the same on every
/// axis whatever the units.
public struct FieldSpectrum: Sendable, Equatable {
  /// The share of the variance in the shell `|k| ∈ [s − ½, s + ½)` for s = 0, 1, …; it sums to 1.
  public let shares: [Double]

  /// The variance of the windowed field, its mean taken out.
  public let variance: Double

  /// Transforms a field; a constant one has no spectrum.
  ///
  /// - Parameters:
  ///   - field: The values; the last axis varies fastest.
  ///   - shape: Number of points along each axis, at least four; their product is the number of values.
  public init?(of field: [Double], shape: [Int]) {
    precondition(shape.allSatisfy { $0 > 3 }, "a spectrum needs a few points along each axis")
    let mean = Statistics.mean(field) ?? 0
    let windows = shape.map(Self.window)
    let places = Self.places(shape)
    let windowed = zip(field, places).map { value, place in
      zip(place, windows).reduce(value - mean) { $0 * $1.1[$1.0] }
    }
    let power = FourierTransform.power(windowed, shape: shape)
    var shells = [Double](repeating: 0, count: 1)
    for (value, place) in zip(power, places) {
      let squared = zip(place, shape).reduce(0.0) { sum, axis in
        let wave = Double(min(axis.0, axis.1 - axis.0))
        return sum + wave * wave
      }
      let shell = Int(squared.squareRoot().rounded())
      if shell >= shells.count {
        shells += [Double](repeating: 0, count: shell + 1 - shells.count)
      }
      shells[shell] += value
    }
    let total = Statistics.sum(shells)
    // Parseval: Σ|F|² = N Σ|f|².
    variance = total / Double(field.count * field.count)
    let size = field.reduce(0) { max($0, abs($1)) }
    // What rounding makes of a constant is not a spectrum.
    guard variance > 64 * Double.ulpOfOne * Double.ulpOfOne * size * size else { return nil }
    shares = shells.map { $0 / total }
  }

  /// The mean frequency `Σ s · share`.
  public var meanFrequency: Double {
    shares.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
  }

  /// The share of the variance above a frequency.
  ///
  /// - Parameter frequency: In periods along the domain.
  /// - Returns: Between 0 and 1.
  public func share(above frequency: Double) -> Double {
    shares.enumerated().reduce(0) { Double($1.offset) > frequency ? $0 + $1.element : $0 }
  }

  /// Hann's window over points that include both ends.
  private static func window(_ count: Int) -> [Double] {
    (0..<count).map { 0.5 - 0.5 * cos(2 * .pi * Double($0) / Double(count - 1)) }
  }

  /// The index along each axis of every grid point.
  private static func places(_ shape: [Int]) -> [[Int]] {
    var places: [[Int]] = [[]]
    for size in shape { places = places.flatMap { place in (0..<size).map { place + [$0] } } }
    return places
  }
}

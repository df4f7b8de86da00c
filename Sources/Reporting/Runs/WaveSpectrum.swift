/// How the variance of a field is spread over frequencies.
public struct WaveSpectrum: Sendable, Equatable {
  /// What was transformed, such as `u(x, t)`.
  public let name: String

  /// The variance in each shell of wave vectors, the first for frequency 0; in periods along the domain.
  public let power: [Double]

  /// Names a spectrum.
  ///
  /// - Parameters:
  ///   - name: What was transformed.
  ///   - power: The variance in each shell.
  public init(name: String, power: [Double]) {
    self.name = name
    self.power = power
  }
}

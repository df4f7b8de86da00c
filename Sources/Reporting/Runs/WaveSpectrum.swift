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

/// Spectra at several moments of a training.
public struct SpectrumHistory: Sendable, Equatable {
  /// What was transformed, such as `error of u`.
  public let name: String

  /// Number of optimiser steps at each moment, ascending.
  public let steps: [Double]

  /// The variance in each shell at each moment, `[moments][shells]`.
  public let power: [[Double]]

  /// Gathers spectra.
  ///
  /// - Parameters:
  ///   - name: What was transformed.
  ///   - steps: Number of optimiser steps at each moment, ascending; at least two.
  ///   - power: The variance in each shell at each moment, as many shells at all; at least two.
  public init(name: String, steps: [Double], power: [[Double]]) {
    precondition(
      steps.count > 1 && steps.count == power.count && power[0].count > 1
        && power.allSatisfy { $0.count == power[0].count }
        && zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 },
      "one spectrum for each moment")
    self.name = name
    self.steps = steps
    self.power = power
  }
}

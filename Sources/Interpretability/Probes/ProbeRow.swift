internal import Foundation

/// What one probe reads, beside what it reads where there is nothing to be read.
///
/// A bare R² says nothing: exact least squares reads `u_x` from an untrained network with
/// R² = 0.9999. Each figure is of held-out samples; one that is not defined is nil.
public struct ProbeRow: Sendable, Equatable {
  /// The layer.
  public let layer: String

  /// What is read.
  public let target: String

  /// How the weights were found.
  public let kind: String

  /// How samples were held out.
  public let split: ProbeSplit.Kind

  /// R² on the held-out samples, with its interval.
  public let score: ProbeScore

  /// The probe itself.
  public let probe: Probe

  /// Number of samples that the probe was fitted to.
  public let samples: Int

  /// Columns of the layer that are independent at the relative precision 1e-6.
  public let rank: Int

  /// The ratio of the layer's largest singular value to its smallest, columns centred.
  public let condition: Double

  /// R² of the same probe on untrained networks, the mean over the draws.
  public let untrained: Double?

  /// R² of the same probe on the raw coordinates.
  public let coordinates: Double?

  /// R² of the same probe for the target's values in random order.
  public let permuted: Double?

  /// R² of the same probe for smooth random fields of the target's spectrum, the mean over the draws.
  public let control: Double?

  /// Bits a sample that the layer saves of the target's description; see `DescriptionLength`.
  public let savedBits: Double?

  /// R² less that of the smooth random field: what is special to the target.
  public var selectivity: Double? {
    guard let r2 = score.r2, let control else { return nil }
    return r2 - control
  }

  /// `log10((1 − R²_untrained)/(1 − R²))`: the digits that training has added.
  public var gain: Double? {
    guard let digits = score.log10Unexplained, let untrained, untrained < 1 else { return nil }
    return log10(1 - untrained) - digits
  }
}

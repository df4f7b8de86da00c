internal import Networks
public import PINN
internal import Tensors

/// What each neuron of the last hidden layer contributes to an output directly: `wᵢ aᵢ`.
///
/// The output of a network that ends in a linear layer is the sum of these and a bias, so that
/// `cov(wᵢ aᵢ, u) / var(u)` are shares that sum to 1. A share may be negative, and shares of neurons that
/// cancel each other may be far larger than 1.
public struct DirectContribution: Sendable, Equatable, Codable {
  /// The neuron.
  public let neuron: Int

  /// Its weight in the output.
  public let weight: Double

  /// Root mean square of its contribution about its mean.
  public let deviation: Double

  /// Its share of the output's variance; nil for a constant output.
  public let share: Double?

  /// The contributions to an output of the network.
  ///
  /// - Parameters:
  ///   - solution: A network whose last step is a dense layer of its last site.
  ///   - output: The output's index.
  ///   - points: One array of coordinates for each variable; at least one point.
  ///   - threads: Number of threads; no result depends on it.
  /// - Returns: One contribution for each neuron; none for other networks.
  public static func contributions(
    of solution: TrainedNetwork, to output: Int, at points: [[Double]], threads: Int
  ) -> [DirectContribution] {
    guard let site = solution.network.sites.last,
      let tensor = solution.network.tensors.last(where: { $0.name.hasSuffix(".weight") }),
      tensor.shape == [solution.network.outputs, site.units]
    else { return [] }
    let values = SiteActivations(solution, sites: [site], threads: threads).values(at: points)[0]
    let weights = (0..<site.units).map {
      solution.parameters[tensor.range.lowerBound + output * site.units + $0]
    }
    let columns = weights.indices.map { unit in
      centred(
        stride(from: unit, to: values.count, by: site.units).map { weights[unit] * values[$0] })
    }
    let sums = points[0].indices.map { row in
      Statistics.sum(columns.lazy.map { $0[row] })
    }
    let variance = Statistics.sum(sums.lazy.map { $0 * $0 })
    return columns.enumerated().map { unit, column in
      DirectContribution(
        neuron: unit, weight: weights[unit],
        deviation: Statistics.rootMeanSquare(column) ?? 0,
        share: variance > 0
          ? Statistics.sum(zip(column, sums).lazy.map { $0 * $1 }) / variance : nil)
    }
  }

  private static func centred(_ values: [Double]) -> [Double] {
    let mean = Statistics.mean(values) ?? 0
    return values.map { $0 - mean }
  }
}

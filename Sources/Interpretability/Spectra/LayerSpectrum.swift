internal import Networks
public import PINN
internal import Tensors

/// The spectrum of a neuron's activation over the domain, or the mean of those of a layer.
public struct LayerSpectrum: Sendable, Equatable, Codable {
  /// The layer.
  public let layer: String

  /// The neuron; nil for the mean of the layer.
  public let neuron: Int?

  /// The share of the variance at each frequency, in periods along the domain.
  public let shares: [Double]

  /// The mean frequency.
  public var meanFrequency: Double {
    shares.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
  }

  /// The spectra of every layer: first the layer's, then its neurons'.
  ///
  /// - Parameters:
  ///   - solution: The network.
  ///   - problem: The problem, whose domain is a box.
  ///   - rows: About how many points to take.
  ///   - threads: Number of threads; no result depends on it.
  /// - Returns: The spectra; neurons that are constant have none.
  /// - Throws: ``SpectrumError/noGrid``.
  public static func spectra(
    of solution: TrainedNetwork, solving problem: Problem, rows: Int = 4096, threads: Int
  ) throws(SpectrumError) -> [LayerSpectrum] {
    let grid = try SpectrumGrid(problem, rows: rows)
    let sites = solution.network.sites
    let values = SiteActivations(solution, sites: sites, threads: threads).values(at: grid.points)
    return zip(sites, values).flatMap { site, values in
      let results = parallelMap(count: site.units, threads: threads) { unit in
        let column = stride(from: unit, to: values.count, by: site.units).map { values[$0] }
        return FieldSpectrum(of: column, shape: grid.shape)
      }
      let neurons = results.enumerated().compactMap { unit, spectrum in
        spectrum.map { LayerSpectrum(layer: site.name, neuron: unit, shares: $0.shares) }
      }
      guard let first = neurons.first else { return [LayerSpectrum]() }
      let mean = first.shares.indices.map { index in
        neurons.reduce(0) { $0 + $1.shares[index] } / Double(neurons.count)
      }
      return [LayerSpectrum(layer: site.name, neuron: nil, shares: mean)] + neurons
    }
  }
}

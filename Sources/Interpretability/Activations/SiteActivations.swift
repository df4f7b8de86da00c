public import Networks
public import PINN
internal import Tensors

/// The activations of a trained network at chosen sites, for any points.
///
/// ```swift
/// let layers = SiteActivations(solution, sites: solution.network.sites, threads: 2)
/// let activations = layers.values(at: [x, t])   // one [samples, units] array a site
/// ```
public struct SiteActivations: Sendable {
  /// The sites.
  public let sites: [ActivationSite]

  private let solution: TrainedNetwork
  private let threads: Int

  /// Points of a block.
  private static let blockSize = 256

  /// Chooses sites.
  ///
  /// - Parameters:
  ///   - solution: The network.
  ///   - sites: Some of the network's sites and of its weighted sums.
  ///   - threads: Number of threads; no result depends on it.
  public init(_ solution: TrainedNetwork, sites: [ActivationSite], threads: Int) {
    self.solution = solution
    self.sites = sites
    self.threads = threads
  }

  /// The activations at points.
  ///
  /// - Parameter points: One array of coordinates for each input; at least one point.
  /// - Returns: For each site its activations, `[samples, units]` row by row.
  public func values(at points: [[Double]]) -> [[Double]] {
    let network = solution.network
    let count = points[0].count
    let blocks = (count + Self.blockSize - 1) / Self.blockSize
    let results = sites.map { AlignedBuffer(count: count * $0.units, repeating: 0.0) }
    let workers = min(max(1, threads), blocks)
    let plan = JetPlan(dimension: network.inputs, containing: [])
    parallelFor(count: workers, threads: workers) { worker in
      // With room for a reverse pass, sums are kept beside the activations made of them.
      let jets = JetPropagation<Double>(
        network: network, plan: plan, points: Self.blockSize, reversible: true)
      for block in stride(from: worker, to: blocks, by: workers) {
        let rows = block * Self.blockSize..<min((block + 1) * Self.blockSize, count)
        jets.load(jets.scaledInputs(points.map { Array($0[rows]) }))
        jets.forward(parameters: solution.parameters)
        for (site, result) in zip(sites, results) {
          let source = jets.values(at: site)
          let target = result.pointer + rows.lowerBound * site.units
          for unit in 0..<site.units {
            for p in 0..<rows.count {
              target[p * site.units + unit] = source[unit * jets.points + p]
            }
          }
        }
      }
    }
    return results.map { Array(UnsafeBufferPointer(start: $0.pointer, count: $0.count)) }
  }
}

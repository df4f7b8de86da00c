internal import RunStore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How many features are active how often, on a logarithmic scale: a histogram of log₁₀ of the share of
/// samples.
public struct DensityHistogram: Sendable, Equatable {
  /// Where the bins begin and end, in log₁₀: from the first half of a decade that one sample can reach to
  /// zero, which stands for all samples.
  public let edges: [Double]

  /// Features in each bin; one on an edge is in the upper bin, the last bin has both of its edges.
  public let counts: [Int]

  /// Features that are never active, of which there is no logarithm.
  public let neverActive: Int

  /// Bins of a decade.
  private static let binsPerDecade = 2.0

  /// Counts features.
  ///
  /// - Parameters:
  ///   - densities: For each feature the share of samples that it is active in.
  ///   - samples: Number of samples, at least one.
  init(_ densities: [Double], samples: Int) {
    let lowest = (-Self.binsPerDecade * log10(Double(samples))).rounded(.down)
    let binCount = max(1, Int(-lowest))
    edges = (0...binCount).map { (Double($0) - Double(binCount)) / Self.binsPerDecade }
    var counts = [Int](repeating: 0, count: binCount)
    for density in densities where density > 0 {
      let bin = Int((Self.binsPerDecade * log10(density)).rounded(.down)) + binCount
      counts[max(0, min(binCount - 1, bin))] += 1
    }
    self.counts = counts
    neverActive = densities.count { $0 == 0 }
  }

  /// The bins by name.
  var json: JSONValue {
    [
      "edges": .array(edges.map { .number($0) }), "counts": .array(counts.map { .integer($0) }),
      "never": .integer(neverActive),
    ]
  }
}

extension DictionaryMetrics {
  /// How many features are active how often.
  public var densityHistogram: DensityHistogram { DensityHistogram(densities, samples: samples) }
}

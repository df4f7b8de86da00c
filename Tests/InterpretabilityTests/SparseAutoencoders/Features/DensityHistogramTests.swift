@testable import Interpretability
import Testing

@Suite("Histogram of densities")
struct DensityHistogramTests {
  @Test func `bins are half decades down to a single sample`() {
    // log10 of the densities: −3, −2.70, −2, −0.30, 0, and one feature that is never active.
    let histogram = DensityHistogram([0.001, 0.002, 0.01, 0.5, 1, 0], samples: 1000)
    #expect(histogram.edges == [-3, -2.5, -2, -1.5, -1, -0.5, 0])
    #expect(histogram.counts == [2, 0, 1, 0, 0, 2])
    #expect(histogram.neverActive == 1)
  }

  @Test func `all features are counted whatever the number of samples`() {
    for samples in [1, 2, 3, 7, 99, 101, 12_345] {
      let densities = (0...samples).map { Double($0) / Double(samples) }
      let histogram = DensityHistogram(densities, samples: samples)
      #expect(histogram.counts.count == histogram.edges.count - 1)
      #expect(histogram.counts.reduce(0, +) == samples && histogram.neverActive == 1)
      #expect(histogram.edges.last == 0)
    }
  }
}

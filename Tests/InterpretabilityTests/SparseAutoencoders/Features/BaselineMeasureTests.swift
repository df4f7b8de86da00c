@testable import Interpretability
import Tensors
import Testing

/// Baselines of activations of which nothing else is known.
@Suite("Baselines of files")
struct BaselineMeasureTests {
  /// Two features of which one is active in each sample: (±2, 0) or (0, ±1), around (5, 0).
  private static let samples = Matrix<Float>(
    rows: 400, columns: 2,
    elements: (0..<400).flatMap { row -> [Float] in
      let sign: Float = row % 2 == 0 ? 1 : -1
      return row % 4 < 2 ? [5 + 2 * sign, 0] : [5, sign]
    })

  private static let autoencoder = SparseAutoencoder(
    encoder: Matrix(rows: 4, columns: 2, elements: [1, 0, -1, 0, 0, 1, 0, -1]),
    encoderBias: [0, 0, 0, 0],
    directions: Matrix(rows: 4, columns: 2, elements: [1, 0, -1, 0, 0, 1, 0, -1]),
    outputBias: [5, 0], activation: .topK(1))

  @Test func `one component of a sample is all where features have its directions`() throws {
    let report = try SparseAutoencoderStudy(Self.samples).report(
      on: Self.autoencoder, beside: FeatureBaseline.allCases)
    #expect(report.metrics.l0 == 1 && report.metrics.explainedVariance == .value(1))
    #expect(report.figures == nil && report.splice == nil)
    let baselines = report.baselines
    #expect(baselines.map(\.featureCount) == [2, 2, 2, 1])
    for baseline in baselines {
      #expect(baseline.metrics.l0 == 1 && baseline.physics == nil)
      #expect(baseline.metrics.samples == 400)
    }
    // Neurons, less their means, and principal components are the axes, of which each sample has one.
    // Components are stored in single precision.
    for baseline in baselines.prefix(2) {
      #expect(abs(try #require(baseline.metrics.explainedVariance.value) - 1) < 1e-6)
    }
    // A direction (a, b) of length one explains (800 a² + 200 b²) / 1000.
    #expect((0.2...0.8).contains(try #require(baselines[3].metrics.explainedVariance.value)))
    #expect(baselines.prefix(2).map(\.metrics.deadCount) == [0, 0])
  }
}

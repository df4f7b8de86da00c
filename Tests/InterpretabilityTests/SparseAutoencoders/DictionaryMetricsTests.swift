@testable import Interpretability
import Tensors
import Testing

/// Figures of cases small enough to be computed by hand.
@Suite("Dictionary metrics")
struct DictionaryMetricsTests {
  /// Two features along the axes; the second is encoded at half of its size.
  private static let autoencoder = SparseAutoencoder(
    encoder: Matrix(rows: 3, columns: 2, elements: [1, 0, 0, 0.5, 0, 0]),
    encoderBias: [0, 0, -1],
    directions: Matrix(rows: 3, columns: 2, elements: [1, 0, 0, 1, 0.6, 0.8]),
    outputBias: [0, 0], activation: .relu)

  @Test func `figures are those computed by hand`() throws {
    // x = (3, 4), (0, 2), (−1, 0): x̂ = (3, 2), (0, 1), (0, 0).
    let samples = Matrix<Float>(rows: 3, columns: 2, elements: [3, 4, 0, 2, -1, 0])
    let metrics = try DictionaryMetrics(Self.autoencoder, on: samples)
    // Errors 4 + 1 + 1; the mean is (2/3, 2), and Σ‖x − x̄‖² = 10 + 20 − 3 (4/9 + 4) = 50/3.
    #expect(metrics.meanSquaredError == 2)
    let unexplained = try #require(metrics.unexplainedVariance.value)
    // Sums of a few numbers in Double.
    #expect(abs(unexplained - 6 / (50.0 / 3)) < 1e-14)
    let explained = try #require(metrics.explainedVariance.value)
    #expect(abs(explained - (1 - 6 / (50.0 / 3))) < 1e-14)
    // Features (3, 2, 0), (0, 1, 0), (0, 0, 0).
    #expect(metrics.l0 == 1)
    #expect(metrics.densities == [1.0 / 3, 2.0 / 3, 0])
    #expect(metrics.deadCount == 1)
    // cos((3,4),(3,2)) = 17/(5 √13), cos((0,2),(0,1)) = 1; the third reconstruction is zero.
    let cosine = try #require(metrics.cosine.value)
    #expect(abs(cosine - (17 / (5 * 13.0.squareRoot()) + 1) / 2) < 1e-14)
    let shrinkage = try #require(metrics.shrinkage.value)
    #expect(abs(shrinkage - (13.0.squareRoot() / 5 + 0.5 + 0) / 3) < 1e-14)
    // (0, 1) · (0.6, 0.8), stored in single precision.
    let collinearity = try #require(metrics.collinearity.value)
    #expect(abs(collinearity - 0.8) < 1e-7)
  }

  @Test func `many samples are measured as one set`() throws {
    // Two halves with means of their own: an average over pieces would take each half's variance.
    var samples = Matrix<Float>(rows: 4096, columns: 2)
    for row in 0..<4096 {
      samples[row, 0] = row < 2048 ? 10 : 0
      samples[row, 1] = Float(row % 2)
    }
    let metrics = try DictionaryMetrics(Self.autoencoder, on: samples)
    // The second coordinate loses half of its size: Σ‖x − x̂‖² = 2048 · 0.25; Σ‖x − x̄‖² = 4096 (25 + 0.25).
    let unexplained = try #require(metrics.unexplainedVariance.value)
    #expect(abs(unexplained - 512 / (4096 * 25.25)) < 1e-15)
  }

  @Test func `what is not defined says why`() throws {
    let same = Matrix<Float>(rows: 3, columns: 2, repeating: 0)
    let metrics = try DictionaryMetrics(Self.autoencoder, on: same)
    #expect(metrics.explainedVariance == .undefined("all samples are the same"))
    #expect(metrics.shrinkage == .undefined("all samples are zero"))
    #expect(throws: ActivationSourceError.empty(rows: 0, width: 2)) {
      try DictionaryMetrics(Self.autoencoder, on: Matrix<Float>(rows: 0, columns: 2))
    }
  }
}

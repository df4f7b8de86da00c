import Foundation
import Interpretability
import Tensors
import Testing

/// Figures of the same autoencoder by NumPy, SciPy and scikit-learn; `Reference/metrics.py` wrote them.
@Suite("Dictionary metrics beside a reference")
struct ReferenceMetricsTests {
  private let expected: [String: Double]
  private let samples = Self.integers(300, 6, seed: 1)
  private let autoencoder: SparseAutoencoder

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/metrics.tsv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    expected = try Dictionary(
      uniqueKeysWithValues: lines.map { line in
        let parts = line.split(separator: "\t")
        return (String(parts[0]), try #require(Double(parts[1])))
      })
    var bias = Self.integers(1, 10, seed: 3).elements.map { $0 / 2 - 0.5 }
    bias[9] = -100
    autoencoder = SparseAutoencoder(
      encoder: Self.integers(10, 6, seed: 2), encoderBias: bias,
      directions: Matrix(
        rows: 10, columns: 6, elements: Self.integers(10, 6, seed: 4).elements.map { $0 / 4 }),
      outputBias: Self.integers(1, 6, seed: 5).elements.map { $0 / 8 }, activation: .relu)
  }

  /// Numbers from −1 to 1 that both programs hold exactly.
  private static func integers(_ rows: Int, _ columns: Int, seed: Int) -> Matrix<Float> {
    Matrix(
      rows: rows, columns: columns,
      elements: (0..<rows).flatMap { i in
        (0..<columns).map { j in
          let number = i * i * 7 + j * j * 5 + i * j * (seed + 3) + 11 * i + 2 * j + seed
          return Float(number % 257 - 128) / 128
        }
      })
  }

  private func expect(
    _ found: Double?, _ name: String, location: SourceLocation = #_sourceLocation
  ) throws {
    let value = try #require(found, sourceLocation: location)
    // Sums of small dyadic numbers are exact; cosines and square roots differ by roundings of Float.
    #expect(abs(value - expected[name, default: .nan]) < 1e-6, "\(name)", sourceLocation: location)
  }

  @Test func `reconstruction and sparsity`() throws {
    let metrics = try DictionaryMetrics(autoencoder, on: samples)
    try expect(metrics.explainedVariance.value, "explained_variance")
    try expect(metrics.meanSquaredError, "mse")
    try expect(metrics.l0, "l0")
    try expect(Double(metrics.deadCount), "dead")
    for (j, density) in metrics.densities.enumerated() { try expect(density, "density\(j)") }
    try expect(metrics.cosine.value, "cosine")
    try expect(metrics.shrinkage.value, "shrinkage")
    try expect(metrics.collinearity.value, "collinearity")
    let other = Self.integers(10, 6, seed: 6)
    try expect(
      SeedStability.meanMaximalCosine(autoencoder.directions, other).value, "seed_stability")
  }

  @Test func `recovery of known features`() throws {
    let truth = Self.integers(8, 6, seed: 7)
    let recovery = FeatureRecovery(of: truth, by: autoencoder.directions)
    try expect(recovery.meanMaximalCosine.value, "mmcs")
    try expect(recovery.meanMatchedCosine.value, "mcc")
    try expect(recovery.recoveredFraction.value, "above0.9")
    var activities = Matrix<Float>(rows: 300, columns: 8)
    for row in 0..<300 {
      for k in 0..<8 {
        let product = zip(samples.row(row), truth.row(k)).reduce(0) { $0 + $1.0 * $1.1 }
        activities[row, k] = product > 0.5 ? 1 : 0
      }
    }
    let f1 = recovery.f1(features: autoencoder.encode(samples), activities: activities)
    for (k, value) in f1.enumerated() { try expect(value.value, "f1_\(k)") }
  }

  @Test func `correlation with a field, and what two features say of it`() throws {
    let features = autoencoder.encode(samples)
    let field = (
      name: "u",
      values: (0..<300).map { Double(samples[$0, 0]) + pow(Double(samples[$0, 1]), 2) }
    )
    let correlation = FieldCorrelation(features, with: [field])
    for j in 0..<9 { try expect(correlation.coefficients[j][0], "r\(j)") }
    #expect(correlation.coefficients[9][0] == nil)
    try expect(FeaturePairs(of: features, correlation).fields.first?.pair.r2, "pair_r2")
  }
}

@testable import Interpretability
import Tensors
import Testing

/// Folding changes the numbers of an autoencoder, not what it does.
@Suite("Folding")
struct FoldingTests {
  static let activations: [SparseAutoencoder.Activation] = [
    .relu, .topK(3), .absTopK(3),
    .jumpReLU(thresholds: (0..<9).map { 0.1 + 0.05 * Float($0) }),
    .gated(offsets: (0..<9).map { 0.1 * Float($0 - 4) }, logGains: (0..<9).map { 0.1 * Float($0) }),
  ]

  private static func normals(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix<Float> {
    var random = RandomStream(seed: seed)
    return Matrix(
      rows: rows, columns: columns,
      elements: (0..<rows * columns).map { _ in Float(random.normal()) })
  }

  private static func autoencoder(
    _ activation: SparseAutoencoder.Activation, centresInput: Bool = true
  ) -> SparseAutoencoder {
    SparseAutoencoder(
      encoder: normals(9, 4, seed: 1), encoderBias: normals(1, 9, seed: 2).elements,
      directions: normals(9, 4, seed: 3), outputBias: normals(1, 4, seed: 4).elements,
      activation: activation, centresInput: centresInput)
  }

  private static func largestDifference(_ a: Matrix<Float>, _ b: Matrix<Float>) -> Float {
    zip(a.elements, b.elements).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  @Test(arguments: activations, Normalization.allCases)
  func `normalisation folds into the weights`(
    _ activation: SparseAutoencoder.Activation, _ normalization: Normalization
  ) throws {
    for isCentred in [true, false] {
      try check(Self.autoencoder(activation, centresInput: isCentred), normalization)
    }
  }

  private func check(
    _ autoencoder: SparseAutoencoder, _ normalization: Normalization
  ) throws {
    var samples = Self.normals(50, 4, seed: 5)
    // Correlated columns of different scales about different means.
    for row in 0..<50 {
      samples[row, 1] = 3 * samples[row, 1] + 5
      samples[row, 2] = 0.5 * samples[row, 1] + 0.1 * samples[row, 2]
    }
    let map = try AffineMap(normalization, fittedTo: samples)
    var normalized = samples
    map.apply(to: &normalized)
    let folded = autoencoder.folding(input: map, output: map)
    // Single precision, and weights up to some ten times as large.
    #expect(
      Self.largestDifference(folded.encode(samples), autoencoder.encode(normalized)) < 2e-3)
    let decoded = autoencoder.reconstruct(normalized)
    let expected =
      AffineMap.double(decoded) * map.backward
    var shifted = expected
    for row in 0..<50 { for i in 0..<4 { shifted[row, i] += map.mean[i] } }
    #expect(
      Self.largestDifference(folded.reconstruct(samples), AffineMap.single(shifted)) < 5e-3)
  }

  @Test func `a map does what its name says`() throws {
    var samples = Self.normals(400, 3, seed: 6)
    for row in 0..<400 {
      samples[row, 1] = 4 * samples[row, 1] - 2
      samples[row, 2] += samples[row, 1]
    }
    var whitened = samples
    try AffineMap(.whitened, fittedTo: samples).apply(to: &whitened)
    let covariance = CentredSamples(whitened).values.gram
    for i in 0..<3 {
      for j in 0..<3 {
        // Samples in single precision.
        #expect(abs(covariance[i, j] / 400 - (i == j ? 1 : 0)) < 1e-4)
      }
    }
    var standardized = samples
    try AffineMap(.standardized, fittedTo: samples).apply(to: &standardized)
    let moments = CentredSamples(standardized)
    for i in 0..<3 {
      #expect(abs(moments.mean[i]) < 1e-5)
      #expect(abs(moments.values.gram[i, i] / 400 - 1) < 1e-4)
    }
    var scaled = samples
    try AffineMap(.meanNorm, fittedTo: samples).apply(to: &scaled)
    let square = scaled.elements.reduce(0.0) { $0 + Double($1 * $1) } / 400
    #expect(abs(square - 3) < 1e-4)
  }

  @Test(arguments: [activations[0], activations[3], activations[4]])
  func `norms fold into the features`(_ activation: SparseAutoencoder.Activation) {
    let autoencoder = Self.autoencoder(activation)
    let unit = autoencoder.withUnitDirections
    let samples = Self.normals(50, 4, seed: 7)
    for j in 0..<9 {
      let row = unit.directions.row(j)
      #expect(abs(row.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
    }
    // Sums of some ten products in single precision.
    #expect(
      Self.largestDifference(unit.reconstruct(samples), autoencoder.reconstruct(samples)) < 1e-4)
  }

  @Test(arguments: [TrainerTests.variants[0], TrainerTests.variants[2], TrainerTests.variants[6]])
  func `training with free norms ends with unit directions`(
    _ variant: SparseAutoencoderVariant
  ) throws {
    var plan = SparseAutoencoderPlan(variant, featureCount: 24, samples: 4000)
    plan.batchRows = 100
    plan.decoderNorm = .free
    plan.gradientLimit = 1
    let model = SuperpositionModel(featureCount: 24, width: 12, probability: 0.08, seed: 3)
    let trainer = try SparseAutoencoderTrainer(
      plan, source: SuperpositionSource(model, seed: 5), threads: 1)
    var last = try trainer.advance()
    while !trainer.isFinished { last = try trainer.advance() }
    #expect(last.squaredError.isFinite)
    #expect(trainer.parameters.decoderNorm(0) != 1)
    let directions = trainer.autoencoder.directions
    for j in 0..<24 {
      // Twelve squares in single precision.
      #expect(abs(directions.row(j).reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
    }
  }
}

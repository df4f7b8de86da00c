@testable import Interpretability
import Tensors
import Testing

@Suite("Baseline dictionaries")
struct BaselineTests {
  /// Two independent uniform sources, mixed.
  private static func mixture(_ rows: Int) -> (samples: Matrix<Float>, mixing: Matrix<Float>) {
    var random = RandomStream(seed: 1)
    let mixing = Matrix<Float>(rows: 2, columns: 2, elements: [2, 1, -1, 1.5])
    let sources = Matrix<Float>(
      rows: rows, columns: 2, elements: (0..<2 * rows).map { _ in Float(random.uniform(-1, 1)) })
    return (sources * mixing, mixing)
  }

  @Test func `all principal components reconstruct, fewer explain the largest variance`() throws {
    var (samples, _) = Self.mixture(500)
    for row in 0..<500 { samples[row, 0] += 7 }
    let all = try LinearDictionary.principalComponents(of: samples, count: 2)
    let full = try DictionaryMetrics(all, on: samples)
    // Single precision.
    #expect((full.explainedVariance.value ?? 0) > 1 - 1e-10)
    let one = try DictionaryMetrics(
      try LinearDictionary.principalComponents(of: samples, count: 1), on: samples)
    // Covariance MᵀM/3 = [[5, 0.5], [0.5, 3.25]]/3 of exact uniform sources: (4.125 + 1.0078)/8.25.
    #expect(abs((one.explainedVariance.value ?? 0) - 0.622) < 0.02)
  }

  @Test func `independent components are the mixed sources`() throws {
    let (samples, mixing) = Self.mixture(4000)
    let dictionary = try LinearDictionary.independentComponents(of: samples, count: 2, seed: 2)
    let recovery = FeatureRecovery(of: mixing, by: dictionary.directions)
    // The estimate's error falls with the root of the number of samples.
    #expect((recovery.meanMatchedCosine.value ?? 0) > 0.999)
    let metrics = try DictionaryMetrics(dictionary, on: samples)
    #expect((metrics.explainedVariance.value ?? 0) > 1 - 1e-9)
  }

  @Test func `neurons are the activations, and random directions span what they can`() throws {
    let (samples, _) = Self.mixture(50)
    #expect(LinearDictionary.neurons(width: 2).encode(samples) == samples)
    let random = try LinearDictionary.randomDirections(in: samples, count: 5, seed: 3)
    #expect(random.featureCount == 5)
    let metrics = try DictionaryMetrics(random, on: samples)
    #expect((metrics.explainedVariance.value ?? 0) > 1 - 1e-9)
    for j in 0..<5 {
      #expect(abs(random.directions.row(j).reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
    }
  }
}

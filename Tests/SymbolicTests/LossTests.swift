import Symbolic
import Tensors
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite("Losses")
struct LossTests {
  private static func loss(_ text: String) throws -> Loss {
    try #require(try Grammar(contentsOf: "binary +\nloss \(text)", file: "g").loss)
  }

  @Test(
    arguments: [
      ("l1", 3, 1, 2, 4), ("l2", 3, 1, 2, 8), ("huber 1", 3, 1, 1, 1.5), ("huber 4", 3, 1, 1, 2),
      ("quantile 0.9", 1, 3, 1, 1.8), ("quantile 0.9", 3, 1, 2, 0.4), ("relative", 3, 2, 4, 1),
      ("poisson", 2, 2, 1, 0), ("poisson", 5, 0, 1, 5), ("abs(prediction - target)^3", 3, 1, 2, 16),
      ("(prediction - target)^2*weight^2", 3, 1, 3, 36), ("logcosh", 1, 1, 1, 0),
    ] as [(String, Double, Double, Double, Double)])
  func `values are those of the formulas`(
    text: String, prediction: Double, target: Double, weight: Double, value: Double
  ) throws {
    let loss = try Self.loss(text)
    let found = loss.value(prediction: prediction, target: target, weight: weight)
    // A few roundings.
    #expect(abs(found - value) < 1e-14)
  }

  @Test(arguments: [
    "l1", "l2", "huber 0.7", "logcosh", "quantile 0.2", "poisson", "relative",
    "log(1 + (prediction - target)^2)",
  ])
  func `slopes are those of the values`(text: String) throws {
    let loss = try Self.loss(text)
    var stream = RandomStream(seed: 3)
    for _ in 0..<200 {
      let (prediction, target) = (stream.uniform(0.5, 3), stream.uniform(0.5, 3))
      let step = 1e-6
      // Kinks are where the residual is 0 or the width of Huber's loss.
      guard abs(prediction - target) > 2 * step,
        abs(abs(prediction - target) - 0.7) > 2 * step
      else { continue }
      let weight = stream.uniform(0.1, 2)
      let ends = [step, -step].map {
        loss.value(prediction: prediction + $0, target: target, weight: weight)
      }
      let slope = loss.derivative(prediction: prediction, target: target, weight: weight)
      // Central differences: rounding 1e-16/1e-6, curvature 1e-12.
      #expect(abs((ends[0] - ends[1]) / (2 * step) - slope) < 1e-8 * max(1, abs(slope)))
    }
  }

  @Test func `a quantile is the best constant of its loss`() throws {
    let values = (1...101).map(Double.init)
    func best(_ loss: Loss) -> Double? {
      func total(_ constant: Double) -> Double {
        values.reduce(0) { $0 + loss.value(prediction: constant, target: $1) }
      }
      return values.min { total($0) < total($1) }
    }
    #expect(best(.quantile(0.9)) == 91)
    #expect(best(.l1) == 51)
    #expect(best(.l2) == 51)
  }

  @Test func `large residuals do not overflow`() {
    #expect(abs(Loss.logCosh.value(prediction: 1000, target: 0) - (1000 - log(2))) < 1e-12)
    #expect(Loss.poisson.value(prediction: -1, target: 2).isNaN)
  }
}

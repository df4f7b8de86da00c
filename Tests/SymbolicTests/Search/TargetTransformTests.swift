import Symbolic
import Testing

@Suite("Transforms of the target")
struct TargetTransformTests {
  /// Values on which a transform has an inverse, where neither is steep.
  private func domain(_ transform: TargetTransform) -> [Double] {
    let positive = stride(from: 0.3, through: 1.4, by: 0.05).map { $0 }
    return switch transform {
    case .identity, .reciprocal, .exponential, .sine, .tangent: positive + positive.map { -$0 }
    case .square, .squareRoot, .logarithm, .cosine: positive
    case .inverseHyperbolicTangent:
      positive.filter { $0 < 0.95 } + positive.filter { $0 < 0.95 }.map { -$0 }
    }
  }

  @Test("the inverse leads back", arguments: TargetTransform.allCases)
  func inverse(transform: TargetTransform) throws {
    let powers = PowerWriter(operators: Symbolic.Operator.allCases)
    let genes = try #require(transform.inverse(of: [Gene(variable: 0)], powers: powers))
    let inverse = Symbolic.Expression(genes, variables: ["g"])
    for y in domain(transform) {
      // Two functions of half an ulp or two each, whose slopes on these values are up to 35.
      #expect(abs(inverse.evaluate(["g": transform(y)]) - y) < 1e-14, "\(y)")
    }
  }

  @Test("the slope is that of central differences", arguments: TargetTransform.allCases)
  func slope(transform: TargetTransform) {
    let step = 1e-5
    for y in domain(transform) {
      let difference = (transform(y + step) - transform(y - step)) / (2 * step)
      let slope = transform.slope(y)
      // step² g'''/6 is at most 1.2e-7, of tan at 1.4, where the slope is 35; rounding is 1e-11.
      #expect(abs(slope - difference) < 1e-7 * (1 + slope.magnitude), "\(y)")
    }
  }

  @Test("values from which no inverse leads back have no transform")
  func domains() {
    let outside: [(TargetTransform, Double)] = [
      (.reciprocal, 0), (.square, -1), (.squareRoot, -1), (.logarithm, -1), (.logarithm, 0),
      (.exponential, 800), (.sine, 1.6), (.sine, -1.6), (.cosine, -0.1), (.cosine, 3.2),
      (.tangent, 1.6), (.inverseHyperbolicTangent, 1), (.inverseHyperbolicTangent, -1.5),
    ]
    for (transform, y) in outside { #expect(transform(y).isNaN, "\(transform) of \(y)") }
  }

  @Test(
    "one operator of those that a transform needs is enough", arguments: TargetTransform.allCases)
  func operators(transform: TargetTransform) throws {
    for operation in transform.neededOperators.joined() {
      let genes = try #require(
        transform.inverse(
          of: [Gene(variable: 0)], powers: PowerWriter(operators: [operation])),
        "\(transform) with \(operation)")
      let used = Set(genes.map(\.operation)).subtracting([.constant, .symbol])
      #expect(used == [operation])
    }
  }
}

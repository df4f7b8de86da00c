import Symbolic
import Tensors
import Testing

@Suite("Derivative")
struct DerivativeTests {
  @Test func `random formulas agree with a central difference`() {
    var random = RandomExpressions(seed: 5)
    random.operators = [
      .add, .subtract, .multiply, .divide, .power, .square, .sqrt, .exp, .log, .sin, .cos, .tanh,
    ]
    var compared = 0
    for _ in 0..<2000 {
      let formula = random.expression(size: 1 + random.stream.below(15))
      let point = random.point(positive: true)
      let derivative = formula.derivative(withRespectTo: "x").evaluate(point)
      let second = formula.derivative(withRespectTo: ["x", "x", "x"]).evaluate(point)
      let step = 1e-4
      let values = [-1.0, 0, 1].map { offset in
        formula.evaluate(point.merging(["x": (point["x"] ?? 0) + offset * step]) { $1 })
      }
      guard values.allSatisfy(\.isFinite), derivative.isFinite, second.isFinite else { continue }
      let difference = (values[2] - values[0]) / (2 * step)
      // Truncation step²/6·f‴ (doubled, since f‴ varies), and the rounding of f over step.
      let scale = values.map(\.magnitude).max() ?? 0
      let tolerance =
        step * step * second.magnitude + 1e-10 * Swift.max(scale, derivative.magnitude, 1)
      // Near a pole the expansion says nothing.
      guard second.magnitude < 1e4, scale < 1e3 else { continue }
      #expect(abs(derivative - difference) <= tolerance, "\(formula) at \(point)")
      compared += 1
    }
    #expect(compared > 800)
  }

  @Test func `a name that does not occur has derivative zero`() throws {
    let formula = try Expression(parsing: "sin(x)*exp(y)")
    #expect(formula.derivative(withRespectTo: "t") == .zero)
  }

  @Test func `higher and mixed derivatives`() throws {
    let formula = try Expression(parsing: "x^4*t^2")
    let derivative = formula.derivative(withRespectTo: ["x", "x", "t"])
    #expect(derivative.isProvablyEqual(to: try Expression(parsing: "24*x^2*t")))
    #expect(derivative.description == "24*t*x^2")
  }
}

import Networks
import PINN
import Symbolic
import Tensors
import Testing

/// Derivatives of u, v and p by x and y, under the names of recipes.
private let symbols: [Symbol: DerivativeSymbol] = {
  var symbols: [Symbol: DerivativeSymbol] = [:]
  for (unknown, name) in ["u", "v", "p"].enumerated() {
    for (suffix, exponents) in [
      ("", [0, 0]), ("_x", [1, 0]), ("_y", [0, 1]), ("_xx", [2, 0]), ("_xy", [1, 1]),
      ("_yy", [0, 2]), ("_xxx", [3, 0]),
    ] {
      let symbol = Symbol(name + suffix)
      symbols[symbol] = DerivativeSymbol(
        unknown: unknown, monomial: Monomial(exponents), symbol: symbol)
    }
  }
  return symbols
}()

@Suite("Sums of derivatives in equations")
struct CommonOperatorTests {
  /// Equations, and the sum that they contain as a whole.
  struct Case: Sendable, CustomTestStringConvertible {
    let equations: [String]
    let sum: [DerivativeSum.Term]?

    init(_ equations: String..., sum: [([Int], Double)]?) {
      self.equations = equations
      self.sum = sum?.map { DerivativeSum.Term(Monomial($0), $1) }
    }

    var testDescription: String { equations.joined(separator: "; ") }

    static let all: [Case] = [
      Case("u_xx + u_yy + sin(x)", sum: [([2, 0], 1), ([0, 2], 1)]),
      Case("x*(1 - x)*(u_xx + u_yy) + 2*u_x", sum: [([2, 0], 1), ([0, 2], 1)]),
      Case("exp(u_xx - 2*u_yy) + u", sum: [([2, 0], 1), ([0, 2], -2)]),
      Case("u_y - u_xx/4", sum: [([0, 1], 1), ([2, 0], -0.25)]),
      Case("u_y + u*u_x - u_xx/100 + u^3", sum: [([0, 1], 1), ([2, 0], -0.01)]),
      Case("u_y + 3*u_x", sum: [([1, 0], 1), ([0, 1], 1 / 3.0)]),
      Case(
        "u*u_x + v*u_y + p_x - (u_xx + u_yy)/40", "u*v_x + v*v_y + p_y - (v_xx + v_yy)/40",
        "u_x + v_y", sum: [([2, 0], 1), ([0, 2], 1)]),
      Case("u_xx + u_yy", "u_xx - v", sum: nil),
      Case("u_y + v_xx/2", "v_y - u_xx/2", sum: nil),
      Case("u_y - k^2*u_xx", sum: nil),
      Case("u_xx*u_yy", sum: nil),
      Case("x*u_xx + u_yy", sum: nil),
      Case("u_y + u_xxx", sum: nil),
      Case("u_xx + u", sum: nil),
    ]
  }

  @Test("is found where derivatives keep a fixed ratio, and only there", arguments: Case.all)
  func decision(test: Case) throws {
    let equations = try test.equations.map { try Expression(parsing: $0) }
    let found = CommonOperator(equations, symbols: symbols)
    let terms = try #require(
      found?.sum.terms.count == test.sum?.count ? found?.sum.terms ?? [] : nil)
    for (own, expected) in zip(terms, test.sum ?? []) {
      #expect(own.monomial == expected.monomial)
      // A quotient of two numbers.
      #expect(abs(own.coefficient - expected.coefficient) < 1e-15)
    }
  }

  @Test("gives the residuals, and their derivatives by parameters", arguments: Case.all)
  func residuals(test: Case) throws {
    let equations = try test.equations.map { try Expression(parsing: $0) }
    let network = Network(
      hidden: [6, 5], outputs: 3, activation: .tanh, lower: [0, -1], upper: [1, 2])
    var random = RandomStream(seed: 4)
    let parameters = network.initialParameters(random: &random) + [0.3]
    let points = [
      (0..<21).map { _ in random.uniform() }, (0..<21).map { _ in random.uniform(-1, 2) },
    ]
    let used = Set(equations.flatMap(\.symbols))
    let system = try ResidualSystem<Double>(
      network: network,
      terms: [
        ResidualTerm(
          names: test.equations, equations: equations, points: points, weight: 21)
      ], variables: ["x", "y"], symbols: symbols.filter { used.contains($0.key) },
      coefficients: ["k"], threads: 1)
    let found = system.residuals(at: parameters)
    let evaluator = FieldEvaluator(network: network, points: points, threads: 1)
    var values: [Symbol: [Double]] = ["x": points[0], "y": points[1]]
    values["k"] = points[0].map { _ in 0.3 }
    for (symbol, field) in symbols where used.contains(symbol) {
      values[symbol] = evaluator.values(of: field, parameters: parameters)
    }
    let block = found.count / equations.count
    for (e, equation) in equations.enumerated() {
      for p in 0..<21 {
        let expected = equation.evaluate(values.mapValues { $0[p] })
        // The same sums in another order.
        #expect(abs(found[e * block + p] - expected) < 1e-12 * max(1, abs(expected)))
      }
    }

    let direction = parameters.map { _ in random.normal() }
    func moved(_ h: Double) -> [Double] {
      system.residuals(at: zip(parameters, direction).map { $0 + h * $1 })
    }
    let h = 1e-3
    let near = [2 * h, h, -h, -2 * h].map(moved)
    let second = system.secondDerivative(along: direction, at: parameters)
    let (_, jacobian) = system.transposedJacobian(at: parameters)
    for i in found.indices {
      let slope = Statistics.sum(direction.indices.lazy.map { direction[$0] * jacobian[$0, i] })
      let scale = max(1, near.map { abs($0[i]) }.max() ?? 0)
      // h⁴ = 1e-12 times high derivatives along a direction of seventy weights, rounding 1e-16 / h².
      let first = (8 * (near[1][i] - near[2][i]) - (near[0][i] - near[3][i])) / (12 * h)
      #expect(abs(slope - first) < 1e-5 * scale * max(1, abs(slope)))
      let bend =
        (16 * (near[1][i] + near[2][i]) - (near[0][i] + near[3][i]) - 30 * found[i]) / (12 * h * h)
      #expect(abs(second[i] - bend) < 1e-4 * scale * max(1, abs(second[i])))
    }
  }
}

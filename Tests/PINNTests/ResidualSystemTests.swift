import Foundation
import Networks
import PINN
import Symbolic
import Tensors
import Testing

/// A nonlinear system in two unknowns with mixed and high derivatives, a trained coefficient and a
/// periodic condition, to exercise every path.
private struct Fixture {
  let network = Network(
    hidden: [6, 5], outputs: 2, activation: .tanh, lower: [0, -1], upper: [1, 2])
  let parameters: [Double]
  let terms: [ResidualTerm]
  let symbols: [Symbol: DerivativeSymbol]

  init(
    equations: [String] = ["u_t + u*u_x - k^2*u_xx + f*v", "v_xxt - sin(k*u)*v_x + u^2"],
    points: Int = 37
  ) throws {
    var random = RandomStream(seed: 4)
    parameters =
      network.initialParameters(random: &random).map { $0 + 0.1 * random.normal() } + [0.3]
    let x = (0..<points).map { _ in random.uniform() }
    let t = (0..<points).map { _ in random.uniform(-1, 2) }
    terms = [
      ResidualTerm(
        names: equations.indices.map { "equation \($0 + 1)" },
        equations: try equations.map { try Expression(parsing: $0) }, points: [x, t],
        columns: ["f": x.map { cos($0) }], weight: 1),
      ResidualTerm(
        names: ["condition 1"], equations: [try Expression(parsing: "u*v - x")],
        points: [Array(x[..<5]), Array(repeating: -1, count: 5)], weight: 30),
      ResidualTerm(
        names: ["condition 2"],
        equations: [
          Expression("u_x") * Expression("v") - Expression(Symbol("u_x of partner"))
            * Expression(Symbol("v of partner"))
        ],
        points: [Array(repeating: 0, count: 19), Array(t[..<19])],
        partners: [Array(repeating: 1, count: 19), Array(t[..<19])], weight: 10),
    ]
    let names = ["u", "u_x", "u_t", "u_xx", "v", "v_x", "v_xxt"]
    let derivatives = names.map { name -> (Symbol, DerivativeSymbol) in
      let suffix = name.split(separator: "_").dropFirst().first ?? ""
      let monomial = Monomial([
        suffix.filter { $0 == "x" }.count, suffix.filter { $0 == "t" }.count,
      ])
      return (
        Symbol(name),
        DerivativeSymbol(
          unknown: name.hasPrefix("u") ? 0 : 1, monomial: monomial, symbol: Symbol(name))
      )
    }
    symbols = Dictionary(uniqueKeysWithValues: derivatives)
  }

  func system<Scalar>(threads: Int = 1) throws -> ResidualSystem<Scalar> {
    try ResidualSystem(
      network: network, terms: terms, variables: ["x", "t"], symbols: symbols,
      coefficients: ["k"], threads: threads)
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  Statistics.sum(zip(a, b).lazy.map { $0 * $1 })
}

private func norm(_ a: [Double]) -> Double { dot(a, a).squareRoot() }

@Suite("Residual system")
struct ResidualSystemTests {
  @Test func `residuals are the equations at the network's derivatives, scaled`() throws {
    let fixture = try Fixture()
    let system: ResidualSystem<Double> = try fixture.system()
    let residuals = system.residuals(at: fixture.parameters)
    let term = fixture.terms[0]
    let evaluator = FieldEvaluator(network: fixture.network, points: term.points, threads: 1)
    var values: [Symbol: [Double]] = ["x": term.points[0], "t": term.points[1]]
    values["k"] = [Double](repeating: 0.3, count: 37)
    values.merge(term.columns) { $1 }
    for (symbol, field) in fixture.symbols {
      values[symbol] = evaluator.values(of: field, parameters: fixture.parameters)
    }
    let scale = (1.0 / 37).squareRoot()
    for p in 0..<37 {
      let expected = scale * term.equations[0].evaluate(values.mapValues { $0[p] })
      // The same sums in another order.
      #expect(abs(residuals[p] - expected) < 1e-13)
    }
  }

  @Test func `the gradient agrees with central differences and with the Jacobian`() throws {
    let fixture = try Fixture()
    let system: ResidualSystem<Double> = try fixture.system()
    let (residuals, gradient) = system.gradient(at: fixture.parameters)
    var random = RandomStream(seed: 5)
    let direction = fixture.parameters.map { _ in random.normal() }
    func loss(_ h: Double) -> Double {
      let r = system.residuals(at: zip(fixture.parameters, direction).map { $0 + h * $1 })
      return 0.5 * dot(r, r)
    }
    // Fourth-order differences: the error is h⁴ = 1e-12 times a fifth derivative of the loss, and
    // rounding is 1e-16 · loss / h.
    let h = 1e-3
    let slope = (8 * (loss(h) - loss(-h)) - (loss(2 * h) - loss(-2 * h))) / (12 * h)
    #expect(abs(dot(gradient, direction) - slope) < 1e-7 * norm(gradient) * norm(direction))

    // An independent formula: J from forward seeds per residual, then Jᵀr by a plain product.
    let (r, jacobian) = system.transposedJacobian(at: fixture.parameters)
    #expect(r == residuals)
    let product = (0..<system.parameterCount).map { dot(jacobian.row($0), r) }
    #expect(norm(zip(product, gradient).map { $0 - $1 }) < 1e-13 * norm(gradient))
  }

  @Test func `normal equations are products of the Jacobian`() throws {
    let fixture = try Fixture()
    let system: ResidualSystem<Double> = try fixture.system(threads: 2)
    let (_, jacobian) = system.transposedJacobian(at: fixture.parameters)
    let (_, gram, gradient) = system.normalEquations(at: fixture.parameters)
    let plain = jacobian * jacobian.transposed
    for i in 0..<plain.rows {
      for j in i..<plain.columns {
        #expect(abs(gram[i, j] - plain[i, j]) < 1e-12 * max(1, abs(plain[i, j])))
      }
    }
    let pulled = system.pullBack(system.residuals(at: fixture.parameters), at: fixture.parameters)
    #expect(norm(zip(pulled, gradient).map { $0 - $1 }) < 1e-12 * norm(gradient))
  }

  @Test func `products and factors of the Jacobian's pieces are those of the whole`() throws {
    let fixture = try Fixture(points: 700)
    let system: ResidualSystem<Double> = try fixture.system(threads: 2)
    let (residuals, jacobian) = system.transposedJacobian(at: fixture.parameters)
    // Pieces of 256 residuals, the least there are.
    system.pieceBytes = 1
    let normal = system.normalEquations(at: fixture.parameters)
    let products = system.sampleProducts(at: fixture.parameters)
    let triangle = system.triangularFactor(at: fixture.parameters)
    #expect(normal.residuals == residuals)
    #expect(products.residuals == residuals)
    #expect(triangle.residuals == residuals)
    let (primal, dual) = (jacobian * jacobian.transposed, jacobian.transposed * jacobian)
    let scale = (0..<primal.rows).map { primal[$0, $0] }.reduce(0, +)
    // The same sums in another order.
    for i in 0..<primal.rows {
      for j in i..<primal.columns {
        #expect(abs(normal.gram[i, j] - primal[i, j]) < 1e-13 * scale)
      }
      #expect(abs(triangle.factor.squaredColumnNorms[i] - primal[i, i]) < 1e-13 * scale)
    }
    for i in 0..<dual.rows {
      for j in i..<dual.columns where abs(products.gram[i, j] - dual[i, j]) >= 1e-13 * scale {
        Issue.record("products of residuals \(i) and \(j) differ")
      }
    }
    // A damping of a thousandth of the trace leaves the normal equations eleven digits.
    var damped = primal
    for i in 0..<primal.rows { damped[i, i] += 1e-3 * scale }
    let step = try Cholesky(damped).solve(normal.gradient)
    let same = try #require(triangle.factor.damped(by: 1e-3 * scale)).solution
    #expect(norm(zip(step, same).map { $0 - $1 }) < 1e-10 * norm(step))
  }

  @Test func `the Jacobian's columns agree with central differences`() throws {
    let fixture = try Fixture()
    let system: ResidualSystem<Double> = try fixture.system()
    let (_, jacobian) = system.transposedJacobian(at: fixture.parameters)
    let h = 1e-5
    // The last one is the coefficient.
    for i in Array(stride(from: 0, to: fixture.parameters.count, by: 7))
      + [fixture.parameters.count - 1]
    {
      var (above, below) = (fixture.parameters, fixture.parameters)
      above[i] += h
      below[i] -= h
      let difference = zip(system.residuals(at: above), system.residuals(at: below)).map {
        ($0 - $1) / (2 * h)
      }
      let row = jacobian.row(i)
      // h² = 1e-10 times a third derivative, rounding 1e-16 / h.
      #expect(norm(zip(row, difference).map { $0 - $1 }) < 1e-7 * max(1, norm(row)))
    }
  }

  @Test func `the second derivative agrees with central differences`() throws {
    let fixture = try Fixture()
    let system: ResidualSystem<Double> = try fixture.system()
    var random = RandomStream(seed: 6)
    let direction = fixture.parameters.map { _ in 0.3 * random.normal() }
    let exact = system.secondDerivative(along: direction, at: fixture.parameters)
    let h = 1e-3
    let values = [-2.0, -1, 0, 1, 2].map { k in
      system.residuals(at: zip(fixture.parameters, direction).map { $0 + k * h * $1 })
    }
    let difference = exact.indices.map { i -> Double in
      let outer = values[0][i] + values[4][i]
      let inner = values[1][i] + values[3][i]
      return (16 * inner - outer - 30 * values[2][i]) / (12 * h * h)
    }
    // h⁴ = 1e-12 times a sixth derivative; rounding 1e-16 / h² = 1e-10.
    #expect(norm(zip(exact, difference).map { $0 - $1 }) < 1e-6 * norm(exact))
  }

  @Test func `weights multiply the squares`() throws {
    let fixture = try Fixture()
    let system: ResidualSystem<Double> = try fixture.system()
    let plain = system.residuals(at: fixture.parameters)
    system.weigh(plain.indices.map { Double($0 % 3) })
    let weighed = system.residuals(at: fixture.parameters)
    for i in plain.indices {
      // One rounding of a root and one of a product.
      #expect(abs(weighed[i] * weighed[i] - Double(i % 3) * plain[i] * plain[i]) < 1e-14)
    }
    system.weigh(nil)
    #expect(system.residuals(at: fixture.parameters) == plain)
  }

  @Test("one, two and four threads give the same bits", arguments: [2, 4])
  func threads(count: Int) throws {
    let fixture = try Fixture()
    let one: ResidualSystem<Double> = try fixture.system(threads: 1)
    let many: ResidualSystem<Double> = try fixture.system(threads: count)
    #expect(one.gradient(at: fixture.parameters) == many.gradient(at: fixture.parameters))
    let (a, b) = (
      one.normalEquations(at: fixture.parameters), many.normalEquations(at: fixture.parameters)
    )
    #expect(a.gram == b.gram && a.gradient == b.gradient && a.residuals == b.residuals)
    let (c, d) = (
      one.sampleProducts(at: fixture.parameters), many.sampleProducts(at: fixture.parameters)
    )
    #expect(c.gram == d.gram)
    let solutions = [one, many].map {
      $0.triangularFactor(at: fixture.parameters).factor.damped(by: 1e-9)?.solution
    }
    #expect(solutions[0] == solutions[1] && solutions[0] != nil)
  }

  @Test func `single precision follows double`() throws {
    let fixture = try Fixture()
    let single: ResidualSystem<Float> = try fixture.system()
    let double: ResidualSystem<Double> = try fixture.system()
    let (a, b) = (
      single.gradient(at: fixture.parameters).gradient,
      double.gradient(at: fixture.parameters).gradient
    )
    // Third derivatives lose two or three of the seven digits.
    #expect(norm(zip(a, b).map { $0 - $1 }) < 1e-4 * norm(b))
  }
}

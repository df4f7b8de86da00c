import Foundation
import Networks
import Tensors
import Testing

/// A model given by its residuals as functions of a displacement's Taylor coefficients: the second
/// derivative along a direction comes from formulas, not from differences.
private struct DenseModel: LeastSquaresModel {
  let parameterCount: Int
  let residualCount: Int
  let evaluate: @Sendable ([Double]) -> [Double]
  let jacobianRows: @Sendable ([Double]) -> [[Double]]
  let second: @Sendable ([Double], [Double]) -> [Double]

  func residuals(at parameters: [Double]) -> [Double] { evaluate(parameters) }

  func normalEquations(
    at parameters: [Double]
  ) -> (residuals: [Double], gram: Matrix<Double>, gradient: [Double]) {
    let (r, jt) = transposedJacobian(at: parameters)
    return (r, jt.transposed.gram, pullBack(r, at: parameters))
  }

  func transposedJacobian(
    at parameters: [Double]
  ) -> (residuals: [Double], jacobian: Matrix<Double>) {
    let j = Matrix(
      rows: residualCount, columns: parameterCount,
      elements: jacobianRows(parameters).flatMap { $0 })
    return (evaluate(parameters), j.transposed)
  }

  func pullBack(_ vector: [Double], at parameters: [Double]) -> [Double] {
    let rows = jacobianRows(parameters)
    return (0..<parameterCount).map { p in
      Statistics.sum((0..<residualCount).map { rows[$0][p] * vector[$0] })
    }
  }

  func secondDerivative(along direction: [Double], at parameters: [Double]) -> [Double] {
    second(direction, parameters)
  }

  /// Rosenbrock's valley, `r = (10 (y − x²), 1 − x)`, with its minimum at (1, 1).
  static let rosenbrock = DenseModel(
    parameterCount: 2, residualCount: 2,
    evaluate: { [10 * ($0[1] - $0[0] * $0[0]), 1 - $0[0]] },
    jacobianRows: { [[-20 * $0[0], 10], [-1, 0]] },
    second: { d, _ in [-20 * d[0] * d[0], 0] })

  /// The same rows `copies` times, divided by √copies: the same loss, gradient and step.
  func repeated(_ copies: Int) -> DenseModel {
    let scale = 1 / Double(copies).squareRoot()
    let many: @Sendable ([Double]) -> [Double] = { row in
      (0..<copies).flatMap { _ in row.map { scale * $0 } }
    }
    return DenseModel(
      parameterCount: parameterCount, residualCount: copies * residualCount,
      evaluate: { many(self.evaluate($0)) },
      jacobianRows: { p in
        (0..<copies).flatMap { _ in self.jacobianRows(p).map { $0.map { scale * $0 } } }
      },
      second: { many(self.second($0, $1)) })
  }
}

@Suite("Levenberg-Marquardt")
struct LevenbergMarquardtTests {
  @Test("finds the bottom of Rosenbrock's valley", arguments: [true, false])
  func rosenbrock(acceleration: Bool) {
    var optimizer = LevenbergMarquardt(acceleration: acceleration)
    var point = [-1.2, 1.0]
    var steps = 0
    while case .accepted(let loss, _) = optimizer.step(&point, model: DenseModel.rosenbrock) {
      steps += 1
      if loss < 1e-28 || steps > 200 { break }
    }
    #expect(steps < 60)
    // The loss is 1e-28 of a valley with curvature from 1 to 1000.
    #expect(abs(point[0] - 1) < 1e-12 && abs(point[1] - 1) < 1e-12)
  }

  @Test func `converges quadratically where the residuals vanish`() {
    // With λ → 0 a Gauss-Newton step on a zero-residual problem squares the error.
    var optimizer = LevenbergMarquardt(damping: 1e-12, acceleration: false)
    let model = DenseModel(
      parameterCount: 1, residualCount: 2,
      evaluate: { [exp($0[0]) - 1, $0[0] * $0[0] + $0[0]] },
      jacobianRows: { [[exp($0[0])], [2 * $0[0] + 1]] },
      second: { d, x in [exp(x[0]) * d[0] * d[0], 2 * d[0] * d[0]] })
    var point = [0.05]
    var errors = [0.05]
    for _ in 0..<3 {
      _ = optimizer.step(&point, model: model)
      errors.append(abs(point[0]))
    }
    for (before, after) in zip(errors, errors.dropFirst()) where after > 1e-14 {
      let order = log(after) / log(before)
      // log e₊ = 2 log e + log C: above 1.7 for these errors when C is about 1.
      #expect(order > 1.7)
    }
    #expect(errors[3] < 1e-8)
  }

  @Test func `the sample-space step is the primal step`() {
    // Two residuals of five parameters: sample space. Three copies of them: primal.
    var random = RandomStream(seed: 3)
    let a = (0..<2).map { _ in (0..<5).map { _ in random.normal() } }
    let b = (0..<2).map { _ in random.normal() }
    let model = DenseModel(
      parameterCount: 5, residualCount: 2,
      evaluate: { x in
        (0..<2).map { i in
          let z = Statistics.sum(zip(a[i], x).map { $0 * $1 }) - b[i]
          return z + 0.1 * z * z
        }
      },
      jacobianRows: { x in
        (0..<2).map { i in
          let z = Statistics.sum(zip(a[i], x).map { $0 * $1 }) - b[i]
          return a[i].map { $0 * (1 + 0.2 * z) }
        }
      },
      second: { d, _ in
        (0..<2).map { i in
          let z = Statistics.sum(zip(a[i], d).map { $0 * $1 })
          return 0.2 * z * z
        }
      })
    let start = (0..<5).map { _ in random.normal() }
    var (x, y) = (start, start)
    var (first, second) = (LevenbergMarquardt(), LevenbergMarquardt())
    _ = first.step(&x, model: model)
    _ = second.step(&y, model: model.repeated(3))
    #expect(x != start)
    // Normal equations with λ = 1e-2 and entries of order one lose two digits.
    for i in 0..<5 { #expect(abs(x[i] - y[i]) < 1e-12) }
  }

  @Test func `residuals that are not finite are reported, and the point stays`() {
    var optimizer = LevenbergMarquardt()
    let model = DenseModel(
      parameterCount: 1, residualCount: 1, evaluate: { [log($0[0])] },
      jacobianRows: { [[1 / $0[0]]] }, second: { _, _ in [0] })
    var point = [-1.0]
    #expect(optimizer.step(&point, model: model) == .diverged)
    #expect(point == [-1])
  }

  @Test func `at a minimum no step is taken`() {
    var optimizer = LevenbergMarquardt()
    let model = DenseModel(
      parameterCount: 1, residualCount: 2, evaluate: { [$0[0] - 1, $0[0] + 1] },
      jacobianRows: { _ in [[1], [1]] }, second: { _, _ in [0, 0] })
    var point = [0.0]
    #expect(optimizer.step(&point, model: model) == .converged)
  }
}

@Suite("Adam")
struct AdamTests {
  @Test func `the first steps are the ones computed by hand`() {
    var adam = Adam(parameterCount: 1, learningRate: 0.1)
    var x = [1.0]
    adam.update(&x, gradient: [2])
    // Bias correction makes the first step the learning rate, whatever the gradient.
    #expect(abs(x[0] - 0.9) < 1e-9)
    adam.update(&x, gradient: [-1])
    // m = 0.1·(0.9·2 − 1) = 0.08, / 0.19; v = 0.001·(0.999·4 + 1) = 0.004996, / 0.001999.
    let expected = 0.9 - 0.1 * (0.08 / 0.19) / ((0.004996 / 0.001999).squareRoot() + 1e-8)
    #expect(abs(x[0] - expected) < 1e-9)
  }

  @Test func `minimises a quadratic`() {
    var adam = Adam(parameterCount: 2, learningRate: 0.05)
    var x = [3.0, -2.0]
    for _ in 0..<2000 { adam.update(&x, gradient: [2 * x[0], 20 * x[1]]) }
    #expect(abs(x[0]) < 1e-3 && abs(x[1]) < 1e-3)
  }
}

import Foundation
import Networks
import Tensors
import Testing

@Suite("Levenberg-Marquardt")
struct LevenbergMarquardtTests {
  @Test("finds the bottom of Rosenbrock's valley", arguments: [true, false])
  func rosenbrock(acceleration: Bool) {
    var optimizer = LevenbergMarquardt(acceleration: acceleration)
    var point = [-1.2, 1.0]
    var steps = 0
    while optimizer.step(&point, model: DenseModel.rosenbrock) == .accepted, steps < 200 {
      steps += 1
      let residuals = DenseModel.rosenbrock.residuals(at: point)
      if residuals[0] * residuals[0] + residuals[1] * residuals[1] < 2e-28 { break }
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

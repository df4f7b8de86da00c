import Foundation
import Networks
import Testing

@Suite("Quasi-Newton methods")
struct QuasiNewtonTests {
  @Test func `L-BFGS finds the bottom of Rosenbrock's valley`() {
    rosenbrock(LBFGS())
  }

  @Test func `SSBroyden finds the bottom of Rosenbrock's valley`() {
    rosenbrock(SelfScaledBroyden())
  }

  private func rosenbrock(_ optimizer: some GradientOptimizer) {
    var optimizer = optimizer
    let objective = CountedObjective.rosenbrock(pairs: 3)
    var x = [-1.2, 1, -1.2, 1, 0, 0.5]
    var outcome = StepOutcome.accepted
    var steps = 0
    while outcome == .accepted, steps < 500, objective.evaluate(at: x).value > 1e-24 {
      outcome = optimizer.step(&x, objective: objective)
      steps += 1
    }
    // The valley is curved, and followed in some dozens of steps.
    #expect(steps < 150)
    // The value 1e-24 of a valley whose curvature is at least 0.4.
    for value in x { #expect(abs(value - 1) < 1e-11) }
  }

  @Test("convergence is superlinear", arguments: [1, 2, 3])
  func order(seed: UInt64) {
    superlinear(LBFGS(memory: 100), seed)
    superlinear(SelfScaledBroyden(), seed)
  }

  /// The gradient's norm must fall by a growing factor: superlinear means e₊ / e → 0.
  private func superlinear(_ optimizer: some GradientOptimizer, _ seed: UInt64) {
    let objective = CountedObjective.cosh(count: 4, seed: seed)
    func distance(_ x: [Double]) -> Double {
      objective.evaluate(at: x).gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
    var optimizer = optimizer
    var x = [2.0, -1, 1, 0.5]
    var distances = [distance(x)]
    while optimizer.step(&x, objective: objective) == .accepted, distances.count < 60 {
      distances.append(distance(x))
      if distances.last ?? 0 < 1e-11 { break }
    }
    #expect(distances.last ?? 1 < 1e-11)
    #expect(distances.count < 40)
    // Mean factors over the first half of the digits and over the second: linear convergence, such as
    // steepest descent's, has the same in both.
    let middle = distances.firstIndex { $0 < 1e-5 * distances[0] } ?? distances.count - 1
    let late = distances.count - 1 - middle
    let first = pow(distances[middle] / distances[0], 1 / Double(middle))
    let second = pow((distances.last ?? 1) / distances[middle], 1 / Double(max(1, late)))
    #expect(second < 0.7 * first)
  }

  @Test func `a quadratic takes about as many steps as it has dimensions`() {
    quadratic(LBFGS(memory: 30))
    quadratic(SelfScaledBroyden())
  }

  private func quadratic(_ optimizer: some GradientOptimizer) {
    var optimizer = optimizer
    let objective = CountedObjective.quadratic(count: 20, condition: 1e4)
    var x = [Double](repeating: 3, count: 20)
    var steps = 0
    while optimizer.step(&x, objective: objective) == .accepted, steps < 200 { steps += 1 }
    #expect(steps < 120)
    for i in x.indices { #expect(abs(x[i] - Double(i)) < 1e-7) }
    // Close to one evaluation a step, as unit lengths are accepted; 1.5 with the first steps.
    #expect(objective.evaluations < 2 * steps + 60)
  }

  @Test func `a new objective is not judged by the value of the old one`() {
    for shift in [0.0, 5] {
      var optimizer = LBFGS()
      var x = [4.0, 4]
      _ = optimizer.step(&x, objective: CountedObjective.quadratic(count: 2, condition: 3))
      let moved = CountedObjective(parameterCount: 2) { x in
        ((x[0] - 9) * (x[0] - 9) + x[1] * x[1] + shift, [2 * (x[0] - 9), 2 * x[1]])
      }
      optimizer.objectiveChanged()
      for _ in 0..<20 { _ = optimizer.step(&x, objective: moved) }
      #expect(abs(x[0] - 9) < 1e-7 && abs(x[1]) < 1e-7)
    }
  }

  @Test func `walls of infinity are walked around, and no number is reported`() {
    // −log x + x: undefined for x ≤ 0, minimal at 1; the first unit step leaves the domain.
    let barrier = CountedObjective(parameterCount: 1) { x in
      x[0] > 0 ? (x[0] - log(x[0]), [1 - 1 / x[0]]) : (.nan, [.nan])
    }
    var x = [30.0]
    var optimizer = LBFGS()
    for _ in 0..<40 { _ = optimizer.step(&x, objective: barrier) }
    #expect(abs(x[0] - 1) < 1e-7)
    var outside = [-1.0]
    var broyden = SelfScaledBroyden()
    #expect(broyden.step(&outside, objective: barrier) == .diverged)
    #expect(outside == [-1])
  }

  @Test func `at a minimum no step is taken`() {
    let objective = CountedObjective.quadratic(count: 2, condition: 2)
    var (first, second) = (LBFGS(), SelfScaledBroyden())
    var x = [0.0, 1]
    #expect(first.step(&x, objective: objective) == .converged)
    #expect(second.step(&x, objective: objective) == .converged)
    #expect(x == [0, 1])
  }
}

import Networks
import Tensors

/// An objective given by formulas, which counts how often it is evaluated.
final class CountedObjective: Objective {
  let parameterCount: Int
  private(set) var evaluations = 0
  private let formula: ([Double]) -> (Double, [Double])

  init(parameterCount: Int, _ formula: @escaping ([Double]) -> (Double, [Double])) {
    self.parameterCount = parameterCount
    self.formula = formula
  }

  func evaluate(at parameters: [Double]) -> ObjectiveValue {
    evaluations += 1
    let (value, gradient) = formula(parameters)
    return ObjectiveValue(value: value, gradient: gradient)
  }

  /// The chained valley of Rosenbrock, `Σ 100 (x₂ᵢ − x₂ᵢ₋₁²)² + (1 − x₂ᵢ₋₁)²`, zero at (1, …, 1).
  static func rosenbrock(pairs: Int = 1) -> CountedObjective {
    CountedObjective(parameterCount: 2 * pairs) { x in
      var value = 0.0
      var gradient = [Double](repeating: 0, count: x.count)
      for i in stride(from: 0, to: x.count, by: 2) {
        let (a, b) = (x[i + 1] - x[i] * x[i], 1 - x[i])
        value += 100 * a * a + b * b
        gradient[i] = -400 * a * x[i] - 2 * b
        gradient[i + 1] = 200 * a
      }
      return (value, gradient)
    }
  }

  /// `½ Σ cᵢ (xᵢ − i)²` with curvatures from 1 to `condition`, minimal at (0, 1, 2, …).
  static func quadratic(count: Int, condition: Double) -> CountedObjective {
    CountedObjective(parameterCount: count) { x in
      var value = 0.0
      var gradient = x
      for i in x.indices {
        let curvature = 1 + (condition - 1) * Double(i) / Double(max(1, count - 1))
        let distance = x[i] - Double(i)
        value += 0.5 * curvature * distance * distance
        gradient[i] = curvature * distance
      }
      return (value, gradient)
    }
  }

  /// A smooth convex function without symmetry whose curvature changes: `Σ cosh(aᵢ·x − bᵢ)`.
  static func cosh(count: Int, seed: UInt64) -> CountedObjective {
    var random = RandomStream(seed: seed)
    let rows = (0..<3 * count).map { _ in (0..<count).map { _ in 0.4 * random.normal() } }
    let shifts = rows.map { _ in random.normal() }
    return CountedObjective(parameterCount: count) { x in
      var value = 0.0
      var gradient = [Double](repeating: 0, count: count)
      for (row, shift) in zip(rows, shifts) {
        var z = -shift
        for i in x.indices { z += row[i] * x[i] }
        let (up, down) = (Double.exponential(z), Double.exponential(-z))
        value += 0.5 * (up + down)
        for i in x.indices { gradient[i] += 0.5 * (up - down) * row[i] }
      }
      return (value, gradient)
    }
  }
}

extension Double {
  /// e to a power, by its series on a halved argument: far from the library under test.
  static func exponential(_ x: Double) -> Double {
    let halvings = 8
    let y = x / 256
    var (term, sum) = (1.0, 1.0)
    for n in 1..<12 {
      term *= y / Double(n)
      sum += term
    }
    for _ in 0..<halvings { sum *= sum }
    return sum
  }
}

import Foundation

import Reporting

/// Data for figures, made of formulas.
enum Samples {
  static let grid = SamplingGrid(
    sides: [
      .init(name: "x", lower: 0, upper: 1, count: 40),
      .init(name: "t", lower: 0, upper: 2, count: 30),
    ])

  static let line = SamplingGrid(sides: [.init(name: "t", lower: 0, upper: 10, count: 101)])

  /// A decaying half wave; the network errs by a millionth, and has no value in a corner.
  static let map = field(on: grid) { sin(.pi * $0[0]) * exp(-$0[1]) }

  /// A decaying oscillation.
  static let curve = field(on: line) { cos($0[0]) * exp(-$0[0] / 5) }

  private static func field(
    on grid: SamplingGrid, _ truth: ([Double]) -> Double
  ) -> SampledField {
    let columns = grid.sides.compactMap { grid.column($0.name) }
    let reference = (0..<grid.count).map { index in truth(columns.map { $0[index] }) }
    return SampledField(
      unknown: "u", grid: grid,
      network: reference.enumerated().map { index, value in
        let point = columns.map { $0[index] }
        return point.count == 2 && point[0] + point[1] < 0.3
          ? .nan : value + 1e-6 * sin(7 * point[0]) * cos(5 * (point.last ?? 0))
      }, reference: reference, equation: reference)
  }

  /// A training of two hundred steps.
  static let history: [UInt8] = {
    var text =
      "step,seconds,loss,held_out_loss,damping_or_rate,equation_1,condition_1,relative_l2_u\n"
    for step in 1...200 {
      let loss = exp(-Double(step) / 12)
      let values = [
        0.1 * Double(step), loss, 1.1 * loss, 0.5 / Double(step), 0.7 * loss,
        0.3 * loss * (1 + 0.5 * sin(Double(step) / 3)), loss.squareRoot(),
      ]
      text += "\(step)," + values.map(\.description).joined(separator: ",") + "\n"
    }
    return Array(text.utf8)
  }()

  /// Three equations, the last of them chosen and proved.
  static let front = Array(
    """
    {"target": "u", "variables": ["x", "t"], "seed": 7, "rows": 2500, "evaluations": 12345,
     "seconds": 1.5, "best": 2, "front": [
      {"complexity": 1, "loss": 0.4, "r2": -3.5, "equation": "0", "constants": [],
       "residual": {"exact_solution": false,
         "equations": [{"name": "equation 1", "rms": 0, "symbolic_zero": true}],
         "conditions": [{"name": "condition 1", "rms": 0.7, "symbolic_zero": false}]}},
      {"complexity": 5, "loss": 1.6e-3, "r2": 0.98, "equation": "sin(pi*x)", "constants": [],
       "residual": null},
      {"complexity": 11, "loss": 5.5e-12, "r2": 0.99999999995,
       "equation": "sin(pi*x)*exp(-alpha*pi^2*t)",
       "constants": [{"value": 3.1415926535, "standard_error": 7e-11, "snapped": "pi"}],
       "residual": {"exact_solution": true,
         "equations": [{"name": "equation 1", "rms": 0, "symbolic_zero": true}],
         "conditions": [{"name": "condition 1", "rms": 0, "symbolic_zero": true}]}}]}
    """.utf8)
}

import Foundation
import Networks
import Tensors

/// A model given by its residuals as functions of a displacement's Taylor coefficients: the second
/// derivative along a direction comes from formulas, not from differences.
struct DenseModel: LeastSquaresModel {
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

  func sampleProducts(
    at parameters: [Double]
  ) -> (residuals: [Double], gram: Matrix<Double>) {
    let (r, jt) = transposedJacobian(at: parameters)
    return (r, jt.gram)
  }

  func triangularFactor(
    at parameters: [Double]
  ) -> (residuals: [Double], factor: StreamedQR) {
    let (r, jt) = transposedJacobian(at: parameters)
    var factor = StreamedQR(columns: parameterCount)
    var piece = Matrix(
      rows: parameterCount + 1, columns: residualCount, elements: jt.elements + r)
    piece.withUnsafeMutablePointer { factor.add($0, rows: residualCount) }
    return (r, factor)
  }

  private func transposedJacobian(
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

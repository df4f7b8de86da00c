internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Drops from a linear fit, one after the other, the columns that say least.
///
/// A column goes while its `t² = β²/(σ² (AᵀA)⁻¹ᵢᵢ)` is the least and below a limit. Taking column i out
/// changes the inverse of the Gram matrix by `−aᵢ aᵢᵀ/aᵢᵢ`, the solution by `−aᵢ βᵢ/aᵢᵢ` and the sum of
/// squares by `βᵢ²/aᵢᵢ`, with aᵢ column i of the inverse, so that no step solves anything again. Efroymson
/// (1960), in Ralston and Wilf, Mathematical Methods for Digital Computers.
package struct BackwardElimination {
  private let inverse: Matrix<Double>
  private let solution: [Double]
  private let squares: Double
  private let rows: Int

  /// The sum of squares that rounding leaves.
  private let rounding: Double

  /// Fits all columns; nil if they depend on one another.
  ///
  /// - Parameters:
  ///   - columns: Columns of equal length, rows multiplied by the roots of their weights.
  ///   - target: What they should add up to.
  package init?(columns: [[Double]], target: [Double]) {
    rows = target.count
    let width = columns.count
    guard width > 0, rows > width else { return nil }
    let lengths = columns.map { column in
      column.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
    guard lengths.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    var elements = [Double](repeating: 0, count: rows * width)
    for (k, column) in columns.enumerated() {
      for row in 0..<rows { elements[row * width + k] = column[row] / lengths[k] }
    }
    let design = Matrix(rows: rows, columns: width, elements: elements)
    guard let factor = try? Cholesky(design.gram), let fit = try? LeastSquares(design, target)
    else { return nil }
    inverse = factor.inverse
    solution = fit.solution
    var squares = 0.0
    for row in 0..<rows {
      var residual = target[row]
      for k in 0..<width { residual -= solution[k] * elements[row * width + k] }
      squares += residual * residual
    }
    self.squares = squares
    rounding = target.reduce(0) { $0 + $1 * $1 } * Self.roundingShare
  }

  private static let roundingShare = 1e-26

  /// The columns that stay.
  ///
  /// - Parameters:
  ///   - leastT: The t-value below which a column goes.
  ///   - isProtected: Which columns stay in any case.
  /// - Returns: Their indices, in order.
  package func kept(leastT: Double, isProtected: (Int) -> Bool) -> [Int] {
    var (inverse, solution, squares) = (inverse, solution, squares)
    var kept = Array(solution.indices)
    while true {
      let variance = max(squares, rounding) / Double(max(1, rows - kept.count))
      let weakest = kept.filter { !isProtected($0) }
        .map { (index: $0, t: solution[$0] * solution[$0] / (variance * inverse[$0, $0])) }
        .min { $0.t < $1.t }
      guard let weakest, weakest.t < leastT * leastT else { return kept }
      let i = weakest.index
      let pivot = inverse[i, i]
      let column = solution.indices.map { inverse[$0, i] }
      squares += solution[i] * solution[i] / pivot
      let factor = solution[i] / pivot
      kept.removeAll { $0 == i }
      for j in kept {
        solution[j] -= column[j] * factor
        for k in kept { inverse[j, k] -= column[j] * column[k] / pivot }
      }
    }
  }
}

internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Finds powers of variables that can be divided out of a target, so that the rest is searched in
/// fewer variables.
///
/// Variable j is *separable* if `y = x_j^p · f(others)`. Then in logarithms, beside any good model of
/// the others, the residual e of the fit does not depend on x_j: neither by itself (p is a simple
/// fraction within its error), nor together with any other variable (e is uncorrelated with
/// `log x_j log x_k`), nor in its spread (e² is uncorrelated with `log x_j`). On the gravitation law
/// `G m₁ m₂/((x₂ − x₁)² + …)` the tests pass for G, m₁ and m₂ alone.
package enum Peeling {
  /// The most rows of the tests.
  private static let rowLimit = 8192

  /// The largest t-value of a correlation that is believed to be none: of a few dozen tests on data
  /// without it, one in a thousand lies beyond.
  private static let largestT = 4.5

  /// Looks for separable variables.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - terms: The terms of a good model in the logarithmic form, with their constants, over the
  ///     columns of the table; empty for the power law alone.
  ///   - order: The rows in the order of their use.
  /// - Returns: The exponent of each column of the table, zero for those that stay; nil if none can go,
  ///   or all.
  package static func exponents(
    of table: SearchTable, terms: [[Gene]], order: [Int]
  ) -> [Double]? {
    let rows = VariableGroup.rows(of: table.target, order.prefix(rowLimit))
    let d = table.columns.count
    let candidates = (0..<d).filter { j in
      table.columns[j].allSatisfy { $0 != 0 }
        && table.columns[j].contains { $0.magnitude != table.columns[j][0].magnitude }
    }
    guard rows.count > 4 * (d + terms.count + 1), !candidates.isEmpty else { return nil }
    let n = Double(rows.count)
    let logarithms = candidates.map { j in
      standardised(rows.map { log(table.columns[j][$0].magnitude) })
    }
    let block = RowBlock<Double>(
      columns: table.columns, target: table.target, weights: nil, rows: Array(rows))
    let refiner = ConstantRefiner(block)
    let termColumns = terms.map { term in refiner.values(of: term.applying(.abs).applying(.log)) }
    guard termColumns.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return nil }

    let width = 1 + candidates.count + terms.count
    var elements = [Double](repeating: 1, count: rows.count * width)
    for row in rows.indices {
      for k in candidates.indices { elements[row * width + 1 + k] = logarithms[k].values[row] }
      for k in terms.indices {
        elements[row * width + 1 + candidates.count + k] = termColumns[k][row]
      }
    }
    let right = rows.map { log(table.target[$0].magnitude) }
    let design = Matrix(rows: rows.count, columns: width, elements: elements)
    guard let fit = try? LeastSquares(design, right) else { return nil }
    var residuals = right
    for row in rows.indices {
      for k in 0..<width { residuals[row] -= fit.solution[k] * elements[row * width + k] }
    }
    let variance = residuals.reduce(0) { $0 + $1 * $1 } / n
    let spread = variance.squareRoot()
    guard spread.isFinite, spread > 1e-9 else { return nil }
    let squares = residuals.map { $0 * $0 - variance }
    let squareSpread = (squares.reduce(0) { $0 + $1 * $1 } / n).squareRoot()

    let used = Set(terms.flatMap { $0 }.filter { $0.operation == .symbol }.map { Int($0.variable) })
    var exponents = [Double](repeating: 0, count: d)
    for (k, j) in candidates.enumerated() where !used.contains(j) {
      let deviation = logarithms[k].deviation
      let exponent = fit.solution[1 + k] / deviation
      let rounded = (2 * exponent).rounded() / 2
      let error = spread / deviation / n.squareRoot()
      guard rounded != 0, (exponent - rounded).magnitude <= 4 * error + 1e-6 else { continue }
      var largest = dot(squares, logarithms[k].values).magnitude / (squareSpread * n.squareRoot())
      for other in logarithms {
        let interaction = zip(logarithms[k].values, other.values).map { $0 * $1 }
        let length = dot(interaction, interaction).squareRoot()
        largest = max(largest, dot(residuals, interaction).magnitude / (spread * length))
      }
      if largest < largestT { exponents[j] = rounded }
    }
    let count = exponents.count { $0 != 0 }
    return count > 0 && count < d ? exponents : nil
  }

  private static func standardised(_ values: [Double]) -> (values: [Double], deviation: Double) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let centred = values.map { $0 - mean }
    let deviation = max((centred.reduce(0) { $0 + $1 * $1 } / n).squareRoot(), 1e-12)
    return (centred.map { $0 / deviation }, deviation)
  }

  private static func dot(_ x: [Double], _ y: [Double]) -> Double {
    var sum = 0.0
    for index in x.indices { sum += x[index] * y[index] }
    return sum
  }
}

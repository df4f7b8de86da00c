internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The product of powers `z = Π x_i^q_i` through which a target depends on its variables beside a power
/// law: the dimensionless group that Buckingham's theorem promises, found without units.
///
/// If `y = Π x_i^p_i · f(z)`, then log y is linear in the log x_i plus a function of `Σ q_i log x_i`.
/// Two guesses at q start the search:
///
/// - the Hessian in the logarithms is `f̃'' q qᵀ` everywhere, of rank one; a quadratic fit gives an average
///   Hessian, whose leading eigenvector is q up to scale;
/// - the pair of variables for which linear terms and a polynomial of log z follow log y best.
///
/// From the guess that follows better, variables are added as long as each explains much of the rest.
/// Buckingham (1914), [doi:10.1103/PhysRev.4.345](https://doi.org/10.1103/PhysRev.4.345).
package enum VariableGroup {
  /// The most rows of the fit.
  private static let rowLimit = 2048

  /// Looks for a group.
  ///
  /// - Parameters:
  ///   - table: The table; its columns have to be positive to take part.
  ///   - order: The rows in the order of their use.
  /// - Returns: The exponents, one for each column, the largest of magnitude one; nil if no two
  ///   variables form a group.
  package static func exponents(of table: SearchTable, order: [Int]) -> [Double]? {
    let columns = table.columns
    let d = columns.count
    let rows = Self.rows(of: table.target, order.prefix(rowLimit))
    guard d >= 2, d <= 20, rows.count > 4 * (d + 2) * (d + 1) / 2,
      columns.allSatisfy({ column in column.allSatisfy { $0 > 0 } })
    else { return nil }
    let logarithms = columns.map { column in centred(rows.map { log(column[$0]) }) }
    let right = rows.map { log(table.target[$0].magnitude) }
    let fit = GroupFit(logarithms, right)
    var guesses: [[Double]] = []
    if let hessian = hessian(logarithms, right), let vector = leadingVector(hessian) {
      // The average curvature is rough: exponents are told apart to the nearest half at best.
      let rounded = vector.map { (2 * $0).rounded() / 2 }
      if rounded.count(where: { $0 != 0 }) >= 2 { guesses.append(rounded) }
    }
    for j in 0..<d {
      for k in (j + 1)..<max(d, j + 1) {
        for exponent in [-1.0, 1] {
          guesses.append((0..<d).map { $0 == j ? 1 : $0 == k ? exponent : 0 })
        }
      }
    }
    let scored = guesses.map { (exponents: $0, rest: fit.rest(of: $0)) }
    guard var best = scored.min(by: { $0.rest < $1.rest }), best.rest < worth * fit.total
    else { return nil }
    while true {
      let grown = best.exponents.indices.filter { best.exponents[$0] == 0 }.flatMap { j in
        [-1.0, 1].map { exponent in
          var exponents = best.exponents
          exponents[j] = exponent
          return (exponents: exponents, rest: fit.rest(of: exponents))
        }
      }
      guard let better = grown.min(by: { $0.rest < $1.rest }), better.rest < gain * best.rest
      else { break }
      best = better
    }
    return best.exponents
  }

  /// What a variable in the group must leave of the rest without it.
  private static let gain = 0.7

  /// What a group must leave at most of the rest of a power law alone.
  private static let worth = 0.5

  private static func centred(_ values: [Double]) -> [Double] {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.map { $0 - mean }
  }

  /// The rows on which the logarithm of a target means something: not those near zero, where noise of
  /// the target is all there is.
  static func rows(of target: [Double], _ order: some Sequence<Int>) -> [Int] {
    let order = Array(order)
    let meanSquare =
      order.reduce(0) { $0 + target[$1] * target[$1] } / Double(max(1, order.count))
    let large = order.filter { target[$0] * target[$0] > leastShare * meanSquare }
    return 2 * large.count >= order.count ? large : order.filter { target[$0] != 0 }
  }

  /// The square of a value, in terms of the mean square, from which its logarithm counts.
  private static let leastShare = 0.0025

  // Second derivatives of the best quadratic in the centred logarithms.
  private static func hessian(_ logarithms: [[Double]], _ right: [Double]) -> Matrix<Double>? {
    let d = logarithms.count
    let pairs = (0..<d).flatMap { j in (j..<d).map { (j, $0) } }
    let width = 1 + d + pairs.count
    var elements = [Double](repeating: 1, count: right.count * width)
    for row in right.indices {
      for j in 0..<d { elements[row * width + 1 + j] = logarithms[j][row] }
      for (k, (i, j)) in pairs.enumerated() {
        elements[row * width + 1 + d + k] = logarithms[i][row] * logarithms[j][row]
      }
    }
    let design = Matrix(rows: right.count, columns: width, elements: elements)
    guard let fit = try? LeastSquares(design, right) else { return nil }
    var hessian = Matrix<Double>(rows: d, columns: d)
    for (k, (i, j)) in pairs.enumerated() {
      let coefficient = fit.solution[1 + d + k]
      hessian[i, j] = i == j ? 2 * coefficient : coefficient
      hessian[j, i] = hessian[i, j]
    }
    return hessian
  }

  // The eigenvector of the eigenvalue of greatest magnitude, its largest element 1.
  private static func leadingVector(_ hessian: Matrix<Double>) -> [Double]? {
    guard let decomposition = try? SingularValueDecomposition(hessian),
      decomposition.values[0] > 0
    else { return nil }
    let vector = (0..<hessian.columns).map { decomposition.rightTransposed[0, $0] }
    guard let largest = vector.max(by: { $0.magnitude < $1.magnitude }), largest != 0 else {
      return nil
    }
    return vector.map { $0 / largest }
  }
}

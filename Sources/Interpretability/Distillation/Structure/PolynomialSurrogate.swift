public import Symbolic
internal import Tensors

/// A polynomial that stands for a table where derivatives are needed.
///
/// Ridge regression on products of Chebyshev polynomials of the variables, each scaled to [−1, 1], up to
/// a total degree: smooth functions are met geometrically fast, and derivatives are exact. The degree
/// is the one with the least error on rows held out. Two more fits, each to half of the rows, differ by
/// what the data do not determine, in any derivative; where held-out rows are missed by more than
/// the halves differ, the polynomial is too stiff or the target noisy, and all errors grow in
/// proportion.
public struct PolynomialSurrogate: DifferentiableField {
  /// The names of the variables.
  public let variables: [Symbol]

  /// The total degree.
  public let degree: Int

  /// Root mean square of the errors on held-out rows.
  public let heldOutError: Double

  private let basis: ChebyshevBasis
  private let whole: [Double]
  private let halves: [[Double]]

  /// How much larger held-out errors are than the halves' difference, at least 1.
  private let stiffness: Double

  /// The most terms of a polynomial.
  private static let largestBasis = 400

  /// The most rows that are looked at.
  private static let mostRows = 4000

  /// Fits a table; nil if it has too few rows for a polynomial of degree 2.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - seed: The seed of the split into halves.
  /// - Complexity: O(rows · terms²) for at most 4000 rows and 400 terms.
  public init?(_ table: SearchTable, seed: Int = 1) {
    var random = RandomStream(seed: UInt64(bitPattern: Int64(seed)))
    let order = Array(random.permutation(table.rowCount).prefix(Self.mostRows))
    let bounds = table.columns.map { column in
      (lower: column.min() ?? 0, upper: column.max() ?? 0)
    }
    guard bounds.allSatisfy({ $0.lower < $0.upper }) else { return nil }
    let half = order.count / 2
    let parts = [Array(order[..<half]), Array(order[half...])]
    func columns(_ rows: [Int]) -> [[Double]] {
      table.columns.map { column in rows.map { column[$0] } }
    }
    func target(_ rows: [Int]) -> [Double] { rows.map { table.target[$0] } }

    var best: (basis: ChebyshevBasis, halves: [[Double]], error: Double)?
    for degree in 2...24 {
      let basis = ChebyshevBasis(
        degree: degree, lower: bounds.map(\.lower), upper: bounds.map(\.upper))
      guard basis.count <= min(Self.largestBasis, half / 2) else { break }
      let halves = parts.compactMap { Self.fit(basis, columns($0), target($0)) }
      guard halves.count == 2 else { break }
      // Each half is tried on the other.
      let misses = [(0, 1), (1, 0)].flatMap { fitted, tried in
        zip(basis.values(columns(parts[tried])) * halves[fitted], target(parts[tried])).map(-)
      }
      let error = Statistics.rootMeanSquare(misses) ?? .infinity
      if error < best?.error ?? .infinity { best = (basis, halves, error) }
    }
    guard let best, let whole = Self.fit(best.basis, columns(order), target(order)) else {
      return nil
    }
    variables = table.variables
    degree = best.basis.degree
    basis = best.basis
    heldOutError = best.error
    halves = best.halves
    self.whole = whole
    let matrix = best.basis.values(columns(order))
    let difference = zip(matrix * best.halves[0], matrix * best.halves[1]).map(-)
    let spread = Statistics.rootMeanSquare(difference) ?? 0
    stiffness = max(1, spread > 0 ? best.error / spread : 1)
  }

  /// Evaluates the polynomial.
  ///
  /// - Parameter points: One array of coordinates for each variable; at least one point.
  /// - Returns: Values, derivatives and their errors.
  public func sample(at points: [[Double]]) -> FieldSample {
    func column(_ matrix: Matrix<Double>) -> UncertainColumn {
      let difference = zip(matrix * halves[0], matrix * halves[1]).map(-)
      let error = stiffness * (Statistics.rootMeanSquare(difference) ?? 0)
      return UncertainColumn(matrix * whole, error: error)
    }
    let none = [Int](repeating: 0, count: variables.count)
    func raised(_ orders: [Int], _ index: Int) -> [Int] {
      var orders = orders
      orders[index] += 1
      return orders
    }
    let upper = variables.indices.map { i in
      (0...i).map { j in column(basis.values(points, orders: raised(raised(none, i), j))) }
    }
    return FieldSample(
      points: points, value: column(basis.values(points)),
      gradient: variables.indices.map { column(basis.values(points, orders: raised(none, $0))) },
      hessian: variables.indices.map { i in
        variables.indices.map { j in upper[max(i, j)][min(i, j)] }
      })
  }

  /// Ridge regression with the least penalty that keeps the normal equations solvable.
  private static func fit(
    _ basis: ChebyshevBasis, _ columns: [[Double]], _ target: [Double]
  ) -> [Double]? {
    let matrix = basis.values(columns)
    var gram = matrix.gram
    let right = matrix.transposed * target
    let penalty = 1e-13 * (0..<gram.rows).reduce(0.0) { max($0, gram[$1, $1]) }
    for i in 0..<gram.rows { gram[i, i] += penalty }
    return (try? Cholesky(gram)).map { $0.solve(right) }
  }
}

extension Matrix<Double> {
  /// The product with a column.
  fileprivate static func * (left: Matrix, right: [Double]) -> [Double] {
    (left * Matrix(rows: right.count, columns: 1, elements: right)).elements
  }
}

/// The parameters of a template by variable projection.
///
/// With `u = A*f(ξ) + B`, the unknown function is a polynomial `Σ c_k φ_k(ξ)` whose coefficients are
/// eliminated by least squares; what remains is a function of the parameters alone, minimised from
/// many starts by the simplex method of Nelder & Mead
/// ([doi:10.1093/comjnl/7.4.308](https://doi.org/10.1093/comjnl/7.4.308)).
struct ParameterFit {
  /// The parameters in the order of their values.
  let names: [Symbol]

  private let scale: Expression
  private let offset: Expression
  private let arguments: [Expression]
  private let table: SearchTable

  /// The rows that are looked at: enough for a polynomial, spread over the table.
  private let rows: [Int]

  /// The most rows that are looked at.
  private static let rowLimit = 400

  /// The highest degree of the polynomial while starts are compared, and at the end.
  private static let degrees = (coarse: 8, fine: 24)

  /// The most terms of a polynomial in several arguments.
  private static let termLimit = 45

  /// Where searches start: both signs, and sizes around one.
  private static let starts: [Double] = {
    let sizes: [Double] = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10]
    return sizes.reversed().map { -$0 } + [0] + sizes
  }()

  /// Prepares for the parameters of a template.
  ///
  /// - Parameters:
  ///   - shape: The template; names are those of columns, or of the parameters.
  ///   - names: The parameters.
  ///   - table: What the template should compute.
  /// - Throws: ``SearchError/notSearched(_:)`` for more parameters than can be tried.
  init(_ shape: TemplateShape, _ names: [Symbol], _ table: SearchTable) throws(SearchError) {
    guard names.count <= 3 else { throw .notSearched("more than three parameters") }
    scale = shape.scale
    offset = shape.offset
    arguments = shape.arguments
    self.names = names
    self.table = table
    let count = min(table.rowCount, Self.rowLimit)
    rows = (0..<count).map { $0 * table.rowCount / count }
  }

  /// The best parameters; nil if the template has no finite value for any.
  func solve() -> [Double]? {
    if names.isEmpty { return misfit([], degree: 1).isFinite ? [] : nil }
    var starts: [[Double]] = [[]]
    for _ in names {
      starts = starts.flatMap { start in Self.starts.map { start + [$0] } }
    }
    let ranked = starts.map { ($0, misfit($0, degree: Self.degrees.coarse)) }
      .filter { $0.1.isFinite }.sorted { $0.1 < $1.1 }
    let refined = ranked.prefix(6).map { start, _ in
      minimum(from: minimum(from: start, degree: Self.degrees.coarse), degree: Self.degrees.fine)
    }
    return refined.min {
      misfit($0, degree: Self.degrees.fine) < misfit($1, degree: Self.degrees.fine)
    }
  }

  /// The part of the target's squares that no polynomial of a degree explains; infinite if the
  /// template has no finite value on some row.
  private func misfit(_ values: [Double], degree: Int) -> Double {
    let factor = evaluate(scale, values, rows)
    let rest = evaluate(offset, values, rows)
    let roots = rows.map { (table.weights?[$0] ?? 1).squareRoot() }
    var residual = rows.indices.map { roots[$0] * (table.target[rows[$0]] - rest[$0]) }
    guard residual.allSatisfy(\.isFinite), factor.allSatisfy({ $0.isFinite && $0 != 0 }) else {
      return .infinity
    }
    let total = squares(residual)
    var basis: [[Double]] = []
    guard let terms = terms(values, degree: degree) else { return .infinity }
    for term in terms {
      var column = rows.indices.map { roots[$0] * factor[$0] * term[$0] }
      let size = squares(column)
      // Twice is enough for orthogonality to rounding (Giraud et al., doi:10.1007/s00211-005-0615-4).
      for _ in 0..<2 {
        for other in basis { subtract(other, from: &column) }
      }
      let left = squares(column)
      guard left > 1e-20 * size, left > 0 else { continue }
      let norm = left.squareRoot()
      for row in column.indices { column[row] /= norm }
      subtract(column, from: &residual)
      basis.append(column)
    }
    return squares(residual) / max(total, .leastNormalMagnitude)
  }

  /// Products of Chebyshev polynomials of the arguments, by total degree.
  private func terms(_ values: [Double], degree: Int) -> [[Double]]? {
    var products = [(Array(repeating: 1.0, count: rows.count), 0)]
    for argument in arguments {
      let column = evaluate(argument, values, rows)
      guard column.allSatisfy(\.isFinite), let lower = column.min(), let upper = column.max(),
        upper > lower
      else { return nil }
      let scaled = column.map { (2 * $0 - lower - upper) / (upper - lower) }
      var powers = [Array(repeating: 1.0, count: rows.count), scaled]
      while powers.count <= degree {
        let (a, b) = (powers[powers.count - 1], powers[powers.count - 2])
        powers.append(rows.indices.map { 2 * scaled[$0] * a[$0] - b[$0] })
      }
      products = products.flatMap { product, total in
        (0...(degree - total)).map { power in
          (rows.indices.map { product[$0] * powers[power][$0] }, total + power)
        }
      }
    }
    // Low degrees first; a third of the rows must remain to judge the fit by.
    let limit = arguments.count == 1 ? rows.count / 3 : min(Self.termLimit, rows.count / 3)
    return products.enumerated().sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }
      .prefix(max(2, limit)).map(\.element.0)
  }

  private func evaluate(_ formula: Expression, _ values: [Double], _ rows: [Int]) -> [Double] {
    var point = Dictionary(uniqueKeysWithValues: zip(names, values))
    let used = table.variables.indices.filter { formula.symbols.contains(table.variables[$0]) }
    return rows.map { row in
      for column in used { point[table.variables[column]] = table.columns[column][row] }
      return formula.evaluate(point)
    }
  }

  // MARK: The simplex method

  private func minimum(from start: [Double], degree: Int) -> [Double] {
    var simplex = [(start, misfit(start, degree: degree))]
    for index in start.indices {
      var corner = start
      corner[index] += 0.1 * max(0.5, corner[index].magnitude)
      simplex.append((corner, misfit(corner, degree: degree)))
    }
    for _ in 0..<120 * start.count {
      simplex.sort { $0.1 < $1.1 }
      let (best, worst) = (simplex[0], simplex[simplex.count - 1])
      let width = zip(best.0, worst.0).map { ($0 - $1).magnitude }.max() ?? 0
      if width <= 1e-12 * max(1, best.0.map(\.magnitude).max() ?? 1) { break }
      let others = simplex.dropLast()
      let center = start.indices.map { index in
        others.reduce(0) { $0 + $1.0[index] } / Double(others.count)
      }
      func point(_ factor: Double) -> ([Double], Double) {
        let place = start.indices.map { center[$0] + factor * (center[$0] - worst.0[$0]) }
        return (place, misfit(place, degree: degree))
      }
      let reflected = point(1)
      if reflected.1 < best.1 {
        let expanded = point(2)
        simplex[simplex.count - 1] = expanded.1 < reflected.1 ? expanded : reflected
      } else if reflected.1 < simplex[simplex.count - 2].1 {
        simplex[simplex.count - 1] = reflected
      } else {
        let contracted = point(reflected.1 < worst.1 ? 0.5 : -0.5)
        if contracted.1 < min(worst.1, reflected.1) {
          simplex[simplex.count - 1] = contracted
        } else {
          for index in simplex.indices.dropFirst() {
            let place = zip(best.0, simplex[index].0).map { ($0 + $1) / 2 }
            simplex[index] = (place, misfit(place, degree: degree))
          }
        }
      }
    }
    return simplex.min { $0.1 < $1.1 }?.0 ?? start
  }
}

private func squares(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }

/// Removes the component along a column of length one.
private func subtract(_ unit: [Double], from column: inout [Double]) {
  var product = 0.0
  for row in unit.indices { product += unit[row] * column[row] }
  for row in unit.indices { column[row] -= product * unit[row] }
}

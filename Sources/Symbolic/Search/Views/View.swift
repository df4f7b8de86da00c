internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The rows of a table as a ``ViewShape`` sees them, ready for islands and for fits in Double.
package final class View: Sendable {
  /// How the table is looked at.
  let shape: ViewShape

  /// What trees of the view are made of.
  let vocabulary: Vocabulary

  /// The rows of the search, in single precision.
  let searchRows: RowBlock<Float>

  /// What the fit supplies for free on ``searchRows``.
  let projection: Projection

  /// The rows that constants are fitted to, in the view's own target.
  ///
  /// In the logarithmic form columns
  /// from ``firstLogarithm`` on hold the logarithms of the free variables; those of ``freeTerms`` follow.
  let fitRows: RowBlock<Double>

  /// Trees that islands start with.
  let guesses: [[Gene]]

  /// The columns whose powers are free.
  let freeColumns: [Int]

  /// The terms whose factors are free; see ``ViewShape/isQuadratic``.
  let freeTerms: [FreeTerm]

  /// The index of the first column of logarithms.
  let firstLogarithm: Int

  /// Whether the fit is one of logarithms, with powers of the free columns in it.
  var isLogarithmic: Bool { shape.isMonomial || shape.transform == .logarithm }

  /// What the fit supplies around a tree.
  package var form: ModelForm { vocabulary.form }

  /// The smallest share of rows on which a view must be defined.
  private static let leastShare = 0.5

  /// The mean square of values of the wrong sign, in terms of that of all, up to which they are noise.
  private static let noiseShare = 0.01

  /// The least number of rows for each term that a quadratic view frees.
  private static let rowsPerTerm = 4

  /// Looks at a table; nil if the view is undefined on too many rows, or constant.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - derived: The derived variables.
  ///   - shape: How to look at it.
  ///   - vocabulary: What formulas of the table are made of.
  ///   - order: The rows in the order of their use.
  ///   - options: How many rows to use.
  ///   - guesses: Formulas to start from, over the columns of the table.
  package init?(
    _ table: SearchTable, derived: [DerivedVariable], shape: ViewShape, vocabulary: Vocabulary,
    order: [Int], options: SearchOptions, guesses: [[Gene]] = []
  ) {
    let columns = table.columns + derived.map(\.values)
    let target = Self.target(table, shape)
    var free: [Int] = []
    if shape.isMonomial || shape.transform == .logarithm {
      free = table.columns.indices.filter { j in
        shape.columns.contains(j) || shape.columns.contains { $0 >= table.columns.count }
      }
      free += derived.indices.filter { !derived[$0].isMonomial }.map { table.columns.count + $0 }
        .filter(shape.columns.contains)
      // The logarithm of a constant is one, and one of a column with zeros has no value there.
      free = free.filter { j in
        columns[j].contains { $0.magnitude != columns[j][0].magnitude }
          && columns[j].allSatisfy { $0 != 0 }
      }
    }
    let logarithms = free.map { j in columns[j].map { log($0.magnitude) } }
    let usable = order.filter { target[$0].isFinite }
    guard Double(usable.count) >= Self.leastShare * Double(order.count),
      usable.count >= SearchTable.minimumRows
    else { return nil }
    self.shape = shape
    let restricted = vocabulary.restricted(
      to: shape, sizes: columns.map { $0.reduce(0) { max($0, $1.magnitude) } })
    self.vocabulary = restricted
    self.guesses = guesses.compactMap { Self.statement(of: $0, in: shape, vocabulary: restricted) }
    freeColumns = free
    firstLogarithm = columns.count
    let weights =
      usable.count == order.count ? table.weights : Self.weights(table, shape, usable)
    let searched = Array(usable.prefix(options.searchRows))
    searchRows = RowBlock(
      columns: columns, target: target, weights: weights, rows: searched,
      functions: vocabulary.functions)
    let ones = [Double](repeating: 1, count: searched.count)
    let supplied =
      (restricted.form.hasOffset ? [ones] : [])
      + logarithms.map { column in searched.map { column[$0] } }
    var terms: [(term: FreeTerm, values: [Double])] = []
    if shape.isQuadratic {
      let writer = PowerWriter(operators: vocabulary.writable)
      let all = FreeTerm.terms(of: shape, writer).map { ($0, $0.values(columns)) }
        .filter { $0.1.allSatisfy(\.isFinite) }
      let rest = Projection(
        searchRows, free: supplied + all.map { _, values in searched.map { values[$0] } })
      terms = rest.independent.filter { $0 >= supplied.count }.map { all[$0 - supplied.count] }
      guard !terms.isEmpty, usable.count >= Self.rowsPerTerm * (supplied.count + terms.count)
      else { return nil }
    }
    freeTerms = terms.map(\.term)
    fitRows = RowBlock(
      columns: columns + logarithms + terms.map(\.values), target: target, weights: weights,
      rows: Array(usable.prefix(options.screenRows)), functions: vocabulary.functions
    ).measured(by: shape.isPlain ? vocabulary.loss : .l2)
    projection = Projection(
      searchRows, free: supplied + terms.map { term in searched.map { term.values[$0] } })
    guard searchRows.variation > 0, searchRows.variation.isFinite else { return nil }
  }

  /// The root of the mean square of a column on the rows of the search.
  func size(of column: Int) -> Double {
    let values = searchRows.columnPointers[column]
    let squares = (0..<searchRows.count).reduce(0.0) {
      $0 + Double(values[$1]) * Double(values[$1])
    }
    return (squares / Double(searchRows.count)).squareRoot()
  }

  /// The weights of rows in a view that is not defined on all of them.
  ///
  /// A law that is defined on most rows only would be odd; what takes a target out of the domain of a
  /// transform is noise. Then rows near its edge say little: an error of y is one of g(y) times the
  /// slope of g, so that rows count by the inverse square of the slope.
  private static func weights(
    _ table: SearchTable, _ shape: ViewShape, _ usable: [Int]
  ) -> [Double] {
    let target = Self.divided(table, shape)
    let transform = shape.isMonomial ? .logarithm : shape.transform
    var weights = [Double](repeating: 0, count: table.rowCount)
    for row in usable {
      let slope = transform.slope(shape.isMonomial ? target[row].magnitude : target[row])
      weights[row] = (table.weights?[row] ?? 1) / (slope * slope)
    }
    let largest = weights.max() ?? 0
    return weights.map { $0.isFinite && largest.isFinite && largest > 0 ? $0 / largest : 1 }
  }

  /// The view's own target, NaN where it has none.
  static func target(_ table: SearchTable, _ shape: ViewShape) -> [Double] {
    let target = divided(table, shape)
    guard shape.isMonomial else { return target.map { shape.transform($0) } }
    // A target of one sign has small values of the other from noise.
    let sign = target.count { $0 > 0 } >= target.count / 2 ? 1.0 : -1.0
    let others = target.filter { sign * $0 < 0 }
    func meanSquare(_ values: [Double]) -> Double {
      values.reduce(0) { $0 + $1 * $1 } / Double(max(1, values.count))
    }
    let isNoise = meanSquare(others) < Self.noiseShare * meanSquare(target)
    return target.map { value in
      let oriented = isNoise ? sign * value : value.magnitude
      return oriented > 0 ? log(oriented) : .nan
    }
  }

  private static func divided(_ table: SearchTable, _ shape: ViewShape) -> [Double] {
    var target = table.target
    for (j, exponent) in shape.divisor.enumerated() where exponent != 0 {
      for row in target.indices { target[row] /= pow(table.columns[j][row], exponent) }
    }
    return target
  }
}

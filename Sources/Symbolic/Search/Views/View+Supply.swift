internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a formula takes of all that is free in a view.
struct Supply: Sendable, Equatable {
  /// Positions in ``View/freeColumns``, whose powers it takes.
  var powers: [Int]

  /// Positions in ``View/freeTerms``.
  var terms: [Int]

  /// Whether a constant is added; in the logarithmic form it always is.
  var hasOffset: Bool
}

extension View {
  /// The t-values that a free term must have: what chance hardly reaches with a few dozen of them, and
  /// what is worth saying in a formula.
  private static let leastT = [3.5, 6]

  /// What formulas may take of what is free.
  ///
  /// A quadratic view frees more than any formula needs: there the data decide what is left out.
  ///
  /// - Parameter terms: The terms of a tree.
  /// - Returns: The choices, the fullest first; none if what is free depends on the terms.
  func supplies(beside terms: [[Gene]]) -> [Supply] {
    let all = Supply(
      powers: Array(freeColumns.indices), terms: Array(freeTerms.indices), hasOffset: true)
    guard shape.isQuadratic else {
      guard !isLogarithmic else { return [all] }
      return (form.hasOffset ? [false, true] : [false]).map {
        Supply(powers: [], terms: [], hasOffset: $0)
      }
    }
    let design = design(beside: terms, all)
    guard let elimination = BackwardElimination(columns: design.columns, target: design.target)
    else { return [] }
    var supplies: [Supply] = []
    for leastT in Self.leastT {
      let kept = elimination.kept(leastT: leastT) { index in
        index == 0 ? isLogarithmic : index <= terms.count
      }
      let positions = kept.map { $0 - 1 - terms.count }.filter { $0 >= 0 }
      let supply = Supply(
        powers: positions.filter { $0 < freeColumns.count },
        terms: positions.filter { $0 >= freeColumns.count }.map { $0 - freeColumns.count },
        hasOffset: kept.first == 0)
      if !supplies.contains(supply) { supplies.append(supply) }
    }
    return supplies
  }

  /// The linear problem beside a tree: a constant, the terms, and what is free, in this order.
  ///
  /// - Parameters:
  ///   - terms: The terms of a tree, their constants as they are.
  ///   - supply: What is free.
  /// - Returns: Columns and target, rows multiplied by the roots of their weights.
  func design(
    beside terms: [[Gene]], _ supply: Supply
  ) -> (columns: [[Double]], target: [Double]) {
    let refiner = ConstantRefiner(fitRows)
    let places = supply.powers + supply.terms.map { freeColumns.count + $0 }
    let trees =
      terms.map { shape.isMonomial ? $0.applying(.abs).applying(.log) : $0 }
      + places.map { [Gene(variable: firstLogarithm + $0)] }
    let columns =
      [[Double](repeating: 1, count: fitRows.count)] + trees.map { refiner.values(of: $0) }
    let target = (0..<fitRows.count).map { fitRows.target.pointer[$0] }
    guard let weights = fitRows.weights else { return (columns, target) }
    let roots = (0..<fitRows.count).map { weights.pointer[$0].squareRoot() }
    func weighted(_ column: [Double]) -> [Double] { zip(column, roots).map { $0 * $1 } }
    return (columns.map(weighted), weighted(target))
  }

  /// The solution of ``design(beside:_:)``; nil where there is none.
  func linearFit(beside terms: [[Gene]], _ supply: Supply) -> [Double]? {
    let (columns, target) = design(beside: terms, supply)
    guard columns.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return nil }
    let elements = target.indices.flatMap { row in columns.map { $0[row] } }
    return try? LeastSquares(
      Matrix(rows: target.count, columns: columns.count, elements: elements), target
    ).solution
  }

  /// The free terms of a supply as one sum.
  ///
  /// - Parameters:
  ///   - supply: Which terms.
  ///   - coefficients: Their factors.
  ///   - completesSquares: Whether `a x² + b x` becomes `a (x − m)²` and a number.
  /// - Returns: The sum, empty without terms, and the number.
  func sum(
    of supply: Supply, _ coefficients: [Double], completesSquares: Bool
  ) -> (genes: [Gene], rest: Double) {
    let writer = PowerWriter(operators: vocabulary.writable)
    let terms = zip(supply.terms.map { freeTerms[$0] }, coefficients).filter { $0.1 != 0 }
    var result: [Gene] = []
    var rest = 0.0
    var completed: Set<Int> = []
    func add(_ genes: [Gene], _ factor: Double) {
      let scaled = genes.combined(.multiply, [Gene(constant: factor)])
      result = result.isEmpty ? scaled : result.combined(.add, scaled)
    }
    for (term, coefficient) in terms {
      let column = term.powers[0].column
      if completesSquares, term.isPower(1, of: column),
        let square = terms.first(where: { $0.0.isPower(2, of: column) })
      {
        let centre = -coefficient / (2 * square.1)
        let base = [Gene(variable: column)].combined(.subtract, [Gene(constant: centre)])
        guard let genes = writer.write(base, exponent: 2) else { continue }
        add(genes, square.1)
        rest -= square.1 * centre * centre
        completed.insert(column)
      } else if !(term.isPower(2, of: column) && completed.contains(column)) {
        add(term.genes, coefficient)
      }
    }
    return (result, rest)
  }
}

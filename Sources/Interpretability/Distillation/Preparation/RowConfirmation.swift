package import Symbolic

/// All rows of a table of which a search saw some: its equations get the losses that they have there.
///
/// Rows are looked at block by block, so that a formula's values on all of them never exist at once.
public struct RowConfirmation: Sendable {
  private let variables: [Symbol]
  private let columns: [[Double]]
  private let target: [Double]
  private let weights: [Double]?

  /// `Σ w (y − ȳ)²` and `Σ w`.
  private let moments: (squares: Double, weight: Double)

  /// The number of rows.
  public var rowCount: Int { target.count }

  private static let blockRows = 1 << 14

  /// Takes all rows.
  ///
  /// - Parameters:
  ///   - variables: The names of the columns.
  ///   - columns: The columns; they are shared, not copied.
  ///   - target: The target.
  ///   - weights: How much each row counts, nil for equal weights.
  init(variables: [Symbol], columns: [[Double]], target: [Double], weights: [Double]?) {
    self.variables = variables
    self.columns = columns
    self.target = target
    self.weights = weights
    func sum(_ term: (Int) -> Double) -> Double { Self.sum(target.count, term) }
    let total = weights.map { weights in sum { weights[$0] } } ?? Double(target.count)
    let mean = sum { (weights?[$0] ?? 1) * target[$0] } / total
    let squares = sum { row in
      let deviation = target[row] - mean
      return (weights?[row] ?? 1) * deviation * deviation
    }
    moments = (squares, total)
  }

  /// All rows as a table to search.
  func table(of target: Symbol) throws(SearchError) -> SearchTable {
    try SearchTable(
      variables: variables, columns: columns, targetName: target, target: self.target,
      weights: weights)
  }

  /// The weighted mean of squared residuals of a formula on all rows, and its R².
  ///
  /// - Parameter formula: A formula over the variables alone.
  /// - Returns: nil if the formula has no finite value on some row.
  package func loss(of formula: Expression) -> (loss: Double, rSquared: Double)? {
    guard let program = try? Program(formula, inputs: variables) else { return nil }
    var squares = 0.0
    for block in Self.blocks(of: rowCount) {
      let values = program.evaluate(columns.map { Array($0[block]) })
      for row in block {
        let residual = values[row - block.lowerBound] - target[row]
        squares += (weights?[row] ?? 1) * residual * residual
      }
      guard squares.isFinite else { return nil }
    }
    return (squares / moments.weight, 1 - squares / moments.squares)
  }

  private static func blocks(of count: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: blockRows).map { $0..<min($0 + blockRows, count) }
  }

  /// A sum over rows, block by block, so that its rounding does not grow with the rows.
  private static func sum(_ count: Int, _ term: (Int) -> Double) -> Double {
    blocks(of: count).reduce(0) { $0 + $1.reduce(0) { $0 + term($1) } }
  }

  /// A front as all rows have it: losses of all rows, without equations that are undefined on one.
  ///
  /// - Parameters:
  ///   - front: Equations in order of complexity.
  ///   - resolution: The loss below which no formula is better than another.
  /// - Returns: The front, simplest first.
  func confirmed(_ front: [DistilledEquation], resolution: Double) -> [DistilledEquation] {
    let equations = front.compactMap { equation -> DistilledEquation? in
      guard let found = loss(of: equation.numeric) else { return nil }
      var equation = equation
      (equation.loss, equation.rSquared) = found
      // Of squares, errors of the data explain all.
      equation.noise = found.loss
      return equation
    }
    return EquationExaminer.paretoFront(equations, resolution: resolution)
  }
}

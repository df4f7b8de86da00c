/// What a search looks at: one target, the columns that may explain it, and how much each row counts.
///
/// Every value is finite, the columns have one length, and the target varies: a table that exists
/// can be searched.
public struct SearchTable: Sendable {
  /// The fewest rows that a search accepts: an offset, a factor and one inner constant are three
  /// numbers, which any three rows would satisfy.
  public static let minimumRows = 4

  /// Largest magnitudes of a target between which sums of its squares are numbers.
  static let magnitudes = 1e-150...1e150

  /// The names of the columns.
  public let variables: [Symbol]

  /// The columns, each of length ``rowCount``.
  public let columns: [[Double]]

  /// The name of the target.
  public let targetName: Symbol

  /// What the formulas should compute, of length ``rowCount``.
  public let target: [Double]

  /// How much each row counts, of length ``rowCount``; nil if all count the same.
  public private(set) var weights: [Double]?

  /// How far predictions are from the target, where formulas are fitted to the whole table.
  public private(set) var loss = Loss.l2

  /// The number of rows.
  public var rowCount: Int { target.count }

  /// Checks and takes a table.
  ///
  /// - Parameters:
  ///   - variables: A name for each column.
  ///   - columns: The values of each column, of shape `[variables, rows]`.
  ///   - targetName: The name of the target.
  ///   - target: One value for each row.
  ///   - weights: One non-negative weight for each row, or nil for equal weights.
  /// - Throws: A ``SearchError`` that names the column and the row to blame.
  public init(
    variables: [Symbol], columns: [[Double]], targetName: Symbol, target: [Double],
    weights: [Double]? = nil
  ) throws(SearchError) {
    precondition(variables.count == columns.count, "each column needs a name")
    guard !columns.isEmpty else { throw .noColumns }
    for (index, name) in variables.enumerated()
    where name == targetName || variables[..<index].contains(name) {
      throw .duplicateColumn(name: name.name)
    }
    for (name, column) in zip(variables, columns) where column.count != target.count {
      throw .lengthMismatch(column: name.name, length: column.count, expected: target.count)
    }
    guard target.count >= Self.minimumRows else {
      throw .tooFewRows(count: target.count, minimum: Self.minimumRows)
    }
    for (name, column) in zip(variables + [targetName], columns + [target]) {
      if let row = column.firstIndex(where: { !$0.isFinite }) {
        throw .notFinite(column: name.name, row: row + 1)
      }
    }
    if let weights { try Self.check(weights, rows: target.count) }
    let largest = target.reduce(0) { max($0, $1.magnitude) }
    guard largest == 0 || Self.magnitudes.contains(largest) else {
      throw .targetMagnitude(name: targetName.name, value: largest)
    }
    let first = target[0]
    if target.allSatisfy({ $0 == first }) {
      throw .constantTarget(name: targetName.name, value: first)
    }
    self.variables = variables
    self.columns = columns
    self.targetName = targetName
    self.target = target
    self.weights = weights
  }

  private static func check(_ weights: [Double], rows: Int) throws(SearchError) {
    guard weights.count == rows else {
      throw .lengthMismatch(column: "weights", length: weights.count, expected: rows)
    }
    if let row = weights.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(column: "weights", row: row + 1)
    }
    if let row = weights.firstIndex(where: { $0 < 0 }) { throw .negativeWeight(row: row + 1) }
    if weights.allSatisfy({ $0 == 0 }) { throw .noWeight }
  }
}

extension SearchTable {
  /// The same rows with residuals measured by a loss.
  ///
  /// - Parameter loss: How far predictions are from the target.
  /// - Returns: The table.
  public func measured(by loss: Loss) -> SearchTable {
    var result = self
    result.loss = loss
    return result
  }

  /// The table for relative errors: weights over the squares of the target.
  var weightedByTarget: SearchTable {
    var result = self
    result.weights = target.indices.map { (weights?[$0] ?? 1) / (target[$0] * target[$0]) }
    return result
  }

  /// The weighted mean of `1/y²`, given the ``weightedByTarget`` table's weights.
  var meanInverseSquare: Double {
    let weights = weights ?? []
    let inverse = weights.reduce(0, +)
    let plain = weights.indices.reduce(0.0) { $0 + weights[$1] * target[$1] * target[$1] }
    return inverse / plain
  }
}

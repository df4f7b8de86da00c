internal import Tensors

/// Some rows of columns and a target in the layout and precision of an evaluator: one aligned array
/// per column.
struct RowBlock<Scalar: TapeScalar>: Sendable {
  /// The number of rows.
  let count: Int

  /// The target.
  let target: AlignedBuffer<Scalar>

  /// The weights, scaled to a mean of one; nil if all rows count the same.
  let weights: AlignedBuffer<Scalar>?

  /// `Σ w (y − ȳ)²` over the rows.
  let squares: Double

  /// The weighted mean `ȳ` of the target.
  let mean: Double

  /// The loss of the best constant, which turns sums into normalised losses: ``squares`` unless
  /// the rows are measured by another loss.
  private(set) var variation: Double

  /// How far predictions are from the target.
  private(set) var loss = Loss.l2

  /// What calls in formulas over the rows stand for.
  let functions: [DefinedFunction]

  private let columns: [AlignedBuffer<Scalar>]

  // The kernels want an array of addresses; the buffers above keep them alive.
  private let addresses: AlignedBuffer<UnsafePointer<Scalar>>

  /// The addresses of the columns, valid as long as the block lives.
  var columnPointers: UnsafePointer<UnsafePointer<Scalar>> { UnsafePointer(addresses.pointer) }

  /// Copies rows of a table.
  ///
  /// - Parameters:
  ///   - table: Where they come from.
  ///   - rows: Their indices; not empty.
  ///   - functions: What calls in formulas over the rows stand for.
  init(_ table: SearchTable, rows: [Int], functions: [DefinedFunction] = []) {
    self.init(
      columns: table.columns, target: table.target, weights: table.weights, rows: rows,
      functions: functions)
  }

  /// Copies rows of columns.
  ///
  /// - Parameters:
  ///   - columns: The columns, at least one.
  ///   - target: One value for each row of the columns.
  ///   - weights: How much each row counts, or nil.
  ///   - rows: The indices of the rows to copy; not empty.
  ///   - functions: What calls in formulas over the rows stand for.
  init(
    columns: [[Double]], target: [Double], weights: [Double]?, rows: [Int],
    functions: [DefinedFunction] = []
  ) {
    precondition(!rows.isEmpty, "a block needs rows")
    self.functions = functions
    func gather(_ values: [Double], scale: Double = 1) -> AlignedBuffer<Scalar> {
      let buffer = AlignedBuffer<Scalar>(count: rows.count, repeating: 0)
      for (position, row) in rows.enumerated() {
        buffer.pointer[position] = Scalar(values[row] * scale)
      }
      return buffer
    }
    let n = Double(rows.count)
    let total = rows.reduce(0.0) { $0 + (weights?[$1] ?? 1) }
    let scale = total > 0 ? n / total : 0
    func weight(_ row: Int) -> Double { (weights?[row]).map { $0 * scale } ?? 1 }
    let mean = rows.reduce(0.0) { $0 + weight($1) * target[$1] } / n
    self.mean = mean
    count = rows.count
    self.target = gather(target)
    self.weights = weights.map { gather($0, scale: scale) }
    squares = rows.reduce(0.0) { sum, row in
      let deviation = target[row] - mean
      return sum + weight(row) * deviation * deviation
    }
    variation = squares
    self.columns = columns.map { gather($0) }
    addresses = AlignedBuffer(
      count: columns.count, repeating: UnsafePointer(self.columns[0].pointer))
    for (index, column) in self.columns.enumerated() {
      addresses.pointer[index] = UnsafePointer(column.pointer)
    }
  }
}

extension RowBlock where Scalar == Double {
  /// The same rows with residuals measured by a loss.
  func measured(by loss: Loss) -> RowBlock {
    guard !loss.isLeastSquares else { return self }
    var result = self
    result.loss = loss
    result.variation = RowLoss(result).leastOfConstants()
    return result
  }

  /// The mean loss of predictions that are four roundings off, what is left of an exact formula after
  /// a dozen operations; in squares, `16 ulp² mean(y²)`.
  var resolution: Double {
    let n = Double(count)
    let meanSquare = (0..<count).reduce(0.0) { $0 + target.pointer[$1] * target.pointer[$1] } / n
    let ulp = Double.ulpOfOne
    guard !loss.isLeastSquares else { return 16 * ulp * ulp * meanSquare }
    let error = 4 * ulp * meanSquare.squareRoot()
    let predictions = AlignedBuffer<Double>(count: count, repeating: 0)
    for row in 0..<count { predictions.pointer[row] = target.pointer[row] + error }
    let sum = RowLoss(self).value(predictions.pointer)
    return sum.isFinite ? sum / n : 0
  }
}

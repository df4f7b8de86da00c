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

  /// `Σ w (y − ȳ)²` over the rows, which turns sums of squares into normalised losses.
  let variation: Double

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
  init(_ table: SearchTable, rows: [Int]) {
    self.init(
      columns: table.columns, target: table.target, weights: table.weights, rows: rows)
  }

  /// Copies rows of columns.
  ///
  /// - Parameters:
  ///   - columns: The columns, at least one.
  ///   - target: One value for each row of the columns.
  ///   - weights: How much each row counts, or nil.
  ///   - rows: The indices of the rows to copy; not empty.
  init(columns: [[Double]], target: [Double], weights: [Double]?, rows: [Int]) {
    precondition(!rows.isEmpty, "a block needs rows")
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
    count = rows.count
    self.target = gather(target)
    self.weights = weights.map { gather($0, scale: scale) }
    variation = rows.reduce(0.0) { sum, row in
      let deviation = target[row] - mean
      return sum + weight(row) * deviation * deviation
    }
    self.columns = columns.map { gather($0) }
    addresses = AlignedBuffer(
      count: columns.count, repeating: UnsafePointer(self.columns[0].pointer))
    for (index, column) in self.columns.enumerated() {
      addresses.pointer[index] = UnsafePointer(column.pointer)
    }
  }
}

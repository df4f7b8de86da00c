internal import Tensors

/// Some rows of a table in the layout and precision of an evaluator: one aligned array per column.
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
    precondition(!rows.isEmpty, "a block needs rows")
    func gather(_ values: [Double], scale: Double = 1) -> AlignedBuffer<Scalar> {
      let buffer = AlignedBuffer<Scalar>(count: rows.count, repeating: 0)
      for (position, row) in rows.enumerated() {
        buffer.pointer[position] = Scalar(values[row] * scale)
      }
      return buffer
    }
    let n = Double(rows.count)
    let total = rows.reduce(0.0) { $0 + (table.weights?[$1] ?? 1) }
    let scale = total > 0 ? n / total : 0
    func weight(_ row: Int) -> Double { (table.weights?[row]).map { $0 * scale } ?? 1 }
    let mean = rows.reduce(0.0) { $0 + weight($1) * table.target[$1] } / n
    count = rows.count
    target = gather(table.target)
    weights = table.weights.map { gather($0, scale: scale) }
    variation = rows.reduce(0.0) { sum, row in
      let deviation = table.target[row] - mean
      return sum + weight(row) * deviation * deviation
    }
    columns = table.columns.map { gather($0) }
    addresses = AlignedBuffer(count: columns.count, repeating: UnsafePointer(columns[0].pointer))
    for (index, column) in columns.enumerated() {
      addresses.pointer[index] = UnsafePointer(column.pointer)
    }
  }
}

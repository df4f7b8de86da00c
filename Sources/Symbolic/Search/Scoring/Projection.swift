internal import CVectorMath
internal import Tensors

/// Takes out of columns what the fit supplies for free (a constant), and multiplies columns so that
/// weighted rows become equal ones.
///
/// Inner products of projected columns are those of weighted least squares with an offset, so that
/// no fit needs the offset as an unknown.
struct Projection: Sendable {
  private let rows: RowBlock<Float>
  private let removesMean: Bool
  private let roots: AlignedBuffer<Float>?
  private let squaredLength: Float

  /// Prepares for the rows of a search.
  init(_ rows: RowBlock<Float>, removesMean: Bool) {
    self.rows = rows
    self.removesMean = removesMean
    if let weights = rows.weights {
      let buffer = AlignedBuffer<Float>(count: rows.count, repeating: 0)
      var sum: Float = 0
      for row in 0..<rows.count {
        sum += weights.pointer[row]
        buffer.pointer[row] = weights.pointer[row].squareRoot()
      }
      roots = buffer
      squaredLength = sum
    } else {
      roots = nil
      squaredLength = Float(rows.count)
    }
  }

  /// Projects a column in place.
  ///
  /// Equal weights need no work: ``product(_:_:)`` then removes the means itself.
  func callAsFunction(_ column: UnsafeMutablePointer<Float>) {
    guard let roots else { return }
    var overlap: Float = 0
    for row in 0..<rows.count {
      column[row] *= roots.pointer[row]
      overlap += column[row] * roots.pointer[row]
    }
    guard removesMean else { return }
    let mean = overlap / squaredLength
    for row in 0..<rows.count { column[row] -= mean * roots.pointer[row] }
  }

  /// The inner product of two projected columns, summed in Double.
  func product(_ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>) -> Double {
    let moments = Float.moments(x, y, rows: rows.count)
    if removesMean && roots == nil { return moments.sxy }
    return moments.sxy + Double(rows.count) * moments.mean_x * moments.mean_y
  }

  /// The share of a column's squares that the projection leaves: near zero for a constant.
  func remainder(_ column: UnsafePointer<Float>) -> (left: Double, total: Double) {
    let moments = Float.moments(column, column, rows: rows.count)
    let total = moments.sxx + Double(rows.count) * moments.mean_x * moments.mean_x
    return (removesMean && roots == nil ? moments.sxx : total, total)
  }
}

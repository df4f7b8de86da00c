internal import Tensors

/// The |cosine| between each row of one matrix and each row of another, in Double.
struct CosineTable {
  /// `[left rows, right rows]`.
  let values: Matrix<Double>

  init(_ left: Matrix<Float>, _ right: Matrix<Float>) {
    precondition(left.columns == right.columns, "directions are equally wide")
    var product = Self.unitRows(left) * Self.unitRows(right).transposed
    let count = product.rows * product.columns
    product.withUnsafeMutablePointer { for i in 0..<count { $0[i] = min(1, abs($0[i])) } }
    values = product
  }

  /// The largest element of each row, and where it is.
  var rowMaxima: [(value: Double, column: Int)] {
    (0..<values.rows).map { row in
      var best = (value: -1.0, column: 0)
      for column in 0..<values.columns where values[row, column] > best.value {
        best = (values[row, column], column)
      }
      return best
    }
  }

  /// The mean over rows of their largest element.
  var meanRowMaximum: Metric {
    guard values.rows > 0, values.columns > 0 else { return .undefined("there are no directions") }
    return .value(Statistics.sum(rowMaxima.map(\.value)) / Double(values.rows))
  }

  /// The largest element off the diagonal.
  var collinearity: Metric {
    guard values.rows > 1 else { return .undefined("there is only one direction") }
    var largest = 0.0
    for i in 0..<values.rows { for j in 0..<i { largest = max(largest, values[i, j]) } }
    return .value(largest)
  }

  /// Rows that are zero stay so: their cosine with anything counts as zero.
  private static func unitRows(_ matrix: Matrix<Float>) -> Matrix<Double> {
    let (rows, columns) = (matrix.rows, matrix.columns)
    var result = Matrix<Double>(
      rows: rows, columns: columns, elements: matrix.elements.map(Double.init))
    result.withUnsafeMutablePointer { pointer in
      for row in 0..<rows {
        let vector = pointer + row * columns
        let norm = (0..<columns).reduce(0) { $0 + vector[$1] * vector[$1] }.squareRoot()
        if norm > 0 { for i in 0..<columns { vector[i] /= norm } }
      }
    }
    return result
  }
}

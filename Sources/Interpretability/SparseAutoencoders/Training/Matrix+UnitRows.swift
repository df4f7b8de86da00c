internal import Tensors

extension Matrix where Scalar == Float {
  /// Rows of length one in random directions.
  static func randomUnitRows(
    _ count: Int, width: Int, _ random: inout RandomStream
  ) -> Matrix {
    var matrix = Matrix(rows: count, columns: width)
    matrix.withUnsafeMutablePointer { pointer in
      for i in 0..<count * width { pointer[i] = Float(random.normal()) }
      for row in 0..<count { scaleToUnit(pointer + row * width, count: width) }
    }
    return matrix
  }
}

/// Divides a vector by its norm; one that is zero stays as it is.
func scaleToUnit(_ vector: UnsafeMutablePointer<Float>, count: Int) {
  let norm = innerProduct(vector, vector, count: count).squareRoot()
  guard norm > 0 else { return }
  let inverse = Float(1 / norm)
  for i in 0..<count { vector[i] *= inverse }
}

/// A dense row-major matrix over aligned storage, with value semantics.
///
/// Element `(i, j)` of a matrix of shape `[rows, columns]` lies at `i * columns + j`. Copies share
/// storage until one of them is written to. Loops that matter take the pointer once through
/// ``withUnsafeMutablePointer(_:)`` rather than index element by element.
public struct Matrix<Scalar: TensorScalar>: Sendable {
  /// Number of rows.
  public let rows: Int

  /// Number of columns.
  public let columns: Int

  private var storage: AlignedBuffer<Scalar>

  /// Creates a matrix whose elements are all the same.
  ///
  /// - Parameters:
  ///   - rows: Number of rows.
  ///   - columns: Number of columns.
  ///   - value: What every element starts as.
  public init(rows: Int, columns: Int, repeating value: Scalar = 0) {
    self.rows = rows
    self.columns = columns
    storage = AlignedBuffer(count: rows * columns, repeating: value)
  }

  /// Creates a matrix from its elements, row after row.
  ///
  /// - Parameters:
  ///   - rows: Number of rows.
  ///   - columns: Number of columns.
  ///   - elements: `rows * columns` values in row-major order.
  public init(rows: Int, columns: Int, elements: [Scalar]) {
    precondition(elements.count == rows * columns, "a matrix needs rows * columns elements")
    self.init(rows: rows, columns: columns)
    elements.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { storage.pointer.update(from: base, count: source.count) }
    }
  }

  /// The element in row `i` and column `j`.
  public subscript(i: Int, j: Int) -> Scalar {
    get {
      precondition(i >= 0 && i < rows && j >= 0 && j < columns, "matrix index out of range")
      return storage.pointer[i * columns + j]
    }
    set {
      precondition(i >= 0 && i < rows && j >= 0 && j < columns, "matrix index out of range")
      makeUnique()
      storage.pointer[i * columns + j] = newValue
    }
  }

  /// All elements, row after row.
  public var elements: [Scalar] {
    Array(UnsafeBufferPointer(start: storage.pointer, count: rows * columns))
  }

  /// The elements of one row.
  ///
  /// - Parameter i: The row's index.
  /// - Returns: `columns` values.
  public func row(_ i: Int) -> [Scalar] {
    precondition(i >= 0 && i < rows, "matrix row out of range")
    return Array(UnsafeBufferPointer(start: storage.pointer + i * columns, count: columns))
  }

  /// The elements of one column.
  ///
  /// - Parameter j: The column's index.
  /// - Returns: `rows` values.
  public func column(_ j: Int) -> [Scalar] {
    precondition(j >= 0 && j < columns, "matrix column out of range")
    return (0..<rows).map { storage.pointer[$0 * columns + j] }
  }

  /// The transposed matrix, of shape `[columns, rows]`.
  public var transposed: Matrix {
    let result = Matrix(rows: columns, columns: rows)
    for i in 0..<rows {
      for j in 0..<columns {
        result.storage.pointer[j * rows + i] = storage.pointer[i * columns + j]
      }
    }
    return result
  }

  /// Reads the elements through a pointer that is valid during the call.
  public func withUnsafePointer<Result, Failure: Error>(
    _ body: (UnsafePointer<Scalar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // The storage must outlive the call even when this copy is the last one.
    defer { withExtendedLifetime(storage) {} }
    return try body(UnsafePointer(storage.pointer))
  }

  /// Writes the elements through a pointer that is valid during the call.
  public mutating func withUnsafeMutablePointer<Result, Failure: Error>(
    _ body: (UnsafeMutablePointer<Scalar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    makeUnique()
    defer { withExtendedLifetime(storage) {} }
    return try body(storage.pointer)
  }

  private mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&storage) {
      let copy = AlignedBuffer<Scalar>(count: storage.count, repeating: 0)
      copy.pointer.update(from: storage.pointer, count: storage.count)
      storage = copy
    }
  }
}

extension Matrix: Equatable {
  /// Whether two matrices have the same shape and equal elements.
  public static func == (left: Matrix, right: Matrix) -> Bool {
    left.rows == right.rows && left.columns == right.columns
      && (0..<left.rows * left.columns).allSatisfy {
        left.storage.pointer[$0] == right.storage.pointer[$0]
      }
  }
}

extension Matrix {
  /// The matrix product.
  ///
  /// - Parameters:
  ///   - left: Shape `[m, k]`.
  ///   - right: Shape `[k, n]`.
  /// - Returns: Shape `[m, n]`.
  /// - Complexity: O(m n k).
  public static func * (left: Matrix, right: Matrix) -> Matrix {
    precondition(left.columns == right.rows, "the inner sizes of a matrix product must agree")
    var result = Matrix(rows: left.rows, columns: right.columns)
    // BLAS refuses leading dimensions of zero, and an empty product is all zeros anyway.
    guard left.rows > 0, right.columns > 0, left.columns > 0 else { return result }
    result.withUnsafeMutablePointer { c in
      Scalar.gemm(
        transposeA: false, transposeB: false, m: left.rows, n: right.columns, k: left.columns,
        alpha: 1, a: left.storage.pointer, lda: left.columns, b: right.storage.pointer,
        ldb: right.columns, beta: 0, c: c, ldc: right.columns)
    }
    return result
  }

  /// `AᵀA`, both triangles filled, of shape `[columns, columns]`.
  public var gram: Matrix {
    var result = Matrix(rows: columns, columns: columns)
    guard rows > 0, columns > 0 else { return result }
    let n = columns
    result.withUnsafeMutablePointer { c in
      Scalar.syrk(
        transpose: true, n: n, k: rows, alpha: 1, a: storage.pointer, lda: n, beta: 0, c: c, ldc: n)
      for i in 0..<n { for j in 0..<i { c[i * n + j] = c[j * n + i] } }
    }
    return result
  }
}

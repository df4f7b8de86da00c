internal import CLAPACKE

/// The triangular factor R of a tall matrix `A = Q R` whose rows arrive in pieces, with `Qᵀ b`.
///
/// Each piece is eliminated against the triangle so far (LAPACK `tpqrt`), so the memory is one triangle
/// and one piece however many rows there are. What least squares need of Q is `z = Qᵀ b`, which is
/// carried along as one more column, or several; Q itself is never formed.
///
/// ```swift
/// var factor = StreamedQR(columns: 3)
/// factor.add(&piece, rows: 100)
/// let solution = factor.damped(by: 1e-9)?.solution
/// ```
///
/// Demmel, Grigori, Hoemmen & Langou (2012), [doi:10.1137/080731992](https://doi.org/10.1137/080731992).
public struct StreamedQR: Sendable {
  /// Number of columns of A, n.
  public let columns: Int

  /// Number of right-hand sides b, k.
  public let targets: Int

  /// R with z beside it, column by column, of order n + k; what lies below z, triangular too, is
  /// what no x explains.
  private var triangle: Matrix<Double>

  private static let blockSize = 32

  /// Starts without rows.
  ///
  /// - Parameters:
  ///   - columns: n.
  ///   - targets: k, the number of right-hand sides.
  public init(columns: Int, targets: Int = 1) {
    precondition(columns > 0 && targets > 0, "a least-squares problem has columns and targets")
    self.columns = columns
    self.targets = targets
    triangle = Matrix(rows: columns + targets, columns: columns + targets)
  }

  /// R, shape `[n, n]`.
  public var upper: Matrix<Double> { block(of: columns, from: 0) }

  /// Qᵀ b of every right-hand side, shape `[n, k]`.
  public var rotatedTargets: Matrix<Double> { block(of: targets, from: columns) }

  /// The squared norm of what no x explains, for each right-hand side.
  public var unexplained: [Double] {
    let order = columns + targets
    return triangle.withUnsafePointer { r in
      (columns..<order).map { j in
        (columns...j).reduce(0) { $0 + r[j * order + $1] * r[j * order + $1] }
      }
    }
  }

  /// The first n rows of some columns, row by row.
  private func block(of count: Int, from first: Int) -> Matrix<Double> {
    var result = Matrix<Double>(rows: columns, columns: count)
    let order = columns + targets
    triangle.withUnsafePointer { r in
      result.withUnsafeMutablePointer { to in
        for j in 0..<count {
          for i in 0..<columns where i <= first + j {
            to[i * count + j] = r[(first + j) * order + i]
          }
        }
      }
    }
    return result
  }

  /// Adds rows.
  ///
  /// - Parameters:
  ///   - piece: The rows of A transposed, with those of b as the last: shape `[n + k, rows]`.
  ///     What it holds afterwards is of no use.
  ///   - rows: Number of rows.
  /// - Complexity: O(2 · rows · n²).
  public mutating func add(_ piece: UnsafeMutablePointer<Double>, rows: Int) {
    // A row-major transpose is a column-major matrix.
    eliminate(piece, rows: rows, stride: rows, trapezoid: 0)
  }

  /// Adds the rows that another factor has taken.
  ///
  /// - Parameter other: A factor with as many columns.
  /// - Complexity: O(n³).
  public mutating func add(_ other: StreamedQR) {
    precondition(
      other.columns == columns && other.targets == targets, "the factors have other columns")
    let order = columns + targets
    var rows = other.triangle
    rows.withUnsafeMutablePointer {
      eliminate($0, rows: order, stride: order, trapezoid: order)
    }
  }

  /// The sum of squares of each column of A.
  public var squaredColumnNorms: [Double] {
    let order = columns + targets
    return triangle.withUnsafePointer { r in
      (0..<columns).map { j in (0...j).reduce(0) { $0 + r[j * order + $1] * r[j * order + $1] } }
    }
  }

  /// The factor of `[A; √λ I]`, with the first of the right-hand sides.
  ///
  /// - Parameter damping: λ, positive.
  /// - Returns: What solves with it; nil if it is singular.
  /// - Complexity: O(n³).
  public func damped(by damping: Double) -> DampedTriangle? {
    var copy = self
    let order = columns + targets
    var diagonal = Matrix<Double>(rows: order, columns: columns)
    diagonal.withUnsafeMutablePointer { b in
      for j in 0..<columns { b[j * columns + j] = damping.squareRoot() }
      copy.eliminate(b, rows: columns, stride: columns, trapezoid: columns)
    }
    let isRegular = copy.triangle.withUnsafePointer { r in
      (0..<columns).allSatisfy { r[$0 * order + $0] != 0 && r[$0 * order + $0].isFinite }
    }
    return isRegular ? DampedTriangle(columns: columns, order: order, triangle: copy.triangle) : nil
  }

  private mutating func eliminate(
    _ piece: UnsafeMutablePointer<Double>, rows: Int, stride: Int, trapezoid: Int
  ) {
    guard rows > 0 else { return }
    let order = Int32(columns + targets)
    let block = min(Int32(Self.blockSize), order)
    let factors = AlignedBuffer(count: Int(block * order), repeating: 0.0)
    let work = AlignedBuffer(count: Int(block * order), repeating: 0.0)
    triangle.withUnsafeMutablePointer { r in
      _ = lapack {
        LAPACKE_dtpqrt_work(
          LAPACK_COL_MAJOR, Int32(rows), order, Int32(trapezoid), block, r, order, piece,
          Int32(stride), factors.pointer, block, work.pointer)
      }
    }
  }
}

/// The triangular factor of a damped least-squares problem, `RᵀR = AᵀA + λ I`.
public struct DampedTriangle: Sendable {
  private let columns: Int
  private let order: Int
  private let triangle: Matrix<Double>

  fileprivate init(columns: Int, order: Int, triangle: Matrix<Double>) {
    self.columns = columns
    self.order = order
    self.triangle = triangle
  }

  /// The x that minimises `‖A x − b‖² + λ ‖x‖²`, of length n.
  public var solution: [Double] {
    var x = triangle.withUnsafePointer { r in (0..<columns).map { r[columns * order + $0] } }
    solve(&x, transposed: false)
    return x
  }

  /// Solves `(AᵀA + λ I) x = v`.
  ///
  /// - Parameter right: v, of length n.
  /// - Returns: x, of length n.
  /// - Complexity: O(2 n²).
  public func solveNormal(_ right: [Double]) -> [Double] {
    precondition(right.count == columns, "the right-hand side has another length")
    var x = right
    solve(&x, transposed: true)
    solve(&x, transposed: false)
    return x
  }

  private func solve(_ x: inout [Double], transposed: Bool) {
    triangle.withUnsafePointer { r in
      _ = lapack {
        LAPACKE_dtrtrs_work(
          LAPACK_COL_MAJOR, CChar(UInt8(ascii: "U")), CChar(UInt8(ascii: transposed ? "T" : "N")),
          CChar(UInt8(ascii: "N")), Int32(columns), 1, r, Int32(order), &x, Int32(columns))
      }
    }
  }
}

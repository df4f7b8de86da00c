internal import CVectorMath

/// The rows of a matrix A with many columns, laid out for products with its own transpose.
///
/// `A Aᵀ` of some thousand columns is what least squares spend their time on. Packed once, the matrix is
/// both factors; the memory is used again for the next one, and its parts may be packed by several
/// threads. Every element of a product is one sum in the order of the columns, so that its bits do not
/// depend on the number of threads.
///
/// Goto & van de Geijn (2008), [doi:10.1145/1356052.1356053](https://doi.org/10.1145/1356052.1356053).
public final class PackedRows: Sendable {
  /// Number of rows of A.
  public let rows: Int

  /// The most columns that A can have.
  public let capacity: Int

  // Panels of eight rows, within which the columns follow each other.
  private let panels: AlignedBuffer<Double>

  private static let lanes = Int(LIMBECK_PANEL_BYTES) / MemoryLayout<Double>.stride

  /// Columns of a product that are made at once.
  private static let width = Int(LIMBECK_PANELS_AT_ONCE) * lanes

  /// Columns of A that are used up before the next ones: a few rows of them fill a first-level cache.
  private static let depth = 512

  /// Makes room.
  ///
  /// - Parameters:
  ///   - rows: Number of rows of A.
  ///   - capacity: The most columns that A can have.
  public init(rows: Int, capacity: Int) {
    precondition(rows > 0 && capacity > 0, "a packed matrix has elements")
    self.rows = rows
    self.capacity = capacity
    let count = (rows + Self.lanes - 1) / Self.lanes * Self.lanes
    panels = AlignedBuffer(count: count * capacity, repeating: 0)
  }

  /// Sets some columns of A.
  ///
  /// - Parameters:
  ///   - columns: Which; their number is a multiple of 16.
  ///   - source: Shape `[rows, stride]`.
  ///   - stride: Distance between the rows of `source`.
  public func setColumns(
    _ columns: Range<Int>, from source: UnsafePointer<Double>, stride: Int
  ) {
    precondition(columns.upperBound <= capacity, "the columns exceed the packed matrix")
    kernels.pack_rows(
      rows, columns.count, source, stride, capacity * Self.lanes,
      panels.pointer + columns.lowerBound * Self.lanes)
  }

  /// Sets some rows of A from a transposed matrix.
  ///
  /// - Parameters:
  ///   - rows: Which; first and number are multiples of 16.
  ///   - columns: Number of columns.
  ///   - source: Shape `[columns, stride]`.
  ///   - stride: Distance between the rows of `source`.
  public func setRows(
    _ rows: Range<Int>, columns: Int, fromTransposed source: UnsafePointer<Double>, stride: Int
  ) {
    precondition(
      columns <= capacity && rows.upperBound <= self.rows, "the packed matrix is smaller")
    kernels.pack_columns(
      columns, rows.count, source, stride, capacity * Self.lanes, panel(rows.lowerBound))
  }

  /// Adds the product with another matrix, or with itself, to a matrix: `C += A Bᵀ`.
  ///
  /// - Parameters:
  ///   - other: B. If it is A, only the upper triangle of C and some elements below are added to.
  ///   - columns: Number of columns of both.
  ///   - target: C, of shape `[rows, stride]`.
  ///   - stride: Distance between the rows of C.
  ///   - threads: Number of threads; the result does not depend on it.
  /// - Complexity: O(rows² · columns).
  public func addProduct(
    with other: PackedRows, columns: Int, to target: UnsafeMutablePointer<Double>, stride: Int,
    threads: Int
  ) {
    precondition(columns <= min(capacity, other.capacity), "the packed matrices are smaller")
    let strips = (other.rows + Self.width - 1) / Self.width
    nonisolated(unsafe) let target = target
    for first in Swift.stride(from: 0, to: columns, by: Self.depth) {
      let depth = min(Self.depth, columns - first)
      parallelFor(count: strips, threads: threads) { task in
        // The strips of a triangle grow: the longest come first, so that no thread waits for the last.
        let j = (strips - 1 - task) * Self.width
        let width = min(Self.width, other.rows - j)
        let height = other === self ? j + width : rows
        for i in Swift.stride(from: 0, to: height, by: Self.lanes) {
          kernels.multiply(
            min(Self.lanes, rows - i), width, depth, panel(i) + first * Self.lanes,
            other.panel(j) + first * Self.lanes, other.capacity * Self.lanes,
            target + i * stride + j, stride)
        }
      }
    }
  }

  /// Where the panel of a row begins.
  private func panel(_ row: Int) -> UnsafeMutablePointer<Double> {
    panels.pointer + row * capacity
  }
}

private let kernels: limbeck_panels_f64 = {
  guard let table = limbeck_panels_f64_at(Int32(InstructionSet.current.rawValue)) else {
    preconditionFailure("the kernels lack an instruction set they promised")
  }
  return table.pointee
}()

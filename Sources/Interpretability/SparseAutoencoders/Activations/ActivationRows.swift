public import Tensors

/// A table of activations that can be read piece by piece, in memory or in a file.
public protocol ActivationRows: Sendable {
  /// Number of rows.
  var count: Int { get }

  /// Number of columns.
  var width: Int { get }

  /// Reads consecutive rows.
  ///
  /// - Parameters:
  ///   - rows: Which ones, within `0 ..< count`.
  ///   - destination: Receives `rows.count * width` numbers in row-major order.
  /// - Throws: ``ActivationSourceError``.
  func read(
    _ rows: Range<Int>, into destination: UnsafeMutablePointer<Float>
  ) throws(ActivationSourceError)
}

extension Matrix: ActivationRows where Scalar == Float {
  /// Number of rows.
  public var count: Int { rows }

  /// Number of columns.
  public var width: Int { columns }

  /// Copies consecutive rows.
  ///
  /// - Parameters:
  ///   - rows: Which ones.
  ///   - destination: Receives them.
  public func read(_ rows: Range<Int>, into destination: UnsafeMutablePointer<Float>) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= self.rows, "rows out of range")
    withUnsafePointer {
      destination.update(from: $0 + rows.lowerBound * columns, count: rows.count * columns)
    }
  }
}

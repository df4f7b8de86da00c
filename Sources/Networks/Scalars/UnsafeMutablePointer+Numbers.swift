internal import Foundation

// The standard library's updates go from element to element in generic code that is not specialised, at
// the price of a call each.

extension UnsafeMutablePointer where Pointee: NetworkScalar {
  /// Sets numbers to zero.
  ///
  /// - Parameter count: How many.
  public func clear(count: Int) { memset(self, 0, count * MemoryLayout<Pointee>.stride) }

  /// Copies numbers from memory that does not overlap.
  ///
  /// - Parameters:
  ///   - source: Where from.
  ///   - count: How many.
  public func copy(from source: UnsafePointer<Pointee>, count: Int) {
    memcpy(self, source, count * MemoryLayout<Pointee>.stride)
  }
}

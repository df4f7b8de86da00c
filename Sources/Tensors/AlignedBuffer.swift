/// Owned storage of a fixed number of elements, aligned to a cache line of 64 bytes.
///
/// The alignment lets the widest vector registers (512 bits) load without crossing a line, and
/// keeps the results of BLAS calls independent of where an array happens to lie.
///
/// The buffer is a reference: two threads may share one as long as they write disjoint parts,
/// which is the caller's promise behind `@unchecked Sendable`.
public final class AlignedBuffer<Element: BitwiseCopyable>: @unchecked Sendable {
  /// Address of the first element; aligned to 64 bytes.
  public let pointer: UnsafeMutablePointer<Element>

  /// Number of elements.
  public let count: Int

  /// Allocates storage and fills it.
  ///
  /// - Parameters:
  ///   - count: Number of elements; may be zero.
  ///   - value: What every element starts as.
  public init(count: Int, repeating value: Element) {
    precondition(count >= 0, "a buffer cannot have a negative size")
    self.count = count
    let bytes = max(1, count) * MemoryLayout<Element>.stride
    pointer = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      .bindMemory(to: Element.self, capacity: max(1, count))
    pointer.initialize(repeating: value, count: count)
  }

  deinit { pointer.deallocate() }
}

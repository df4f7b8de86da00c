/// The values of a function of the indices, computed on up to `threads` threads.
///
/// - Parameters:
///   - count: The number of indices.
///   - threads: The number of threads; does not change the result.
///   - transform: Called once for each index, in no particular order.
/// - Returns: The values in the order of the indices.
public func parallelMap<Value: Sendable>(
  count: Int, threads: Int, _ transform: @Sendable (Int) -> Value
) -> [Value] {
  let slots = ResultSlots<Value>(count: count)
  parallelFor(count: count, threads: threads) { slots.set(transform($0), at: $0) }
  return slots.values
}

/// One place for the result of each index of a parallel loop.
///
/// Workers write different places, and nobody reads before all are done.
private final class ResultSlots<Value: Sendable>: @unchecked Sendable {
  private let storage: UnsafeMutablePointer<Value?>
  private let count: Int

  init(count: Int) {
    self.count = count
    storage = .allocate(capacity: max(1, count))
    storage.initialize(repeating: nil, count: count)
  }

  deinit {
    storage.deinitialize(count: count)
    storage.deallocate()
  }

  func set(_ value: Value, at index: Int) { storage[index] = value }

  var values: [Value] { (0..<count).compactMap { storage[$0] } }
}

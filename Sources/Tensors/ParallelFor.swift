internal import Dispatch
internal import Foundation
internal import Synchronization

/// The number of threads that parallel work uses unless it is told otherwise: the active cores.
public var defaultThreadCount: Int { ProcessInfo.processInfo.activeProcessorCount }

/// Runs `body` once for each index, on up to `threads` threads.
///
/// **Determinism.** How work is divided must never depend on `threads`: cut it into a fixed number
/// of blocks, give each index its own output, and reduce the outputs in index order afterwards.
/// Then one, two and four threads give the same bits. Workers take the indices in order, each the
/// next one that is left, so that work of uneven cost is balanced.
///
/// - Parameters:
///   - count: Number of indices.
///   - threads: Number of workers; with 1 the body runs on the caller's thread.
///   - body: Called with each index of `0..<count` exactly once, in no particular order.
public func parallelFor(count: Int, threads: Int, body: @Sendable (Int) -> Void) {
  let workers = min(max(1, threads), count)
  guard workers > 1 else {
    for index in 0..<count { body(index) }
    return
  }
  let next = Counter()
  DispatchQueue.concurrentPerform(iterations: workers) { _ in
    while let index = next.take(below: count) { body(index) }
  }
}

/// Hands out the numbers 0, 1, 2, … to whoever asks, each once.
private final class Counter: Sendable {
  private let value = Atomic(0)

  func take(below limit: Int) -> Int? {
    let number = value.wrappingAdd(1, ordering: .relaxed).oldValue
    return number < limit ? number : nil
  }
}

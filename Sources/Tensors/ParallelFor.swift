internal import Dispatch
internal import Foundation

/// The number of threads that parallel work uses unless it is told otherwise: the active cores.
public var defaultThreadCount: Int { ProcessInfo.processInfo.activeProcessorCount }

/// Runs `body` once for each index, on up to `threads` threads.
///
/// **Determinism.** How work is divided must never depend on `threads`: cut it into a fixed number
/// of blocks, give each index its own output, and reduce the outputs in index order afterwards.
/// Then one, two and four threads give the same bits. Worker `w` takes the indices
/// `w, w + threads, …`, which balances blocks of falling cost without a shared counter.
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
  DispatchQueue.concurrentPerform(iterations: workers) { worker in
    for index in stride(from: worker, to: count, by: workers) { body(index) }
  }
}

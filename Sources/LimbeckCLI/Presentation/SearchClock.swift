import Foundation

/// The time since a search began, on the wall and in the processor.
struct SearchClock: Sendable {
  private let start = DispatchTime.now().uptimeNanoseconds
  private let processorStart = Self.processorSeconds

  /// Seconds on the wall.
  var seconds: Double { Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9 }

  /// The share of their time that threads computed.
  ///
  /// - Parameter threads: Number of threads.
  /// - Returns: From 0 to 1; nil in the first moments, in which a clock's ticks would show.
  func occupation(of threads: Int) -> Double? {
    let seconds = seconds
    guard seconds > 0.2 else { return nil }
    return min(1, (Self.processorSeconds - processorStart) / (seconds * Double(threads)))
  }

  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

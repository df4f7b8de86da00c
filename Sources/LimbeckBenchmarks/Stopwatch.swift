import Foundation

/// Times of pieces of work.
enum Stopwatch {
  /// Seconds that this process computed, on all its threads together: what a busy neighbour does not
  /// lengthen.
  static func processorSeconds(_ work: () -> Void) -> Double {
    difference(CLOCK_PROCESS_CPUTIME_ID, work)
  }

  /// Seconds that passed.
  static func seconds(_ work: () -> Void) -> Double { difference(CLOCK_MONOTONIC, work) }

  private static func difference(_ clock: clockid_t, _ work: () -> Void) -> Double {
    let start = now(clock)
    work()
    return now(clock) - start
  }

  private static func now(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// Which time of a piece of work counts.
enum Clock {
  /// ``Stopwatch/seconds(_:)``.
  case wall

  /// ``Stopwatch/processorSeconds(_:)``.
  case processor

  /// Times a piece of work.
  func seconds(_ work: () -> Void) -> Double {
    switch self {
    case .wall: Stopwatch.seconds(work)
    case .processor: Stopwatch.processorSeconds(work)
    }
  }
}

/// Memory of this process.
enum ProcessMemory {
  /// Megabytes that are resident now, 0 where the system does not tell.
  static var residentMegabytes: Double {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
      let pages = text.split(separator: " ").dropFirst().first.flatMap({ Double($0) })
    else { return 0 }
    return pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_048_576
  }
}

import Foundation
import Synchronization

/// How often Ctrl-C was pressed. A signal handler may only touch an atomic, and one outside any type.
private let interruptionCount = Atomic<Int>(0)

/// Ctrl-C: the first asks the running step to finish and save, the second stops at once.
enum Interruption {
  /// Whether the command should finish its step, save and stop.
  static var isRequested: Bool { interruptionCount.load(ordering: .relaxed) > 0 }

  /// Starts listening for Ctrl-C and for the polite kill signal.
  static func listen() {
    for signalNumber in [SIGINT, SIGTERM] {
      signal(signalNumber) { _ in
        if interruptionCount.add(1, ordering: .relaxed).oldValue > 0 { _exit(130) }
      }
    }
  }
}

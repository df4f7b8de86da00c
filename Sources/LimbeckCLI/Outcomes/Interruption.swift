import Foundation
import Synchronization

/// How often Ctrl-C was pressed.
///
/// A signal handler may only touch an atomic, and one outside any type.
private let interruptionCount = Atomic<Int>(0)

/// Whether a key asked for the end.
private let isEndRequested = Atomic<Bool>(false)

/// Whether the running command saves what it has when it is asked to end.
private let savesWork = Atomic<Bool>(false)

/// Ctrl-C: the first asks the running step to finish and save, the second stops at once, as the first does
/// where there is nothing to save.
enum Interruption {
  /// Whether the command should finish its step, save and stop.
  static var isRequested: Bool { isSignalled || isEndRequested.load(ordering: .relaxed) }

  /// Whether a signal asked for it: then the command did not do all that it was asked for, while a
  /// key that ends a search says that its result is good enough.
  static var isSignalled: Bool { interruptionCount.load(ordering: .relaxed) > 0 }

  /// Takes a key: `q` asks the running search to end with what was found.
  @Sendable static func take(key: UInt8) {
    if key == UInt8(ascii: "q") || key == UInt8(ascii: "Q") {
      isEndRequested.store(true, ordering: .relaxed)
    }
  }

  /// Says that the running command looks at ``isRequested`` and saves.
  static func expectSaving() { savesWork.store(true, ordering: .relaxed) }

  /// Starts listening for Ctrl-C and for the polite kill signal.
  ///
  /// Whoever started this process may have blocked or ignored them, as shells do for what runs in the
  /// background; a program that saves its work wants to hear them all the same.
  static func listen() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for signalNumber in [SIGINT, SIGTERM] {
      signal(signalNumber) { _ in
        let isFirst = interruptionCount.add(1, ordering: .relaxed).oldValue == 0
        if isFirst && savesWork.load(ordering: .relaxed) { return }
        FullScreen.leave()
        _exit(130)
      }
      sigaddset(&signals, signalNumber)
    }
    sigprocmask(SIG_UNBLOCK, &signals, nil)
  }
}

import CHDF5
import Synchronization

/// The HDF5 library, one call at a time.
///
/// Some distributions build it without locks of its own, so that two calls at once, even about different
/// files, corrupt its tables. Every call of this package goes through ``locked(_:)``.
package enum HDF5Library {
  private static let isPrepared = Mutex(false)

  /// Calls the library.
  ///
  /// - Parameter body: The calls; they must not come back here.
  /// - Returns: What `body` returned.
  package static func locked<Outcome: Sendable>(_ body: () -> Outcome) -> Outcome {
    isPrepared.withLock { isPrepared in
      if !isPrepared {
        // Every file is closed by whoever opened it, so the library's own handler at the process's exit
        // has nothing to save. It would trip over what damaged files leave behind, in tables and in the
        // error stacks of other threads, and say "infinite loop closing library".
        H5dont_atexit()
        isPrepared = true
      }
      // Builds with locks keep a stack of errors for each thread, and each has to be silenced.
      limbeck_h5e_silence()
      return body()
    }
  }
}

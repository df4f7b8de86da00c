import Limbeck
import Synchronization

/// Results of several searches, each in a directory of its own below a common one.
///
/// Each directory is written as a whole when its search ends: whatever happens to the others, it can be
/// read, continued and started from by itself.
final class BatchDirectory: Sendable {
  /// The common directory.
  let path: String

  private let members: [OutputDirectory]
  private let problem = Mutex<(any Error)?>(nil)

  /// The file in the common directory that holds what all searches found.
  private static let summaryName = "targets.json"

  /// Opens the directories before the work, so that one that cannot be written fails at once.
  ///
  /// - Parameters:
  ///   - path: The common directory.
  ///   - distillers: The searches; each directory has the name of a target. Those that were begun go on
  ///     where they ended.
  ///   - shared: The options.
  ///   - resuming: Whether to continue those that were begun.
  /// - Throws: `RunDirectoryError` for results that are there, or what the directories throw.
  init(
    _ path: String, for distillers: inout [Distiller], shared: SharedOptions, resuming: Bool
  ) throws {
    guard resuming || shared.force || !FileSystem.exists("\(path)/\(Self.summaryName)") else {
      throw RunDirectoryError.occupied(path: path)
    }
    self.path = path
    let places = distillers.map { "\(path)/\($0.table.targetName)" }
    let areKept = places.map { place in
      resuming && FileSystem.exists("\(place)/\(RunFile.manifest.relativePath)")
    }
    guard !resuming || areKept.contains(true) else {
      throw DistillationError.noState(path: path, isFinished: false)
    }
    var members: [OutputDirectory] = []
    for (index, (place, isKept)) in zip(places, areKept).enumerated() {
      let member = try OutputDirectory(
        place, shared: shared, seed: distillers[index].seed, resuming: isKept)
      if isKept { try member.resume(&distillers[index]) }
      members.append(member)
    }
    self.members = members
  }

  /// Whether results could not be written, so that more of them are of no use.
  var hasFailed: Bool { problem.withLock { $0 != nil } }

  /// Keeps what one search found; may be called on any thread.
  func keep(_ distillation: Distillation, of index: Int) {
    do {
      _ = try members[index].keep { distillation }
    } catch {
      problem.withLock { $0 = $0 ?? error }
    }
  }

  /// Writes what all searches found.
  ///
  /// - Parameter json: The document.
  /// - Throws: What went wrong first, now or when the result of a search was written.
  func finish(_ json: JSONValue) throws {
    if let error = problem.withLock({ $0 }) { throw error }
    try AtomicFile.write(
      (json.text(.indented) + "\n").utf8, to: "\(path)/\(Self.summaryName)")
  }
}

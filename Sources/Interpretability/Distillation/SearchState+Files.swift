internal import Foundation
public import RunStore
public import Symbolic

extension SearchState {
  /// The file of a run that holds the search that went on in it last.
  private static let file = RunFile.checkpoint("search.json")

  /// Reads a search from a run.
  ///
  /// - Parameter directory: A run that a search ended in for lack of time.
  /// - Throws: `DistillationError.noState` if there is none,
  ///   `DistillationError.badState` if it is damaged.
  public init(from directory: RunDirectory) throws {
    guard Self.isKept(in: directory) else {
      throw DistillationError.noState(
        path: directory.path, isFinished: directory.contains(.equations(.json)))
    }
    let bytes = try directory.read(Self.file)
    do {
      self = try JSONDecoder().decode(SearchState.self, from: Data(bytes))
    } catch {
      throw DistillationError.badState(path: try directory.path(of: Self.file))
    }
  }

  /// Whether a run holds a search that can go on; one that reached its target cannot.
  public static func isKept(in directory: RunDirectory) -> Bool { directory.contains(file) }

  /// Writes the search to a run.
  ///
  /// - Parameter directory: A directory opened for writing.
  /// - Throws: `FileError` if the file cannot be written.
  func write(to directory: RunDirectory) throws {
    try directory.write(Array(try JSONEncoder().encode(self)), as: Self.file)
  }

  /// Removes the search from a run in which there is nothing more to find.
  ///
  /// - Parameter directory: A directory opened for writing.
  /// - Throws: `FileError` if the file cannot be removed.
  static func remove(from directory: RunDirectory) throws {
    try directory.remove(file)
  }
}

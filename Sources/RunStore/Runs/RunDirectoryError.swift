/// Why a run directory could not be created or opened.
public enum RunDirectoryError: StoreFailure, Equatable {
  /// The file system refused.
  case file(FileError)

  /// The directory holds files, and the caller did not ask to replace a run.
  case occupied(path: String)

  /// The directory holds files of a run's names but is not a run: they may be somebody's work.
  case notARun(path: String)

  /// There is something other than a directory at the path.
  case notADirectory(path: String)

  /// Another process writes to the directory.
  case busy(path: String)

  /// The manifest is not JSON or lacks a field.
  case malformedManifest(path: String, field: String)

  /// The kind of failure, for an exit code.
  public var kind: FailureKind {
    switch self {
    case .file(let error): error.kind
    case .occupied, .busy, .notADirectory: .unwritable
    case .notARun, .malformedManifest: .malformed
    }
  }

  /// One sentence that says what was found, where, and what to do.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .occupied(let path):
      "\(path): the directory is not empty; choose another with --out, replace the run with --force "
        + "or continue it with --resume"
    case .notARun(let path):
      "\(path): not a run directory (no manifest.json and no recipe.yaml in it); check the path"
    case .notADirectory(let path):
      "\(path): not a directory; choose another with --out"
    case .busy(let path):
      "\(path): another process is writing to this run; wait for it or choose another with --out"
    case .malformedManifest(let path, let field):
      "\(path): not a valid manifest: '\(field)' is missing or damaged"
    }
  }
}

import Limbeck

/// A file is in the way of results.
struct ExistingFile: StoreFailure {
  let path: String

  /// The option that names the file.
  var option = "--out"

  let kind = FailureKind.unwritable

  var description: String {
    "\(path): the file exists; choose another with \(option) or replace it with --force"
  }
}

import Limbeck

/// A file is in the way of results.
struct ExistingFile: StoreFailure {
  let path: String
  let kind = FailureKind.unwritable

  var description: String {
    "\(path): the file exists; choose another with --out or replace it with --force"
  }
}

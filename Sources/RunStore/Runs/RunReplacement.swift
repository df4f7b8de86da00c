/// Putting a new run in the place of an old one, such that a crash at any moment leaves either.
///
/// The new files wait in a hidden directory. Writing the journal, the list of what the new run
/// consists of, is the moment of no return: before it the old run is the run, after it the moves
/// are repeated by whoever opens the directory next until they are done.
struct RunReplacement {
  /// The run directory.
  let directory: String

  /// Where the new run's files wait.
  var incoming: String { PathText.join(directory, ".incoming") }

  private var journal: String { PathText.join(incoming, ".journal") }

  /// Makes an empty waiting place.
  func begin() throws(FileError) {
    try FileSystem.remove(incoming)
    try FileSystem.createDirectory(incoming)
  }

  /// Replaces the old run.
  func finish() throws(FileError) {
    let names = try FileSystem.entries(of: incoming).filter(RunFile.topLevelNames.contains)
    try AtomicFile.write(names.joined(separator: "\n").utf8, to: journal)
    try moveInPlace()
  }

  /// Ends what a crash interrupted: completes a replacement past its journal, drops any other.
  func recover() throws(FileError) {
    guard FileSystem.exists(incoming) else { return }
    if FileSystem.exists(journal) {
      try moveInPlace()
    } else {
      try FileSystem.remove(incoming)
    }
  }

  /// Moves the files that the journal lists and removes the old run's others; can be repeated.
  private func moveInPlace() throws(FileError) {
    let text = String(decoding: try FileContents.read(journal), as: UTF8.self)
    let names = Set(text.split(separator: "\n").map(String.init))
    for name in RunFile.topLevelNames {
      let (old, new) = (PathText.join(directory, name), PathText.join(incoming, name))
      if !names.contains(name) {
        try FileSystem.remove(old)
      } else if FileSystem.exists(new) {
        try FileSystem.remove(old)
        try FileSystem.move(new, to: old)
      }
    }
    try FileSystem.synchronizeDirectory(directory)
    try FileSystem.remove(incoming)
  }
}

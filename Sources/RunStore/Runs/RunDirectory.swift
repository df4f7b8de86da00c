/// A directory that holds everything one run made.
///
/// New runs write in place, so that progress can be watched and an interrupted run resumed. A run
/// that replaces another writes to a hidden directory inside; ``commit(_:)`` moves its files over
/// the old ones, so a command that fails leaves the old results as they were. Files with other
/// names than a run's are never touched.
///
/// ```swift
/// let run = try RunDirectory.create(at: "runs/heat", replacing: isForced)
/// try weights.write(to: run.path(of: .model))
/// try run.commit(manifest)
/// ```
public final class RunDirectory: Sendable {
  /// The directory as the user named it.
  public let path: String

  /// Where files are read and written until ``commit(_:)``: `path` or a directory inside.
  private let workingPath: String

  /// Held by writers.
  private let lock: DirectoryLock?

  private init(path: String, workingPath: String, lock: DirectoryLock?) {
    self.path = path
    self.workingPath = workingPath
    self.lock = lock
  }

  /// Whether this run writes beside an earlier one and will replace it.
  public var isReplacement: Bool { workingPath != path }

  /// Starts a new run.
  ///
  /// - Parameters:
  ///   - path: The directory; it and the ones above it are created as needed.
  ///   - replacing: Whether an earlier run there may be replaced (`--force`).
  /// - Returns: The directory, locked against other writers.
  /// - Throws: ``RunDirectoryError`` if it is occupied, in use, or cannot be written.
  public static func create(
    at path: String, replacing: Bool = false
  ) throws(RunDirectoryError) -> RunDirectory {
    guard !FileSystem.exists(path) || FileSystem.isDirectory(path) else {
      throw .notADirectory(path: path)
    }
    let lock: DirectoryLock
    var names: [String]
    do {
      try FileSystem.createDirectory(path)
      names = try FileSystem.entries(of: path)
    } catch {
      throw .file(error)
    }
    guard names.isEmpty || replacing else { throw .occupied(path: path) }
    lock = try DirectoryLock(path)
    let replacement = RunReplacement(directory: path)
    do {
      try replacement.recover()
      names = try FileSystem.entries(of: path)
    } catch {
      throw .file(error)
    }
    guard names.contains(where: RunFile.topLevelNames.contains) else {
      return RunDirectory(path: path, workingPath: path, lock: lock)
    }
    guard isRun(names) else { throw .notARun(path: path) }
    do {
      try replacement.begin()
    } catch {
      throw .file(error)
    }
    return RunDirectory(path: path, workingPath: replacement.incoming, lock: lock)
  }

  /// What an existing run is opened for.
  public enum Purpose: Sendable {
    /// Only to read: any number of processes may.
    case reading

    /// To continue it or to add results: one process at a time.
    case writing
  }

  /// Opens an existing run.
  ///
  /// - Parameters:
  ///   - path: The directory.
  ///   - purpose: Whether files will be written.
  /// - Returns: The directory.
  /// - Throws: ``RunDirectoryError`` if there is no run at the path or another process writes to it.
  public static func open(
    _ path: String, for purpose: Purpose
  ) throws(RunDirectoryError) -> RunDirectory {
    let names: [String]
    do {
      names = try FileSystem.entries(of: path)
    } catch {
      throw FileSystem.exists(path) && !FileSystem.isDirectory(path)
        ? .notARun(path: path) : .file(error)
    }
    guard isRun(names) else { throw .notARun(path: path) }
    guard purpose == .writing else {
      return RunDirectory(path: path, workingPath: path, lock: nil)
    }
    let lock = try DirectoryLock(path)
    do {
      try RunReplacement(directory: path).recover()
    } catch {
      throw .file(error)
    }
    return RunDirectory(path: path, workingPath: path, lock: lock)
  }

  private static func isRun(_ names: [String]) -> Bool {
    names.contains(RunFile.manifest.relativePath) || names.contains(RunFile.recipe.relativePath)
  }
}

// MARK: - Files

extension RunDirectory {
  /// Where a file is now; its directory is created.
  ///
  /// - Parameter file: The file.
  /// - Returns: A path to read from or write to, valid until ``commit(_:)``.
  /// - Throws: ``FileError/unwritable(path:reason:)`` if the directory cannot be created.
  public func path(of file: RunFile) throws(FileError) -> String {
    let path = location(of: file)
    if lock != nil { try FileSystem.createDirectory(PathText.split(path).directory) }
    return path
  }

  /// Whether a file is there.
  ///
  /// - Parameter file: The file.
  /// - Returns: Whether anything has its name.
  public func contains(_ file: RunFile) -> Bool {
    FileSystem.exists(location(of: file))
  }

  /// The activation sites that were taken apart into sparse features, in order.
  public var sparseAutoencoderSites: [String] {
    let names = (try? FileSystem.entries(of: PathText.join(workingPath, "sae"))) ?? []
    return names.filter { contains(.sparseAutoencoder(site: $0, .features)) }
  }

  /// Reads a file.
  ///
  /// - Parameter file: The file.
  /// - Returns: Its bytes.
  /// - Throws: ``FileError``.
  public func read(_ file: RunFile) throws(FileError) -> [UInt8] {
    try FileContents.read(location(of: file))
  }

  /// Writes a file atomically.
  ///
  /// - Parameters:
  ///   - bytes: The contents.
  ///   - file: The file.
  /// - Throws: ``FileError/unwritable(path:reason:)``; an earlier file then is untouched.
  public func write(_ bytes: some Sequence<UInt8>, as file: RunFile) throws(FileError) {
    try AtomicFile.write(bytes, to: try path(of: file))
  }

  /// Removes a file; nothing there is fine.
  ///
  /// - Parameter file: The file.
  /// - Throws: ``FileError/unwritable(path:reason:)``.
  public func remove(_ file: RunFile) throws(FileError) {
    try FileSystem.remove(location(of: file))
  }

  private func location(of file: RunFile) -> String {
    PathText.join(workingPath, file.relativePath)
  }
}

// MARK: - Manifest

extension RunDirectory {
  /// Ends the writing: stores the manifest with the checksums of all files, and puts the run in
  /// place of the one it replaces.
  ///
  /// - Parameter manifest: What made the run; its files and its end are filled in.
  /// - Returns: The directory to go on with: after a replacement the files have moved.
  /// - Throws: ``FileError``; if it could not write, a replaced run is as it was before.
  @discardableResult
  public func commit(_ manifest: Manifest) throws(FileError) -> RunDirectory {
    var manifest = manifest
    manifest.files = [:]
    for path in try relativePaths() where path != RunFile.manifest.relativePath {
      manifest.files[path] = try .init(of: PathText.join(workingPath, path))
    }
    manifest.finished = .now
    try write((manifest.json.text(.indented) + "\n").utf8, as: .manifest)
    guard isReplacement else { return self }
    try RunReplacement(directory: path).finish()
    return RunDirectory(path: path, workingPath: path, lock: lock)
  }

  /// Gives up a replacement: its files are removed, the earlier run stays.
  ///
  /// Does nothing for a run that writes in place.
  ///
  /// - Throws: ``FileError/unwritable(path:reason:)``.
  public func abandon() throws(FileError) {
    if isReplacement { try FileSystem.remove(workingPath) }
  }

  /// Reads the manifest.
  ///
  /// - Returns: The manifest.
  /// - Throws: ``RunDirectoryError`` if it is missing or malformed.
  public func manifest() throws(RunDirectoryError) -> Manifest {
    let bytes: [UInt8]
    do {
      bytes = try read(.manifest)
    } catch {
      throw .file(error)
    }
    return try Manifest(parsing: bytes, path: location(of: .manifest))
  }

  /// The files that are not as the manifest says: changed or missing, sorted.
  ///
  /// - Parameter manifest: The manifest.
  /// - Returns: Paths within the directory; empty if all is well.
  /// - Throws: ``FileError`` if a file exists but cannot be read.
  public func changedFiles(since manifest: Manifest) throws(FileError) -> [String] {
    var changed: [String] = []
    for (path, entry) in manifest.files.sorted(by: { $0.key < $1.key }) {
      // A manifest is a file like others: it must not lead out of the directory.
      let isInside = !path.hasPrefix("/") && !path.split(separator: "/").contains("..")
      let place = PathText.join(workingPath, path)
      guard isInside, FileSystem.exists(place), try Manifest.Entry(of: place) == entry else {
        changed.append(path)
        continue
      }
    }
    return changed
  }

  /// The run's files, as paths within the directory, sorted; what is not a run's is left out.
  private func relativePaths() throws(FileError) -> [String] {
    var paths: [String] = []
    var pending = RunFile.topLevelNames.filter {
      FileSystem.exists(PathText.join(workingPath, $0))
    }
    while let next = pending.popLast() {
      let place = PathText.join(workingPath, next)
      if FileSystem.isDirectory(place, followingLinks: false) {
        pending += try FileSystem.entries(of: place).map { PathText.join(next, $0) }
      } else {
        paths.append(next)
      }
    }
    return paths.sorted()
  }
}

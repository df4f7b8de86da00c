/// What made a run, and the checksums of its files.
public struct Manifest: Sendable, Equatable {
  /// The version of the program.
  public var version: String

  /// The seed of every random draw.
  public var seed: Int

  /// The instruction-set level of the kernels, such as `avx512`.
  public var instructionSet: String

  /// When the run began, in UTC.
  public var started: Timestamp

  /// When the files were complete, in UTC.
  public var finished: Timestamp

  /// The other files by their path within the directory.
  public var files: [String: Entry]

  /// The size and checksum of one file.
  public struct Entry: Sendable, Equatable {
    /// The size in bytes.
    public let byteCount: Int

    /// The checksum as 64 hexadecimal digits.
    public let sha256: String

    /// States what a file should be.
    init(byteCount: Int, sha256: String) {
      self.byteCount = byteCount
      self.sha256 = sha256
    }

    /// Measures a file.
    init(of path: String) throws(FileError) {
      byteCount = try FileSystem.byteCount(of: path)
      sha256 = try SHA256Digest(contentsOf: path).description
    }
  }

  /// Describes a run whose files are added later.
  ///
  /// - Parameters:
  ///   - version: The version of the program.
  ///   - seed: The seed of every random draw.
  ///   - instructionSet: The instruction-set level of the kernels.
  ///   - started: When the run began.
  public init(version: String, seed: Int, instructionSet: String, started: Timestamp = .now) {
    self.version = version
    self.seed = seed
    self.instructionSet = instructionSet
    self.started = started
    self.finished = started
    self.files = [:]
  }
}

// MARK: - JSON

extension Manifest {
  /// The manifest as the document that is stored; files are sorted by path.
  public var json: JSONValue {
    let files = files.sorted { $0.key < $1.key }.map { path, entry in
      JSONValue.Member(
        path, ["bytes": .integer(entry.byteCount), "sha256": .string(entry.sha256)])
    }
    return [
      "limbeck": .string(version), "seed": .integer(seed),
      "instruction_set": .string(instructionSet), "started": .string(started.description),
      "finished": .string(finished.description), "files": .object(files),
    ]
  }

  /// Reads a stored manifest.
  ///
  /// - Parameters:
  ///   - bytes: The JSON document.
  ///   - path: The name that errors give the document.
  /// - Throws: ``RunDirectoryError/malformedManifest(path:field:)``.
  public init(parsing bytes: [UInt8], path: String) throws(RunDirectoryError) {
    func require<Value>(_ value: Value?, _ field: String) throws(RunDirectoryError) -> Value {
      guard let value else { throw .malformedManifest(path: path, field: field) }
      return value
    }
    let document = try require(try? JSONValue(parsing: bytes), "the JSON text")
    version = try require(document["limbeck"]?.text, "limbeck")
    seed = try require(document["seed"]?.int, "seed")
    instructionSet = try require(document["instruction_set"]?.text, "instruction_set")
    started = try require(document["started"]?.text.flatMap(Timestamp.init), "started")
    finished = try require(document["finished"]?.text.flatMap(Timestamp.init), "finished")
    files = [:]
    for member in try require(document["files"]?.members, "files") {
      files[member.name] = Entry(
        byteCount: try require(member.value["bytes"]?.int, "files.\(member.name).bytes"),
        sha256: try require(member.value["sha256"]?.text, "files.\(member.name).sha256"))
    }
  }
}

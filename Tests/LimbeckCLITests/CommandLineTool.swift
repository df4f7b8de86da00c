import Foundation
import Testing

/// The built `limbeck`, run as a user runs it.
enum CommandLineTool {
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  /// Executables are built beside the test runner.
  private static let products = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent()

  /// The repository.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Runs a product to its end.
  ///
  /// - Parameters:
  ///   - arguments: The command's arguments.
  ///   - product: The executable.
  ///   - folder: The working directory.
  ///   - interruptAfter: Seconds until a Ctrl-C, nil for none.
  static func run(
    _ arguments: [String], product: String = "limbeck", in folder: URL,
    interruptAfter: Double? = nil
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = products.appendingPathComponent(product)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    // Files rather than pipes: a full pipe would block the command.
    let output = folder.appendingPathComponent(".output-\(UUID().uuidString)")
    let errors = folder.appendingPathComponent(".errors-\(UUID().uuidString)")
    defer {
      try? FileManager.default.removeItem(at: output)
      try? FileManager.default.removeItem(at: errors)
    }
    for url in [output, errors] {
      #expect(FileManager.default.createFile(atPath: url.path, contents: nil))
    }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    if let interruptAfter {
      Thread.sleep(forTimeInterval: interruptAfter)
      process.interrupt()
    }
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus,
      output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }
}

/// A fresh directory, removed at the end.
struct Scratch: ~Copyable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "limbeck-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file into the directory.
  func write(_ text: String, to name: String) throws {
    try text.write(to: url.appendingPathComponent(name), atomically: false, encoding: .utf8)
  }

  /// Reads a file of the directory.
  func read(_ name: String) throws -> Data {
    try Data(contentsOf: url.appendingPathComponent(name))
  }
}

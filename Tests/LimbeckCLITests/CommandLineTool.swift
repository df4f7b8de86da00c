import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The built `limbeck`, run as a user runs it.
enum CommandLineTool {
  /// What a command left behind.
  struct Outcome: Equatable {
    let status: Int32
    let output: String
    let errors: String

    /// The JSON document that standard output consists of.
    func json() throws -> [String: Any] {
      let document = try JSONSerialization.jsonObject(with: Data(output.utf8))
      return try #require(document as? [String: Any])
    }
  }

  /// Executables are built beside the test runner.
  private static let products = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent()

  /// The repository.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Where a product was built.
  static func path(of product: String) -> String {
    // A path from the root stays as it is.
    product.hasPrefix("/") ? product : products.appendingPathComponent(product).path
  }

  /// Starts a product.
  ///
  /// - Parameters:
  ///   - arguments: The command's arguments.
  ///   - product: The executable, or the path of another program.
  ///   - folder: The working directory.
  ///   - errors: Where standard error goes; nil to collect it.
  ///   - keyboard: Where standard input comes from; nil for none.
  ///   - environment: Variables to add.
  /// - Returns: The command at work.
  /// - Throws: Whatever kept it from starting.
  static func start(
    _ arguments: [String], product: String = "limbeck", in folder: URL,
    errors: FileHandle? = nil, keyboard: FileHandle? = nil, environment: [String: String] = [:]
  ) throws -> RunningCommand {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path(of: product))
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    return try RunningCommand(process, errors: errors, keyboard: keyboard)
  }

  /// Runs a product to its end.
  ///
  /// - Parameters:
  ///   - arguments: The command's arguments.
  ///   - product: The executable.
  ///   - folder: The working directory.
  /// - Returns: What it left behind.
  /// - Throws: Whatever kept it from starting.
  static func run(
    _ arguments: [String], product: String = "limbeck", in folder: URL
  ) throws -> Outcome {
    try start(arguments, product: product, in: folder).finish()
  }
}

/// A command that has been started.
final class RunningCommand {
  private let process: Process
  private let folder: Scratch

  init(_ process: Process, errors: FileHandle?, keyboard: FileHandle?) throws {
    self.process = process
    // Files rather than pipes: a full pipe would block the command.
    folder = try Scratch()
    for name in ["output", "errors"] { try folder.write("", to: name) }
    process.standardOutput = try FileHandle(
      forWritingTo: folder.url.appendingPathComponent("output"))
    process.standardError =
      try errors
      ?? FileHandle(forWritingTo: folder.url.appendingPathComponent("errors"))
    process.standardInput = keyboard ?? FileHandle.nullDevice
    try process.run()
  }

  /// Whether the command still works.
  var isRunning: Bool { process.isRunning }

  /// What standard error holds by now.
  var errors: String { String(decoding: (try? folder.read("errors")) ?? Data(), as: UTF8.self) }

  /// Presses Ctrl-C.
  func interrupt() { process.interrupt() }

  /// Ends the command at once, without a chance to save anything.
  func kill() { _ = Glibc.kill(process.processIdentifier, SIGKILL) }

  /// Waits until something is so, for half a minute at most.
  func wait(until condition: () -> Bool) {
    for _ in 0..<3000 where process.isRunning && !condition() {
      Thread.sleep(forTimeInterval: 0.01)
    }
  }

  /// Waits for the end.
  func finish() throws -> CommandLineTool.Outcome {
    process.waitUntilExit()
    return CommandLineTool.Outcome(
      status: process.terminationStatus,
      output: String(decoding: try folder.read("output"), as: UTF8.self),
      errors: errors)
  }
}

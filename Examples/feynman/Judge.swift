import Foundation

/// `check.py`, which decides by SymPy.
enum Judge {
  /// Why the judge cannot be heard.
  enum Failure: Error, CustomStringConvertible {
    /// The script is not where it should be.
    case noScript(String)

    /// The script ended with an error.
    case failed(Int32)

    var description: String {
      switch self {
      case .noScript(let path):
        "there is no '\(path)' here; run from the root of the package, or judge the results with it "
          + "yourself"
      case .failed(let status):
        "check.py ended with status \(status); it needs python3 with sympy and numpy"
      }
    }
  }

  /// Judges a file of results and prints what comes of it.
  ///
  /// - Parameter results: The file.
  /// - Throws: ``Failure``, or an error of the system if there is no `python3`.
  static func run(results: String) throws {
    let script = "Examples/feynman/check.py"
    guard FileManager.default.fileExists(atPath: script) else { throw Failure.noScript(script) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", script, results]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure.failed(process.terminationStatus) }
  }
}

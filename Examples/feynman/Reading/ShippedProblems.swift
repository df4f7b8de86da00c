import Foundation
import Limbeck

/// The files of problems that belong to the benchmark.
package enum ShippedProblems: String, CaseIterable {
  case feynman
  case nguyen
  case keijzer
  case vladislavleva
  case pagie
  case livermore
  case strogatz
  case empirical
  case heldOut = "held-out"

  /// The file as text.
  private var text: String {
    let bytes =
      switch self {
      case .feynman: PackageResources.feynman_problems
      case .nguyen: PackageResources.nguyen_problems
      case .keijzer: PackageResources.keijzer_problems
      case .vladislavleva: PackageResources.vladislavleva_problems
      case .pagie: PackageResources.pagie_problems
      case .livermore: PackageResources.livermore_problems
      case .strogatz: PackageResources.strogatz_problems
      case .empirical: PackageResources.empirical_problems
      case .heldOut: PackageResources.held_out_problems
      }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The problems of the file.
  ///
  /// - Returns: In the file's order.
  /// - Throws: ``ProblemFileError`` if the file is malformed.
  package func problems() throws(ProblemFileError) -> [BenchmarkProblem] {
    try ProblemFile(parsing: text, name: "\(rawValue).problems").problems
  }
}

extension ProblemFile {
  /// The problems of a shipped set or of a file.
  ///
  /// - Parameter name: The name of a shipped set, or the path of a file.
  /// - Returns: The problems, in the file's order.
  /// - Throws: ``ProblemFileError``, or `FileError` if the file cannot be read.
  static func problems(of name: String) throws -> [BenchmarkProblem] {
    if let shipped = ShippedProblems(rawValue: name) { return try shipped.problems() }
    guard FileManager.default.fileExists(atPath: name) else {
      let known = ShippedProblems.allCases.map(\.rawValue)
      throw ProblemFileError.unknownFile(
        name, shipped: known, suggestion: Spelling.suggestion(for: name, among: known))
    }
    let bytes = try FileContents.read(name, limit: 1_000_000)
    return try ProblemFile(parsing: String(decoding: bytes, as: UTF8.self), name: name).problems
  }
}

import Foundation
import Limbeck

/// A directory of tables for other programs: what we search is what they search.
///
/// `tasks.jsonl` holds one line for each table, with the law and its ranges; `table` in it names a
/// `.npy` file of shape `[rows, columns]`, the target last.
struct TableDirectory {
  /// The directory.
  let path: String

  /// Writes tables.
  ///
  /// - Parameters:
  ///   - problems: The laws.
  ///   - conditions: How many rows, how noisy, how many other columns.
  ///   - seeds: The seeds, each of which makes one table for each law.
  /// - Throws: An error of the library or of the file system.
  func write(
    _ problems: [BenchmarkProblem], under conditions: Conditions, seeds: [Int]
  ) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let tasks = try ResultFile(path: path + "/tasks.jsonl")
    for seed in seeds {
      for problem in problems {
        let observations = try Observations(of: problem, under: conditions, seed: seed)
        let table = observations.table
        let name = "\(problem.id)-\(seed).npy"
        let values = (0..<table.rowCount).flatMap { row in table.columns.map { $0[row] } }
        try NumpyArray(StoredTensor(values, shape: [table.rowCount, table.names.count]))
          .write(to: path + "/" + name)
        try tasks.append(
          .object(
            problem.members(observations, seed: seed) + [
              .init("table", .string(name)),
              .init("columns", .array(table.names.map { .string($0) })),
            ]))
      }
    }
  }
}

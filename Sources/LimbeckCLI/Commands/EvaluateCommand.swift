import ArgumentParser
import Foundation
import Limbeck

/// `limbeck evaluate`: a trained network's unknowns and their derivatives at given points.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Evaluate a trained network and its derivatives at points.",
    usage: "limbeck evaluate [<options>] <run> --at <table>",
    discussion: """
      limbeck evaluate runs/heat --at points.csv --fields u,u_x,u_xx

      Prints a table of the variables and the fields as CSV. --out names a CSV file, or a directory \
      that gets values.csv.
      """)

  @Argument(help: ArgumentHelp("A run directory.", valueName: "run"))
  var directory: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A table with a column for each variable (.csv .npy .npz .h5).", valueName: "table"))
  var at: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What to evaluate, such as u,u_x,u_xx; the unknowns unless given.", valueName: "names"))
  var fields: String?

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if let names, names.isEmpty {
      throw ValidationError("'--fields' names nothing; give names such as u,u_x.")
    }
  }

  private var names: [String]? {
    fields?.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
  }

  func run() throws {
    let stored = try StoredRun(directory, for: .reading)
    let (problem, table) = (stored.recipe.problem, try Table(contentsOf: at))
    shared.console.warn(outside: try SamplePoints(table, path: at, in: problem).outsideCount)
    let result = try stored.solution.table(
      of: names ?? problem.unknowns, at: table, path: at, in: problem,
      threads: shared.threadCount)
    if let out = shared.out { try write(CSVDocument(result), to: out) }
    try Output.write(result.json, asJSON: shared.json) {
      // Every line of a CSV document is ended; so is the output.
      String(CSVDocument(result).text.dropLast())
    }
  }

  private func write(_ values: CSVDocument, to path: String) throws {
    let isFile = URL(fileURLWithPath: path).pathExtension == "csv"
    let file = isFile ? path : URL(fileURLWithPath: path).appendingPathComponent("values.csv").path
    if FileManager.default.fileExists(atPath: file) && !shared.force {
      throw ExistingFile(path: file)
    }
    if !isFile { try FileSystem.createDirectory(path) }
    try values.write(to: file)
  }
}

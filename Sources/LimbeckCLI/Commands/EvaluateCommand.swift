import ArgumentParser
import Limbeck

/// `limbeck evaluate`: a trained network's unknowns and their derivatives at given points.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Evaluate a trained network and its derivatives at points.")

  @Argument(help: ArgumentHelp("A run directory.", valueName: "run"))
  var directory: String

  @Option(name: .long, help: "A table with a column for each variable (.csv .npy .npz .h5).")
  var at: String

  @Option(
    name: .long, help: "What to evaluate, such as u,u_x,u_xx; the unknowns unless given.")
  var fields: String?

  @OptionGroup var shared: SharedOptions

  func run() throws {
    let directory = try RunDirectory.open(self.directory, for: .reading)
    let problem = try Recipe(contentsOf: try directory.path(of: .recipe)).problem
    let modelPath = try directory.path(of: .model)
    let solution = try TrainedNetwork(try SafetensorsFile(contentsOf: modelPath), path: modelPath)
    let points = try Table(contentsOf: at)
    let result = try solution.table(
      of: fields?.split(separator: ",").map { $0.filter { !$0.isWhitespace } } ?? problem.unknowns, at: points,
      path: at, in: problem, threads: shared.threadCount)
    if let out = shared.out {
      try AtomicFile.write(CSVDocument(result).text.utf8, to: out)
    }
    Output.write(result.json, asJSON: shared.json) { CSVDocument(result).text }
  }
}

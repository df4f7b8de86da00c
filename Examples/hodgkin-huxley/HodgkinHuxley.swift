import ArgumentParser
import Foundation
import Limbeck

/// The data of this example, and the figure of what a network has made of them.
///
/// ```
/// swift run -c release hodgkin-huxley data --out Examples/hodgkin-huxley
/// swift run -c release hodgkin-huxley figure runs/gate
/// ```
@main
struct HodgkinHuxley: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hodgkin-huxley",
    abstract: "Make the data of a nerve cell's gate, and draw what a network has made of them.",
    subcommands: [MakeData.self, DrawFigure.self])
}

/// Integrates the gate's equation and cuts the values into those to train on and those to test with.
struct MakeData: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Write train.csv, 400 of 500 values, and test.csv, the other 100.")

  @Option(help: ArgumentHelp("Where to.", valueName: "dir"))
  var out = "."

  @Option(help: ArgumentHelp("Decides which values are trained on.", valueName: "n"))
  var seed: UInt64 = 1

  func run() throws {
    let (times, values) = (Gate.times, try Gate.open(at: Gate.times))
    var stream = RandomStream(seed: seed)
    let order = stream.permutation(times.count)
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    for (name, rows) in [("train.csv", order[..<400]), ("test.csv", order[400...])] {
      let kept = rows.sorted()
      let table = Table(
        names: ["t", "m"], columns: [kept.map { times[$0] }, kept.map { values[$0] }])
      try CSVDocument(table).write(to: "\(out)/\(name)")
    }
  }
}

/// Draws voltage, gate and training, one below the other.
struct DrawFigure: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "figure", abstract: "Draw voltage, gate and training of a run as SVG.")

  @Argument(help: ArgumentHelp("A run directory of this example.", valueName: "run"))
  var directory: String

  @Option(help: ArgumentHelp("Where to.", valueName: "file"))
  var out = "gate.svg"

  func run() throws {
    let run = try RunDirectory.open(directory, for: .reading)
    let recipe = try Recipe(contentsOf: try run.path(of: .recipe))
    let problem = recipe.problem
    let modelPath = try run.path(of: .model)
    let solution = try TrainedNetwork(try SafetensorsFile(contentsOf: modelPath), path: modelPath)
    try solution.check(fits: recipe, path: modelPath)
    let history = try TrainingHistory(
      parsing: try run.read(.history), path: try run.path(of: .history))
    let times = Gate.times
    let network = FieldEvaluator(solution, points: [times], threads: 1)
      .values(of: .value(of: 0, in: problem), parameters: solution.parameters)
    let tested = try problem.reference.map { try Table(contentsOf: $0) }
    let time = CurvesFigure.Side("t, ms")
    let figure = CurvesFigure(
      "The gate of a nerve cell",
      [
        .init(
          horizontal: time, vertical: .init("voltage, mV"),
          [.init("V(t)", x: times, y: times.map(Gate.voltage))]),
        .init(
          horizontal: time, vertical: .init("open gates m"),
          [
            .init("true", x: times, y: try Gate.open(at: times)),
            .init("network", x: times, y: network, style: .broken),
          ]
            + (tested.map {
              [.init("tested", x: $0["t"] ?? [], y: $0["m"] ?? [], style: .dots)]
            } ?? [])),
        .init(
          horizontal: .init("step"), vertical: .init("loss", isLogarithmic: true),
          ([history.loss] + history.terms).map {
            .init(MathText($0.name), x: history.steps, y: $0.values)
          }
            + history.errors.map {
              .init("error, tested", x: history.steps, y: $0.values, style: .broken)
            }),
      ])
    try AtomicFile.write(try figure.rendered(as: .svg), to: out)
    print("wrote \(out): \(figure.summary)")
  }
}

import ArgumentParser
import Limbeck

/// `limbeck circuit`: the part of a network that does what the whole network does.
struct CircuitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "circuit",
    abstract: "Cut all weights that can be spared, and see whether the boundary has its own part.",
    usage: "limbeck circuit [<options>] <run>",
    discussion: """
      limbeck circuit runs/heat --tolerance 0.02

      Every weight is scored by what it contributes (integrated gradients), and weights are cut while \
      the damage stays within --tolerance: 0 is the whole network, 1 one without weights. Random \
      circuits of the same size, and the network without the circuit, stand beside it. Then the weights \
      that matter for the conditions are compared with those that matter for the equations. Writes \
      circuit.json, circuit-edges.csv and subnetworks.csv into the run, or into --out.
      """)

  @Argument(help: ArgumentHelp("A run directory.", valueName: "run"))
  var directory: String

  @Option(help: "What the circuit is to do as the whole network does.")
  var objective = CircuitObjective.solution

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("The damage that is allowed, between 0 and 1.", valueName: "share"))
  var tolerance = 0.05

  @Option(name: .long, help: "What a weight that is cut carries.")
  var substitute = LayeredGraph.Substitute.mean

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("About how many points to judge by.", valueName: "n"))
  var rows = 400

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    try LimitCheck.atLeast(16, rows, "--rows")
    // Each weight has a derivative at each point.
    try LimitCheck.atMost(10_000, rows, "--rows")
    guard tolerance > 0 && tolerance < 1 else {
      throw ValidationError("'--tolerance' is \(tolerance), but must lie between 0 and 1.")
    }
  }

  func run() throws {
    let stored = try StoredRun(directory, for: shared.studyPurpose)
    let problem = stored.recipe.problem
    let graph = try LayeredGraph(
      stored.solution, solving: problem, substitute: substitute, threads: shared.threadCount)
    var search = CircuitSearch(graph, solving: problem)
    search.rows = rows
    search.seed = UInt64(shared.seed ?? stored.recipe.training.seed)
    search.threads = shared.threadCount
    let report = try CircuitReport(search, objective: objective, tolerance: tolerance)
    let place = try shared.keep(in: stored) { try report.write(to: $0) }
    try Output.write(report.json, asJSON: shared.json) {
      report.text + "\n\ncircuit in \(place ?? directory)"
    }
  }
}

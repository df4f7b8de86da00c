import Foundation
import Limbeck

/// One thing that has to work on a machine, tried in a second or two.
struct SelfCheck: Sendable {
  /// What is tried.
  let name: String

  private let attempt: @Sendable () throws -> String?

  /// What became of a check.
  struct Outcome {
    /// What was tried.
    let name: String

    /// What went wrong; nil if nothing did.
    let failure: String?

    /// How long it took.
    let seconds: Double
  }

  /// Tries it.
  func run() -> Outcome {
    let start = DispatchTime.now().uptimeNanoseconds
    let failure: String?
    do {
      failure = try attempt()
    } catch {
      failure = "\(error)"
    }
    return Outcome(
      name: name, failure: failure,
      seconds: Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9)
  }

  /// All of them: what the main job does, in small.
  static let all = [
    SelfCheck(name: "a network solves the heat equation to 1e-3") {
      let error = try trained(threads: defaultThreadCount).summary.relativeL2[0].error
      guard let error, error < 1e-3 else { return "its error is \(error ?? .nan)" }
      return nil
    },
    SelfCheck(name: "one and two threads train to the same bits") {
      try trained(threads: 1).parameters == trained(threads: 2).parameters
        ? nil : "the weights differ"
    },
    SelfCheck(name: "the search finds x0^2 + 2.5382*cos(x3) - 0.5") {
      let sample = try TableSample(table, path: "a table", target: nil, rows: nil, seed: 1)
      let distiller = Distiller(
        table: sample.table, grammar: try Grammar(nameOrPath: "general"),
        budget: SearchBudget(seconds: 10, targetLoss: sample.roundingLoss),
        threads: defaultThreadCount)
      let best = try distiller.run().bestEquation
      guard let best, best.loss < 1e-20 else {
        return "it found \(best.map { "\($0.equation)" } ?? "nothing")"
      }
      return nil
    },
  ]

  private static func trained(
    threads: Int
  ) throws -> (summary: TrainingSummary, parameters: [Double]) {
    let recipe = try Recipe(parsing: RecipeTemplate.equation.text(named: "check"))
    var short = recipe
    short.training.time = nil
    short.training.steps = 60
    let trainer = try Trainer(short, threads: threads)
    return (trainer.summary(try trainer.run()), trainer.solution.parameters)
  }

  /// The table of PySR's introduction.
  private static var table: Table {
    var random = RandomStream(seed: 1)
    let columns = (0..<5).map { _ in (0..<100).map { _ in 4 * random.uniform() - 2 } }
    let target = (0..<100).map { row in
      2.5382 * cos(columns[3][row]) + columns[0][row] * columns[0][row] - 0.5
    }
    return Table(names: Table.defaultNames(count: 6), columns: columns + [target])
  }
}

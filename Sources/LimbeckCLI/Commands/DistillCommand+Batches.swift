import ArgumentParser
import Limbeck

extension DistillCommand {
  /// Searches side by side, each with its own budget, showing how many are done.
  ///
  /// - Parameters:
  ///   - distillers: The searches.
  ///   - things: What they differ by, such as `targets`.
  ///   - console: Where words go.
  /// - Returns: What was found, in the order of the searches.
  /// - Throws: `SearchError` if there is nothing to search.
  func runSideBySide(
    _ distillers: [Distiller], _ things: String, _ console: Console
  ) throws -> [Distillation] {
    let count = distillers.count
    console.say("searching equations for \(count) \(things) side by side")
    defer { console.clearLine() }
    return try Distiller.run(
      distillers, threads: shared.threadCount, shouldStop: { Interruption.isRequested },
      finished: { finished in
        console.progress {
          ProgressLine(
            activity: "searching", fraction: Double(finished) / Double(count),
            details: ["\(finished) of \(count) \(things)"])
        }
      }
    ).map { $0.choosing(by: select) }
  }

  /// Searches once for each seed and prints in how many searches the same equation was best.
  func distillRepeatedly(_ kind: InputKind, _ seeds: [Int], _ console: Console) throws {
    let distillations: [Distillation]
    switch kind {
    case .run:
      let stored = try StoredRun(input, for: .reading)
      var distiller = try plan(stored.recipe, target: columns.target.first)
        .distiller(for: stored.solution, threads: 1)
      distillations = try runSideBySide(
        seeds.map { seed in
          distiller.seed = seed
          return distiller
        }, "seeds", console)
    case .table:
      let table = try Table(contentsOf: input)
      distillations = try runSideBySide(
        try seeds.map { try distiller(of: table, columns.roles[0], seed: $0, threads: 1) },
        "seeds", console)
    case .recipe:
      // Each solution uses all threads by itself.
      distillations = try seeds.map { seed in
        try solver(seed: seed).run(console).choosing(by: select)
      }
    }
    let agreement = SeedAgreement(distillations)
    let json = JSONValue.object([
      .init("seeds", .array(seeds.map { .integer($0) })), .init("agreement", agreement.json),
      .init("searches", .array(distillations.map(\.json))),
    ])
    try Output.write(json, asJSON: shared.json) {
      if let export {
        return distillations.map { $0.source(export.style) }.joined(separator: "\n\n")
      }
      return agreement.table(of: distillations[0].target)
    }
    if Interruption.isSignalled { throw ExitCode(Failure.interrupted) }
    if agreement.groups.isEmpty { throw NoEquation() }
  }
}

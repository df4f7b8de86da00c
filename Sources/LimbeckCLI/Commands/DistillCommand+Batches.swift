import ArgumentParser
import Limbeck

extension DistillCommand {
  /// One search for each of several targets; nil for a single one.
  func batch(_ kind: InputKind, _ console: Console) throws -> [Distiller]? {
    let distillers: [Distiller]
    switch kind {
    case .recipe: return nil
    case .table:
      guard columns.targets.count > 1 else { return nil }
      let table = try Table(contentsOf: input)
      var said: Set<String> = []
      distillers = try columns.roles.map { roles in
        try distiller(of: table, roles, threads: 1, said: &said)
      }
    case .run:
      guard !columns.targets.isEmpty else { return nil }
      let stored = try StoredRun(input, for: .reading)
      let plans = try columns.targets.map { try plan(stored.recipe, target: $0) }
      guard plans.count > 1 || plans[0].layer != nil else { return nil }
      distillers = try plans.flatMap { plan in
        let distillers = try plan.distillers(for: stored.solution, threads: 1)
        if let layer = plan.layer, distillers.count < layer.neurons {
          console.say(
            "\(input): \(layer.neurons - distillers.count) of \(layer.neurons) neurons of "
              + "\(layer.name) are constant: left out")
        }
        return distillers
      }
    }
    let names = distillers.map(\.table.targetName.name)
    if let index = names.indices.first(where: { names[..<$0].contains(names[$0]) }) {
      throw ValidationError("'\(names[index])' is a target twice; name each target once.")
    }
    return distillers
  }

  /// Searches for several targets and prints what was found for each.
  func distillSideBySide(_ distillers: [Distiller], _ console: Console) throws {
    if resume, shared.out == nil { throw Self.missingDirectory }
    var distillers = distillers
    let directory = try shared.out.map {
      try BatchDirectory($0, for: &distillers, shared: shared, resuming: resume)
    }
    let names = distillers.map(\.table.targetName.name)
    let records = try record.open(for: names, isContinued: resume, force: shared.force)
    let distillations = try runSideBySide(
      distillers, names, "targets", console, directory: directory, records: records)
    let common = SharedSubexpressions(distillations)
    let json = JSONValue.object([
      .init("targets", .array(distillations.map(\.json))), .init("shared", common.json),
    ])
    try directory?.finish(json)
    try Output.write(json, asJSON: shared.json) {
      if let export {
        return distillations.map { $0.source(export.style) }.joined(separator: "\n\n")
      }
      let place = directory.map { ["", "equations in \($0.path), a directory for each target"] }
      return (distillations.map(\.line) + common.lines + (place ?? [])).joined(separator: "\n")
    }
    if Interruption.isSignalled { throw ExitCode(Failure.interrupted) }
    if distillations.allSatisfy(\.explainsNothing) { throw NoEquation() }
  }

  /// Searches once for each seed and prints in how many searches the same equation was best.
  func distillRepeatedly(_ kind: InputKind, _ seeds: [Int], _ console: Console) throws {
    let distillations: [Distillation]
    switch kind {
    case .run, .table:
      // A table is prepared once: every seed sees the same rows.
      var distiller = try kind == .run ? runDistiller() : tableDistiller(threads: 1)
      let distillers = seeds.map { seed in
        distiller.seed = seed
        return distiller
      }
      distillations = try runSideBySide(
        distillers, seeds.map { "seed \($0)" }, "seeds", console)
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

  /// The search for equations of the one target of a run that is asked for.
  private func runDistiller() throws -> Distiller {
    let stored = try StoredRun(input, for: .reading)
    return try plan(stored.recipe, target: columns.targets.first)
      .distiller(for: stored.solution, threads: 1)
  }

  /// Searches side by side, each with its own budget, showing how they go.
  ///
  /// - Parameters:
  ///   - distillers: The searches.
  ///   - names: What each is for.
  ///   - things: What they differ by, such as `targets`.
  ///   - console: Where words go.
  ///   - directory: Where the results are kept, nil for nowhere.
  ///   - records: What is written of each search; empty for nothing.
  /// - Returns: What was found, in the order of the searches.
  /// - Throws: `SearchError` if there is nothing to search.
  private func runSideBySide(
    _ distillers: [Distiller], _ names: [String], _ things: String, _ console: Console,
    directory: BatchDirectory? = nil, records: [SearchRecord] = []
  ) throws -> [Distillation] {
    let title = "searching equations for \(distillers.count) \(things) side by side"
    console.say(title)
    let monitor = BatchMonitor(
      console,
      panel: BatchPanel(
        title: title, threads: shared.threadCount, rows: names.map { BatchPanel.Row(name: $0) }),
      budget: distillers[0].budget, records: records)
    let screen = monitor.openScreen()
    defer {
      screen?.close()
      monitor.close()
    }
    let select = select
    return try Distiller.run(
      distillers, threads: shared.threadCount,
      shouldStop: { Interruption.isRequested || directory?.hasFailed ?? false },
      report: { monitor.report($0, $1) },
      finished: { index, distillation in
        let chosen = distillation.choosing(by: select)
        directory?.keep(chosen, of: index)
        monitor.finish(index, chosen)
      }
    ).map { $0.choosing(by: select) }
  }
}

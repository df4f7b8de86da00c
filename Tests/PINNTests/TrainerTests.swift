import Foundation
import PINN
import RunStore
import Symbolic
import Tensors
import Testing

@Suite("Trainer")
struct TrainerTests {
  private func recipe(_ training: String, network: String = "{hidden: [8, 8]}") throws -> Recipe {
    try Recipe(parsing: heatProblem + "network: \(network)\ntraining: \(training)\n")
  }

  private let small = "points: {interior: 200, conditions: 30}, validation: 20"

  @Test func `Levenberg-Marquardt solves the heat equation in a few steps`() throws {
    let trainer = try Trainer(try recipe("{steps: 60, \(small)}"), threads: 2)
    var records: [TrainingRecord] = []
    #expect(try trainer.run(report: { records.append($0) }) == .steps)
    #expect(records.count == 60)
    let summary = trainer.summary(.steps)
    // Adam needs thousands of epochs for 1e-2; the prototype reached 1e-4 in about sixty steps.
    #expect(try #require(summary.relativeL2[0].error) < 1e-3)
    #expect(summary.residualRMS.count == 1 && summary.conditionRMS.count == 3)
    for record in records {
      #expect(abs(record.terms.reduce(0, +) - record.loss) <= 1e-12 * record.loss)
    }
  }

  @Test("Adam lowers the loss in both precisions", arguments: ["single", "double"])
  func adam(precision: String) throws {
    let text =
      "{optimizer: adam, steps: 400, learning_rate: 0.01, precision: \(precision), \(small)}"
    let trainer = try Trainer(try recipe(text), threads: 1)
    var losses: [Double] = []
    _ = try trainer.run(report: { losses.append($0.loss) })
    #expect(losses.count == 4)
    #expect(losses[3] < 0.2 * losses[0])
  }

  @Test(
    "a resumed training is bit-identical to one that was never stopped",
    arguments: [
      "steps: %, points: {interior: 200, conditions: 30}",
      "steps: %, resample: 7, points: {interior: 200, conditions: 30, sampler: latin}",
      "optimizer: adam, steps: %00, precision: single, points: {interior: 100, conditions: 20}",
      "optimizer: soap, steps: %0, points: {interior: 100, conditions: 20}",
      "optimizer: lbfgs, steps: %, resample: 7, points: {interior: 100, conditions: 20}",
      "optimizer: ssbroyden, steps: %, points: {interior: 100, conditions: 20}",
      "optimizer: adam 3 then ssbroyden 7 then lm, steps: %, points: {interior: 100, conditions: 20}",
    ])
  func resume(settings: String) throws {
    func trained(_ steps: String, from checkpoint: Checkpoint? = nil) throws -> Checkpoint {
      let text = "{\(settings.replacingOccurrences(of: "%", with: steps)), validation: 10}"
      let trainer = try Trainer(try recipe(text), threads: 2, resuming: checkpoint)
      _ = try trainer.run()
      return trainer.checkpoint
    }
    let whole = try trained("16")
    // Through the file's bytes, as a resumed command reads them.
    let half = try Checkpoint(parsing: try trained("5").encoded)
    let resumed = try trained("16", from: half)
    #expect(resumed.parameters == whole.parameters)
    #expect(resumed.step == whole.step)
    #expect(half.parameters != whole.parameters)
  }

  @Test(
    "the number of threads changes no bit",
    arguments: ["auto", "adam", "soap", "lbfgs", "ssbroyden", "lm"])
  func threads(optimizer: String) throws {
    let parameters = try [1, 2, 4].map { threads in
      let trainer = try Trainer(
        try recipe("{optimizer: \(optimizer), steps: 8, \(small)}"), threads: threads)
      _ = try trainer.run()
      return trainer.checkpoint.parameters
    }
    #expect(parameters[0] == parameters[1] && parameters[0] == parameters[2])
  }

  @Test func `stages follow each other`() throws {
    let trainer = try Trainer(
      try recipe("{optimizer: adam 20 then lbfgs 30 then lm 10, \(small)}"), threads: 1)
    var methods: [String] = []
    #expect(try trainer.run(report: { methods.append($0.method.rawValue) }) == .steps)
    #expect(trainer.checkpoint.step == 60)
    // Three looks at L-BFGS, one at each step of LM.
    #expect(methods == ["lbfgs", "lbfgs", "lbfgs"] + Array(repeating: "lm", count: 10))
    #expect(trainer.summary(.steps).optimizer.description == "adam 20 then lbfgs 30 then lm 10")
  }

  @Test func `a stage that stalls gives way to the next one`() throws {
    let text =
      "{optimizer: adam 5000 then lm, learning_rate: 1e-12, patience: 2, steps: 302, \(small)}"
    let trainer = try Trainer(try recipe(text), threads: 1)
    var last: TrainingRecord?
    #expect(try trainer.run(report: { last = $0 }) == .steps)
    // One look to compare with and two without gain.
    #expect(last?.step == 302 && last?.method == .levenbergMarquardt)
  }

  @Test func `what is best before a training diverges can be stored`() throws {
    // No network keeps its values for long at this rate: the loss overflows after a few hundred steps.
    let text =
      "{optimizer: adam, learning_rate: {start: 1e-3, decay: exponential, factor: 1e9, every: 50}, "
      + "steps: 5000, \(small)}"
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let run = try TrainingRun(
      try recipe(text), in: try RunDirectory.create(at: path), resuming: false, threads: 1)
    #expect(!run.isKept)
    var best = Double.infinity
    #expect(throws: TrainingError.self) {
      _ = try run.run(shouldStop: { false }, report: { best = min(best, $0.heldOutLoss) })
    }
    #expect(run.isKept)
    let stored = try Checkpoint(
      parsing: Array(try Data(contentsOf: URL(fileURLWithPath: path + "/checkpoint/state.json"))))
    #expect(!stored.parameters.contains { !$0.isFinite })
    let resumed = try Trainer(try recipe(text), threads: 1, resuming: stored)
    // The rate has exploded by the first record, at step 100: the best place was before it.
    #expect(resumed.summary(.steps).loss < best)
  }

  @Test func `an ensemble tells the middle, the ends and the spread`() throws {
    let recipe = try recipe("{steps: 15, \(small)}")
    var ensemble = Ensemble(recipe)
    var networks: [TrainedNetwork] = []
    for seed in [3, 1, 2] {
      var member = recipe
      member.training.seed = seed
      let trainer = try Trainer(member, threads: 1)
      let summary = trainer.summary(try trainer.run())
      networks.append(trainer.solution)
      ensemble.add(seed: seed, trainer.solution, summary)
    }
    #expect(ensemble.spread == [nil])
    ensemble.measureSpread(threads: 2)
    let errors = ensemble.members.compactMap { $0.summary.relativeL2[0].error }.sorted()
    let extent = try #require(ensemble.relativeL2[0])
    #expect([extent.minimum, extent.median, extent.maximum] == errors)
    // The standard deviation over the seeds, point by point.
    let grid = ValidationGrid(recipe.problem, side: 20).columns
    let values = networks.map { network in
      FieldEvaluator(network: network.network, points: grid, threads: 1).values(
        of: .value(of: 0, in: recipe.problem), parameters: network.parameters)
    }
    let means = grid[0].indices.map { p in (values[0][p] + values[1][p] + values[2][p]) / 3 }
    let deviations = values.map { zip($0, means).map { $0 - $1 } }.flatMap { $0 }
    let expected =
      (Statistics.sum(deviations.map { $0 * $0 }) / 2 / Statistics.sum(means.map { $0 * $0 }))
      .squareRoot()
    // The same sums in another order.
    #expect(abs(try #require(ensemble.spread[0]) - expected) < 1e-12 * expected)
  }

  @Test("quasi-Newton methods outrun Adam", arguments: ["lbfgs", "ssbroyden"])
  func quasiNewton(optimizer: String) throws {
    let trainer = try Trainer(
      try recipe("{optimizer: \(optimizer), steps: 200, \(small)}"), threads: 2)
    _ = try trainer.run()
    // Adam needs thousands of steps for 1e-2.
    #expect(try #require(trainer.summary(.steps).relativeL2[0].error) < 1e-2)
  }

  @Test func `another seed gives another network`() throws {
    let networks = try [1, 2].map { seed in
      let trainer = try Trainer(try recipe("{steps: 1, seed: \(seed), \(small)}"), threads: 1)
      _ = try trainer.run()
      return trainer.solution
    }
    #expect(networks[0] != networks[1])
  }

  @Test func `limits end a training and say which`() throws {
    #expect(try Trainer(try recipe("{steps: 3, \(small)}")).run() == .steps)
    #expect(try Trainer(try recipe("{time: 0.01, \(small)}")).run() == .time)
    #expect(try Trainer(try recipe("{steps: 500, target: 0.05, \(small)}")).run() == .target)
    #expect(
      try Trainer(try recipe("{steps: 500, \(small)}")).run(shouldStop: { true }) == .interrupted)
    let stuck = "{optimizer: adam, learning_rate: 1e-12, steps: 5000, patience: 3, \(small)}"
    #expect(try Trainer(try recipe(stuck)).run() == .patience)
  }

  @Test func `a pole in the domain is reported with the term it spoils`() throws {
    let recipe = try Recipe(
      parsing: """
        problem:
          variables: {x: [0, 1]}
          unknowns: [u]
          equations: ["u_x - log(x - 2)"]
          conditions: [{at: "x = 0", equation: "u"}]
        training: {steps: 5}
        """)
    #expect(throws: TrainingError.diverged(step: 0, term: "equation 1")) {
      try Trainer(recipe).run()
    }
  }

  @Test func `a pole between the points that are trained on is reported as well`() throws {
    // The root is undefined on [0, 0.02), which none of four grid points touches.
    let recipe = try Recipe(
      parsing: """
        problem:
          variables: {x: [0, 1]}
          unknowns: [u]
          equations: ["u_x - sqrt(x - 0.02)"]
          conditions: [{at: "x = 0", equation: "u"}]
        training: {steps: 5, points: {interior: 400, conditions: 1, sampler: grid}}
        """)
    var sparse = recipe
    sparse.training.interiorPoints = 20
    #expect(throws: TrainingError.self) { try Trainer(sparse).run() }
    #expect(throws: TrainingError.diverged(step: 0, term: "equation 1")) {
      try Trainer(recipe).run()
    }
  }

  @Test func `points that have nothing more to teach give way to new ones`() throws {
    // Two points are fitted exactly within a few steps, long before the thousand of an epoch.
    let text =
      "{steps: 60, resample: 1000, validation: 20, points: {interior: 2, conditions: 2}}"
    let trainer = try Trainer(try recipe(text), threads: 1)
    #expect(try trainer.run() == .steps)
    #expect(trainer.checkpoint.step == 60)
  }

  @Test func `jets and matrices that are too large are refused, not attempted`() throws {
    func problem(_ equations: String) throws -> Recipe {
      try Recipe(
        parsing: """
          problem:
            variables: {a: [0, 1], b: [0, 1], c: [0, 1], d: [0, 1], e: [0, 1], f: [0, 1], g: [0, 1]}
            unknowns: [u]
            equations: \(equations)
            conditions: [{at: "a = 0", equation: "u"}]
          """)
    }
    // 1 + 7 · 2 + 21 · 4 = 99 channels.
    let pairs = "abcdefg".flatMap { p in "abcdefg".filter { $0 > p }.map { "u_\(p)\(p)\($0)\($0)" }
    }
    let crowded = try problem("[\"\(pairs.joined(separator: " + "))\"]")
    #expect(throws: TrainingError.self) { try Trainer(crowded) }
    var wide = try problem("[u_aa]")
    wide.network.hidden = [60_000, 60_000]
    let refusal = #expect(throws: TrainingError.self) { try Trainer(wide) }
    #expect(refusal?.description.contains("GB") ?? false)
  }

  @Test func `the exact solution may have a removable singularity`() throws {
    let recipe = try Recipe(
      parsing: """
        problem:
          variables: {x: [0, 3]}
          unknowns: [u]
          equations: ["x*u_x + u - cos(x)"]
          conditions: [{at: "x = 3", equation: "u - sin(3)/3"}]
          exact: {u: "sin(x)/x"}
        network: {hidden: [8]}
        training: {steps: 40, points: {interior: 60}, validation: 40}
        """)
    let trainer = try Trainer(recipe)
    _ = try trainer.run()
    #expect(try #require(trainer.summary(.steps).relativeL2[0].error) < 1e-3)
  }

  @Test func `what cannot be trained is refused before anything is done`() throws {
    #expect(throws: TrainingError.self) {
      try Trainer(try recipe("{optimizer: lm, precision: single}"))
    }
  }

  @Test func `a checkpoint of another recipe is refused`() throws {
    let trainer = try Trainer(try recipe("{steps: 1, \(small)}"))
    _ = try trainer.run()
    let other = try recipe("{steps: 1, seed: 2, \(small)}")
    #expect(throws: TrainingError.checkpointMismatch) {
      try Trainer(other, resuming: trainer.checkpoint)
    }
  }

  @Test func `measurements take the place of conditions`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let data = folder.appendingPathComponent("data.csv")
    // u = 2 exp(−x), known at one point only: u' = −u does the rest.
    try "x,u\n0,2\n".write(to: data, atomically: false, encoding: .utf8)
    let recipe = try Recipe(
      parsing: """
        problem:
          variables: {x: [0, 1]}
          unknowns: [u]
          equations: ["u_x + u"]
          data: {file: "\(data.path)", weight: 10}
          exact: {u: "2*exp(-x)"}
        network: {hidden: [8]}
        training: {steps: 40, points: {interior: 50}, validation: 50}
        """)
    let trainer = try Trainer(recipe)
    _ = try trainer.run()
    #expect(try #require(trainer.summary(.steps).relativeL2[0].error) < 1e-5)
  }
}

@Suite("Stored networks")
struct TrainedNetworkTests {
  private func solution() throws -> TrainedNetwork {
    let recipe = try Recipe(
      parsing: """
        problem:
          variables: {x: [0, 1]}
          unknowns: [u]
          equations: ["u_x + u"]
          conditions: [{at: "x = 0", equation: "u - 1"}]
        network: {hidden: [3, 2], activation: gelu}
        training: {steps: 2}
        """)
    let trainer = try Trainer(recipe, threads: 1)
    _ = try trainer.run()
    return trainer.solution
  }

  @Test func `a network survives its file`() throws {
    let solution = try solution()
    let file = try SafetensorsFile(parsing: try solution.safetensors.serialized, path: "m")
    #expect(file.tensors["layer1.weight"]?.shape == [2, 3])
    #expect(try TrainedNetwork(file, path: "m") == solution)
  }

  @Test func `files that do not fit are refused by name`() throws {
    var file = try solution().safetensors
    file.tensors["layer0.bias"] = StoredTensor([1.0, 2], shape: [2])
    #expect(
      throws: ModelError.badShape(path: "m", name: "layer0.bias", found: [2], expected: [3])
    ) { try TrainedNetwork(file, path: "m") }
    file.tensors["layer0.bias"] = nil
    #expect(throws: ModelError.missingTensor(path: "m", name: "layer0.bias")) {
      try TrainedNetwork(file, path: "m")
    }
    file.tensors["layer0.bias"] = StoredTensor([1, Double.nan, 2], shape: [3])
    #expect(throws: ModelError.notFinite(path: "m", name: "layer0.bias")) {
      try TrainedNetwork(file, path: "m")
    }
    file.metadata["architecture"] = "{\"hidden\": [1000000000]}"
    #expect(throws: ModelError.badArchitecture(path: "m")) { try TrainedNetwork(file, path: "m") }
    file.metadata = [:]
    #expect(throws: ModelError.noArchitecture(path: "m")) { try TrainedNetwork(file, path: "m") }
  }
}

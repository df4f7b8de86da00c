import Foundation
import Limbeck

/// What studies of activations cost: ablations of every neuron, and ridge probes beside scikit-learn's.
enum ProbeBenchmark {
  /// Prints both tables.
  static func print() throws {
    try printSweep()
    try printRidge(rows: 10_000, columns: 64, repetitions: 7)
    Swift.print("the same, scikit-learn's RidgeCV  \(peer ?? "not installed")")
    try printRidge(rows: 100_000, columns: 512, repetitions: 3)
  }

  /// Every neuron of a 2-64x4-1 network on 100 x 100 points, effect on u, the equation and four conditions.
  private static func printSweep() throws {
    let problem = try Recipe(parsing: PoissonRecipe.problem).problem
    let network = Network(
      hidden: [64, 64, 64, 64], outputs: 1, lower: [0, 0], upper: [1, 1])
    var random = RandomStream(seed: 1)
    let solution = TrainedNetwork(
      network: network, parameters: network.initialParameters(random: &random),
      variables: ["x", "y"], unknowns: ["u"])
    for threads in [1, 2] {
      let study = try InterventionStudy(solution, solving: problem, rows: 10_000, threads: threads)
      func sweep() { for site in network.sites { _ = study.sweep(site, by: .zero) } }
      var computed = 0.0
      let passed = Stopwatch.seconds { computed = Stopwatch.processorSeconds(sweep) }
      Swift.print(
        "sweep of 256 neurons, 10,000 points  \(threads) threads  \(NumberFormat.short(passed)) s, "
          + "processor \(NumberFormat.short(computed)) s")
    }
  }

  /// Eleven penalties by generalised cross-validation, five targets.
  private static func printRidge(rows: Int, columns: Int, repetitions: Int) throws {
    var random = RandomStream(seed: 2)
    let activations = Matrix<Double>(
      rows: rows, columns: columns,
      elements: (0..<rows * columns).map { _ in tanh(random.normal()) })
    let targets = (0..<5).map { t in
      (0..<rows).map { activations[$0, t] * activations[$0, t + 1] + 0.1 * random.normal() }
    }
    let ridge = ProbeKind.ridge(penalties: (-8...2).map { pow(10, Double($0)) })
    for threads in [1, 2] {
      var failure: (any Error)?
      let times = (0..<repetitions).map { _ in
        Stopwatch.seconds {
          do {
            let design = try FactoredDesign(
              activations, targets: targets, rows: Array(0..<rows), threads: threads)
            for target in targets.indices { _ = design.probe(ridge, target: target) }
          } catch {
            failure = error
          }
        }
      }
      if let failure { throw failure }
      Swift.print(
        "ridge \(rows) x \(columns), 11 penalties, 5 targets  \(threads) threads  "
          + "\(NumberFormat.short(1e3 * (Statistics.median(times) ?? .nan))) ms")
    }
  }

  /// scikit-learn's time for the same work; nil where it cannot be imported.
  private static var peer: String? {
    let script = """
      import time, numpy as np
      from sklearn.linear_model import RidgeCV
      r = np.random.default_rng(2)
      a = np.tanh(r.standard_normal((10000, 64)))
      y = np.stack([a[:, t] * a[:, t + 1] for t in range(5)], 1)
      model = RidgeCV(alphas=np.logspace(-8, 2, 11), alpha_per_target=True)
      times = []
      for _ in range(5):
          start = time.perf_counter()
          model.fit(a, y)
          times.append(time.perf_counter() - start)
      print(round(1e3 * sorted(times)[2], 1), "ms")
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return process.terminationStatus == 0
      ? text.trimmingCharacters(in: .whitespacesAndNewlines) : nil
  }
}

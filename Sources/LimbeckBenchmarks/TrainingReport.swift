import Limbeck

/// What training steps cost: beside the arithmetic peak, on two threads, and with many points.
enum TrainingReport {
  /// Prints all tables.
  static func print() throws {
    try printSteps(Float.self)
    try printSteps(Double.self)
    try printThreads(Float.self)
    try printThreads(Double.self)
    try printScaling(Float.self)
    try printScaling(Double.self)
    try printSecondOrder()
  }

  /// The median step in milliseconds of processor time, on one thread.
  static func milliseconds<Scalar: BenchmarkedScalar>(
    _: Scalar.Type, interior: Int, boundary: Int, steps: Int
  ) throws -> Double {
    var step = try PoissonStep<Scalar>(interior: interior, boundary: boundary, threads: 1)
    let times = step.times(steps, by: Stopwatch.processorSeconds)
    return 1e3 * (Statistics.median(times) ?? .nan)
  }

  private static func printSteps<Scalar: BenchmarkedScalar>(_: Scalar.Type) throws {
    let peak = ArithmeticPeak.measure(Scalar.self)
    row(Scalar.name, "arithmetic peak", number(peak * 1e-9), "GFLOP/s")
    for (interior, boundary, steps) in [(1000, 200, 60), (10_000, 400, 12)] {
      var step = try PoissonStep<Scalar>(interior: interior, boundary: boundary, threads: 1)
      let times = step.times(steps, by: Stopwatch.processorSeconds)
      let seconds = Statistics.median(times) ?? .nan
      let rate = step.operations / seconds
      row(
        Scalar.name, "\(interior) + \(boundary) points", number(seconds * 1e3), "ms a step",
        number(rate * 1e-9), "GFLOP/s", "\(Int((100 * rate / peak).rounded())) % of the peak")
    }
  }

  private static func printThreads<Scalar: BenchmarkedScalar>(_: Scalar.Type) throws {
    for (interior, boundary, rounds) in [(1000, 200, 40), (10_000, 400, 8)] {
      var one = try PoissonStep<Scalar>(interior: interior, boundary: boundary, threads: 1)
      var two = try PoissonStep<Scalar>(interior: interior, boundary: boundary, threads: 2)
      let times = alternate(rounds: rounds, { one.take() }, { two.take() })
      row(
        Scalar.name, "\(interior) + \(boundary) points", "two threads",
        number(times.first / times.second), "times as fast as one")
    }
  }

  private static func printScaling<Scalar: BenchmarkedScalar>(_: Scalar.Type) throws {
    for power in 3...6 {
      let points = (0..<power).reduce(1) { product, _ in product * 10 }
      let before = ProcessMemory.residentMegabytes
      var step = try PoissonStep<Scalar>(interior: points, boundary: points / 5, threads: 1)
      let prepared = ProcessMemory.residentMegabytes
      let times = step.times(max(2, 20_000 / points), by: Stopwatch.processorSeconds)
      let seconds = Statistics.median(times) ?? .nan
      let stepped = ProcessMemory.residentMegabytes
      row(
        Scalar.name, "\(points) + \(points / 5) points", number(seconds / Double(points) * 1e6),
        "us a point", number(prepared - before), "MB for the points",
        number(max(0, stepped - prepared)), "MB for steps")
    }
  }

  private static func printSecondOrder() throws {
    let poisson = try PoissonStep<Double>(interior: 1000, boundary: 200, threads: 1)
    try printSecondOrder("Poisson 2-64x4-1, 1000 + 200 points", poisson.system, poisson.parameters)
    let recipe = try Recipe(
      parsing: """
        problem:
          variables: {x: [-1, 1], t: [0, 1]}
          unknowns: [u]
          equations: ["u_t + u*u_x - 0.01/pi*u_xx"]
          conditions:
            - {at: "t = 0", equation: "u + sin(pi*x)"}
            - {at: "x = -1", equation: "u"}
            - {at: "x = 1", equation: "u"}
        network: {hidden: [20, 20, 20]}
        training: {optimizer: lm, points: {interior: 8000, conditions: 200}}
        """)
    var random = RandomStream(seed: 1)
    let parameters = recipe.makeNetwork().initialParameters(random: &random)
    let system: ResidualSystem<Double> = try recipe.makeSystem(
      random, threads: 1, sampler: .sobol, measurements: nil)
    try printSecondOrder("Burgers 2-20x3-1, 8000 + 600 points", system, parameters)
  }

  /// The parts of a Levenberg-Marquardt step.
  private static func printSecondOrder(
    _ name: String, _ system: ResidualSystem<Double>, _ parameters: [Double]
  ) throws {
    func milliseconds(_ work: () -> Void) -> String {
      number(
        1e3 * (Statistics.median((0..<5).map { _ in Stopwatch.processorSeconds(work) }) ?? .nan))
    }
    let isWide = system.residualCount < system.parameterCount
    let products = milliseconds {
      if isWide {
        _ = system.sampleProducts(at: parameters)
      } else {
        _ = system.normalEquations(at: parameters)
      }
    }
    var gram =
      isWide
      ? system.sampleProducts(at: parameters).gram : system.normalEquations(at: parameters).gram
    for i in 0..<gram.rows { gram[i, i] += 1 }
    row(
      name, "Jacobian and products", products, "ms, factor",
      milliseconds { _ = try? Cholesky(gram) }, "ms, curvature along a step",
      milliseconds { _ = system.secondDerivative(along: parameters, at: parameters) },
      "ms, residuals", milliseconds { _ = system.residuals(at: parameters) }, "ms")
  }

  private static func number(_ value: Double) -> String { NumberFormat.short(value) }

  private static func row(_ cells: String...) { Swift.print(cells.joined(separator: "  ")) }
}

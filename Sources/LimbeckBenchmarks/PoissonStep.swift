import Limbeck

/// A training step of Poisson's equation with a 2-64×4-1 tanh network: loss, gradient and an update.
struct PoissonStep<Scalar: BenchmarkedScalar> {
  /// Number of points inside, and of points on the boundary.
  let interior, boundary: Int

  /// The residuals.
  let system: ResidualSystem<Scalar>

  /// The network's parameters.
  private(set) var parameters: [Double]

  private var adam: Adam

  /// Prepares a problem.
  ///
  /// - Parameters:
  ///   - interior: Number of points inside the square.
  ///   - boundary: Number of points on its sides together, a multiple of 4.
  ///   - threads: Number of threads.
  /// - Throws: What a recipe that makes no sense throws; this one makes sense.
  init(interior: Int, boundary: Int, threads: Int) throws {
    let recipe = try Recipe(
      parsing: PoissonRecipe.problem + """
        network: {hidden: [64, 64, 64, 64]}
        training:
          optimizer: adam
          points: {interior: \(interior), conditions: \(boundary / 4), sampler: sobol}
        """)
    self.interior = interior
    self.boundary = boundary
    var random = RandomStream(seed: 1)
    parameters = recipe.makeNetwork().initialParameters(random: &random)
    adam = Adam(parameterCount: parameters.count)
    system = try recipe.makeSystem(random, threads: threads, sampler: .sobol, measurements: nil)
  }

  /// Multiplications and additions of the products that loss and gradient need.
  ///
  /// Each layer has three: forward, by its weights and by its inputs; the first one has no third. A point
  /// inside has four channels, u, u_x, u_y and Δu; one on the boundary u alone. Activations are not
  /// counted, so that no implementation reaches the arithmetic peak.
  var operations: Double {
    let weights = 3 * 64 * 64 + 64
    let columns = 4 * interior + boundary
    return Double(2 * columns * (3 * weights + 2 * 2 * 64))
  }

  /// Takes a step.
  mutating func take() {
    let gradient = system.gradient(at: parameters).gradient
    adam.update(&parameters, gradient: gradient.map { 2 * $0 })
  }

  /// Seconds of single steps.
  ///
  /// - Parameters:
  ///   - count: Number of steps, after two that are not timed.
  ///   - clock: The clock.
  /// - Returns: One time for each step.
  mutating func times(_ count: Int, by clock: (() -> Void) -> Double) -> [Double] {
    for _ in 0..<2 { take() }
    return (0..<count).map { _ in clock { take() } }
  }
}

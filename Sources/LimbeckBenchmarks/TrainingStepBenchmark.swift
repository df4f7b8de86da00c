import Limbeck

/// Milliseconds of a gradient step of a Poisson problem, 2-64×4-1 tanh, 1000 + 200 points, on one
/// thread, beside the time of its matrix products alone in OpenBLAS.
///
/// The products are those of one forward and two backward passes over the jets' channels: what any
/// implementation has to do that computes exact derivatives.
enum TrainingStepBenchmark {
  static func measure() throws -> [Measurement] {
    [try measure(Float.self, "Float"), try measure(Double.self, "Double")]
  }

  private static func measure<Scalar: NetworkScalar>(
    _: Scalar.Type, _ name: String
  ) throws -> Measurement {
    let problem = try Recipe(
      parsing: """
        problem:
          variables: {x: [0, 1], y: [0, 1]}
          unknowns: [u]
          equations: ["u_xx + u_yy + 2*pi^2*sin(pi*x)*sin(pi*y)"]
          conditions:
            - {at: "x = 0", equation: "u"}
            - {at: "x = 1", equation: "u"}
            - {at: "y = 0", equation: "u"}
            - {at: "y = 1", equation: "u"}
        network: {hidden: [64, 64, 64, 64]}
        training: {optimizer: adam, points: {interior: 1000, conditions: 50}}
        """)
    let network = problem.makeNetwork()
    var random = RandomStream(seed: 1)
    var parameters = network.initialParameters(random: &random)
    let system: ResidualSystem<Scalar> = try problem.makeSystem(
      random, threads: 1, sampler: .sobol, measurements: nil)
    var adam = Adam(parameterCount: parameters.count)

    // Five channels of the interior's jets (1, x, y, x², y²) and one of the boundary's.
    let columns = 5 * 1000 + 200
    let a = AlignedBuffer<Scalar>(count: 64 * columns, repeating: 0.5)
    let b = AlignedBuffer<Scalar>(count: 64 * columns, repeating: 0)
    let w = AlignedBuffer<Scalar>(count: 64 * 64, repeating: 0.1)
    let times = alternate(rounds: 40) {
      let gradient = system.gradient(at: parameters).gradient
      adam.update(&parameters, gradient: gradient.map { 2 * $0 })
    } _: {
      for _ in 0..<3 {
        for transpose in [false, true] {
          Scalar.gemm(
            transposeA: transpose, transposeB: false, m: 64, n: columns, k: 64, alpha: 1,
            a: w.pointer, lda: 64, b: a.pointer, ldb: columns, beta: 0, c: b.pointer, ldc: columns)
        }
        Scalar.gemm(
          transposeA: false, transposeB: true, m: 64, n: 64, k: columns, alpha: 1, a: a.pointer,
          lda: columns, b: a.pointer, ldb: columns, beta: 0, c: w.pointer, ldc: 64)
        w.pointer.update(repeating: 0.1, count: 64 * 64)
      }
    }
    return Measurement(
      name: "PINN step 2-64x4-1 \(name)", unit: "ms", value: times.first * 1e3,
      oracle: "its products in OpenBLAS", oracleValue: times.second * 1e3,
      ratio: times.second / times.first)
  }
}

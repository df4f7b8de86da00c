import Limbeck

/// Milliseconds of a gradient step of a Poisson problem, 2-64×4-1 tanh, 1000 + 200 points, on one
/// thread, beside the time of its matrix products alone in OpenBLAS.
///
/// The products are those of one forward and two backward passes over the jets' channels: what any
/// implementation has to do that computes exact derivatives.
enum TrainingStepBenchmark {
  static func measure() throws -> [Measurement] {
    [try measure(Float.self), try measure(Double.self)]
  }

  private static func measure<Scalar: BenchmarkedScalar>(_: Scalar.Type) throws -> Measurement {
    var step = try PoissonStep<Scalar>(interior: 1000, boundary: 200, threads: 1)
    // Four channels of the interior's jets (u, u_x, u_y and Δu) and one of the boundary's.
    let columns = 4 * 1000 + 200
    let a = AlignedBuffer<Scalar>(count: 64 * columns, repeating: 0.5)
    let b = AlignedBuffer<Scalar>(count: 64 * columns, repeating: 0)
    let w = AlignedBuffer<Scalar>(count: 64 * 64, repeating: 0.1)
    let times = alternate(rounds: 40) {
      step.take()
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
      name: "PINN step 2-64x4-1 \(Scalar.name)", unit: "ms", value: times.first * 1e3,
      oracle: "its products in OpenBLAS", oracleValue: times.second * 1e3,
      ratio: times.second / times.first)
  }
}

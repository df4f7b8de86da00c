import CVectorMath
import Foundation
import Limbeck

/// Elements per second of the vector functions, beside a loop over the C library's scalar function.
enum VectorFunctionBenchmark {
  static func measure() -> [Measurement] {
    let level = Int32(InstructionSet.current.rawValue)
    guard let single = limbeck_functions_f32_at(level)?.pointee,
      let double = limbeck_functions_f64_at(level)?.pointee
    else { return [] }
    return [
      measure("tanh Float", single.tanh, tanhf), measure("exp Float", single.exp, expf),
      measure("sin Float", single.sin, sinf), measure("log Float", single.log, logf),
      measure("tanh Double", double.tanh, tanh), measure("exp Double", double.exp, exp),
      measure("sin Double", double.sin, sin), measure("log Double", double.log, log),
    ]
  }

  private static func measure<Scalar: TensorScalar>(
    _ name: String,
    _ function: (UnsafePointer<Scalar>, UnsafeMutablePointer<Scalar>, Int) -> Void,
    _ scalar: (Scalar) -> Scalar
  ) -> Measurement {
    // A first-level cache's worth of ordinary arguments.
    let count = 2048
    let repeats = 200
    var random = RandomStream(seed: 1)
    let x = AlignedBuffer<Scalar>(count: count, repeating: 1)
    let y = AlignedBuffer<Scalar>(count: count, repeating: 0)
    for i in 0..<count { x.pointer[i] = Scalar(random.uniform(0.01, 5)) }
    let times = alternate(rounds: 15) {
      for _ in 0..<repeats { function(x.pointer, y.pointer, count) }
    } _: {
      for i in 0..<count { y.pointer[i] = scalar(x.pointer[i]) }
    }
    let rate = Double(count * repeats) / times.first * 1e-6
    let scalarRate = Double(count) / times.second * 1e-6
    return Measurement(
      name: name, unit: "Melem/s", value: rate, oracle: "libm", oracleValue: scalarRate,
      ratio: rate / scalarRate)
  }
}

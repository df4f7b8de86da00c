import CVectorMath
import Limbeck

/// The most multiplications and additions per second that one core does, measured in registers.
enum ArithmeticPeak {
  /// Operations per second in one precision.
  static func measure<Scalar: BenchmarkedScalar>(_: Scalar.Type) -> Double {
    let rounds = 200_000
    let seconds = (0..<20).map { _ in
      Stopwatch.processorSeconds { Scalar.multiplyAndAdd(rounds: rounds) }
    }
    return Double(rounds * Scalar.operationsPerRound) / (seconds.min() ?? .nan)
  }
}

/// A precision whose arithmetic peak can be measured.
protocol BenchmarkedScalar: NetworkScalar {
  /// Its name in tables.
  static var name: String { get }

  /// Multiplications and additions of a round.
  static var operationsPerRound: Int { get }

  /// Multiplies and adds in registers alone.
  static func multiplyAndAdd(rounds: Int)
}

extension Float: BenchmarkedScalar {
  static let name = "Float"
  private static let kernels = limbeck_peak_f32_at(Int32(InstructionSet.current.rawValue))?.pointee
  static var operationsPerRound: Int { kernels?.operations ?? 0 }
  static func multiplyAndAdd(rounds: Int) { _ = kernels?.multiply_add(rounds) }
}

extension Double: BenchmarkedScalar {
  static let name = "Double"
  private static let kernels = limbeck_peak_f64_at(Int32(InstructionSet.current.rawValue))?.pointee
  static var operationsPerRound: Int { kernels?.operations ?? 0 }
  static func multiplyAndAdd(rounds: Int) { _ = kernels?.multiply_add(rounds) }
}

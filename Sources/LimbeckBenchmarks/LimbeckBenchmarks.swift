import ArgumentParser
import Foundation
import Limbeck

/// Prints what the kernels do per second, each figure beside an oracle measured in the same run.
@main
struct LimbeckBenchmarks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "limbeck-benchmarks",
    abstract: "Measure vector functions, the evaluator and training steps on one thread.")

  @Flag(name: .long, help: "Print one JSON document instead of a table.")
  var json = false

  @Option(
    name: .long,
    help: "Write the evaluator's formulas in postfix order into a directory and measure nothing.")
  var formulas: String?

  @Flag(
    name: .long,
    help: "Time the evaluator in single precision once and print node evaluations per second.")
  var evaluator = false

  @Flag(
    name: .long,
    help: "Time training steps alone: beside the arithmetic peak, on two threads, with many points."
  )
  var training = false

  @Flag(
    name: .long,
    help: "Time ablations of every neuron, and ridge probes beside scikit-learn's.")
  var probes = false

  @Flag(name: .long, help: "Time a figure in every format.")
  var drawing = false

  @Option(
    name: .long,
    help: """
      Time training steps with this number of points inside and print the median milliseconds, in \
      Float and in Double.
      """)
  var interior: Int?

  @Option(name: .long, help: "With --interior: number of points on the boundary.")
  var boundary = 200

  @Option(name: .long, help: "With --interior: number of steps to time.")
  var steps = 50

  @Flag(name: .long, help: "Time trainings of sparse autoencoders alone.")
  var sae = false

  @Option(name: .long, help: "With --sae: one size alone.")
  var size: SparseAutoencoderBenchmark.Size?

  @Option(name: .long, help: "With --sae: number of threads.")
  var threads = 1

  func run() throws {
    if sae {
      let sizes = size.map { [$0] } ?? SparseAutoencoderBenchmark.Size.allCases
      return show(try SparseAutoencoderBenchmark.measure(sizes, threads: threads))
    }
    if training { return try TrainingReport.print() }
    if probes { return try ProbeBenchmark.print() }
    if drawing { return try DrawingBenchmark.print() }
    if let interior {
      let times = (
        try TrainingReport.milliseconds(
          Float.self, interior: interior, boundary: boundary, steps: steps),
        try TrainingReport.milliseconds(
          Double.self, interior: interior, boundary: boundary, steps: steps)
      )
      print(times.0, times.1)
      return
    }
    if let formulas {
      try FileManager.default.createDirectory(
        atPath: formulas, withIntermediateDirectories: true)
      for operators in EvaluatorBenchmark.Operators.allCases {
        try EvaluatorBenchmark.postfixText(operators).write(
          toFile: "\(formulas)/\(operators.rawValue).txt", atomically: true, encoding: .utf8)
      }
      return
    }
    if evaluator {
      for operators in EvaluatorBenchmark.Operators.allCases {
        print(operators.rawValue, EvaluatorBenchmark.singlePrecisionRate(operators))
      }
      return
    }
    show(
      VectorFunctionBenchmark.measure() + (try EvaluatorBenchmark.measure())
        + (try TrainingStepBenchmark.measure()))
  }

  private func show(_ measurements: [Measurement]) {
    if json {
      let document = JSONValue.object([
        .init("instruction_set", .string(InstructionSet.current.name)),
        .init("linear_algebra", .string(LinearAlgebraLibrary.description)),
        .init("measurements", .array(measurements.map(\.json))),
      ])
      print(document.text(.indented))
      return
    }
    print(
      "\(threads == 1 ? "one thread" : "\(threads) threads"), \(InstructionSet.current.name), \(LinearAlgebraLibrary.description)"
    )
    for measurement in measurements { print(measurement.cells.joined(separator: "  ")) }
  }
}

import Symbolic
import Tensors
import Testing

/// Random formulas with points where they are well conditioned, to be printed as programs.
struct ExportedPrograms {
  /// One formula at one point, and its value.
  struct Sample {
    var formula: Expression
    var point: [Symbol: Double]
    var value: Double
    /// What reordered roundings and another library's last digits may change.
    var tolerance: Double
  }

  static let arguments: [Symbol] = ["x", "y", "alpha"]

  /// One sample for each operator and many random ones; only of operators that the language has.
  static func samples(style: ExpressionStyle, count: Int) -> [Sample] {
    var random = RandomExpressions(seed: 17)
    // Derivatives of digamma want whole orders, which random formulas do not give them.
    random.operators.removeAll { $0 == .polygamma }
    var samples: [Sample] = []
    func add(_ formula: Expression, _ point: [Symbol: Double]) {
      guard formula.functionsToSupply(in: style).isEmpty,
        let sample = sample(formula, point)
      else { return }
      samples.append(sample)
    }
    for operation in random.operators {
      let formula =
        operation.arity == 1
        ? Expression(operation, "x" + 0.5) : Expression(operation, "x", "y" - 0.25)
      for _ in 0..<4 { add(formula, random.point(positive: true)) }
    }
    add(Expression(.polygamma, 1, "x"), random.point(positive: true))
    while samples.count < count {
      let formula = random.expression(size: 2 + random.stream.below(12))
      add(formula, random.point(positive: random.stream.below(2) == 0))
    }
    return samples
  }

  private static func sample(_ formula: Expression, _ point: [Symbol: Double]) -> Sample? {
    let value = formula.evaluate(point)
    guard value.isFinite, value.magnitude < 1e6 else { return nil }
    let spread = [1 + 1e-12, 1 - 1e-12].map { factor in
      (formula.evaluate(point.mapValues { $0 * factor }) - value).magnitude
    }
    guard let spread = spread.max(), spread < 1e-9 * max(1, value.magnitude),
      hasClearOperands(formula, point)
    else { return nil }
    return Sample(
      formula: formula, point: point, value: value,
      tolerance: 100 * spread + 1e-12 * max(1, value.magnitude))
  }

  /// Whether every part is a number and none is so near a jump or a zero that a last digit decides.
  private static func hasClearOperands(
    _ formula: Expression, _ point: [Symbol: Double]
  ) -> Bool {
    formula.nodes.indices.allSatisfy { index in
      let part = formula.subtree(endingAt: index)
      let value = part.evaluate(point)
      guard value.isFinite else { return false }
      switch part.root.operation {
      case .sign, .step, .floor, .ceil, .round, .mod, .greater, .logicalOr, .logicalAnd, .cond:
        return part.operands.allSatisfy { operand in
          let value = operand.evaluate(point)
          return operand.symbols.isEmpty
            ? value == value.rounded() && value.magnitude < 100 && operand.nodes.count == 1
            : (2 * value - (2 * value).rounded()).magnitude > 1e-9
        }
      default: return true
      }
    }
  }

  /// Compares numbers that a program printed, one a line, with the samples' values.
  static func check(_ output: String, _ samples: [Sample], _ style: ExpressionStyle) throws {
    let values = output.split(separator: "\n").map { Double($0) ?? .nan }
    try #require(values.count == samples.count, "\(output.prefix(2000))")
    for (sample, value) in zip(samples, values) {
      #expect(
        (value - sample.value).magnitude <= sample.tolerance,
        "\(sample.formula) as \(sample.formula.formatted(style)) at \(sample.point): \(value)")
    }
  }
}

@Suite("Exported programs")
struct ExportedProgramTests {
  private static let cc = ExternalTool(named: "cc")
  private static let swiftc = ExternalTool(named: "swiftc")
  private static let python = ExternalTool(named: "python3").flatMap { tool in
    (try? tool.run(["-c", "import numpy, scipy.special"]))?.status == 0 ? tool : nil
  }

  @Test(.enabled(if: cc != nil, "there is no C compiler"))
  func `C compiles and agrees`() throws {
    let samples = ExportedPrograms.samples(style: .c, count: 240)
    let functions = samples.enumerated().map { index, sample in
      """
      static double f\(index)(double x, double y, double alpha) {
        (void)x, (void)y, (void)alpha;
        return \(sample.formula.formatted(.c));
      }
      """
    }
    let calls = samples.enumerated().map { index, sample in
      #"  printf("%.17g\n", f\#(index)(\#(arguments(sample))));"#
    }
    let directory = try ScratchDirectory()
    let source = try directory.write(
      "#define _GNU_SOURCE\n#include <math.h>\n#include <stdio.h>\n"
        + functions.joined(separator: "\n") + "\nint main(void) {\n"
        + calls.joined(separator: "\n") + "\n}\n", to: "formulas.c")
    let program = directory.path + "/formulas"
    let tool = try #require(Self.cc)
    let compiled = try tool.run(["-Wall", "-Werror", source, "-lm", "-o", program])
    try #require(compiled.status == 0, "\(compiled.output.prefix(2000))")
    try ExportedPrograms.check(ExternalTool(at: program).run([]).output, samples, .c)
  }

  @Test(.enabled(if: swiftc != nil, "there is no Swift compiler on the path"))
  func `Swift compiles and agrees`() throws {
    let samples = ExportedPrograms.samples(style: .swift, count: 160)
    let functions = samples.enumerated().map { index, sample in
      """
      func f\(index)(_ x: Double, _ y: Double, _ alpha: Double) -> Double {
        \(sample.formula.formatted(.swift))
      }
      """
    }
    let calls = samples.enumerated().map { "print(f\($0)(\(arguments($1))))" }
    let directory = try ScratchDirectory()
    let source = try directory.write(
      "import Foundation\n" + (functions + calls).joined(separator: "\n"), to: "main.swift")
    let program = directory.path + "/formulas"
    let tool = try #require(Self.swiftc)
    let compiled = try tool.run(["-Onone", source, "-o", program])
    try #require(compiled.status == 0, "\(compiled.output.prefix(2000))")
    try ExportedPrograms.check(ExternalTool(at: program).run([]).output, samples, .swift)
  }

  @Test(.enabled(if: python != nil, "Python has no NumPy and SciPy"))
  func `NumPy agrees`() throws {
    let samples = ExportedPrograms.samples(style: .numpy, count: 240)
    let lines = samples.map { sample in
      "x, y, alpha = np.array([\(arguments(sample))])\n"
        + "print(repr(float(\(sample.formula.formatted(.numpy)))))"
    }
    let directory = try ScratchDirectory()
    let script = try directory.write(
      "import numpy as np\nimport scipy.special\n" + lines.joined(separator: "\n"),
      to: "formulas.py")
    let tool = try #require(Self.python)
    try ExportedPrograms.check(tool.run(["-W", "ignore", script]).output, samples, .numpy)
  }

  private func arguments(_ sample: ExportedPrograms.Sample) -> String {
    ExportedPrograms.arguments.map { "\(sample.point[$0] ?? .nan)" }.joined(separator: ", ")
  }
}

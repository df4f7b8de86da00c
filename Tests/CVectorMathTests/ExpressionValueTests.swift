import CVectorMath
import Testing

@Suite("Values of compiled expressions")
struct ExpressionValueTests {
  /// Errors the kernels may make in one step, in units of roundoff (2⁻²³ or 2⁻⁵²): the worst vector
  /// function, tanh, is off by 2.7 ulp of half that size and the C library's by about 2; the reference
  /// adds its own half.
  private static let allowance = 2.0

  @Test("every operation", arguments: Level.available)
  func operations(level: Level) {
    check(Float.self, programs: Self.singleSteps, level: level)
    check(Double.self, programs: Self.singleSteps, level: level)
  }

  @Test("random programs of up to 25 steps", arguments: Level.available)
  func randomPrograms(level: Level) {
    check(Float.self, programs: Self.randomPrograms, level: level)
    check(Double.self, programs: Self.randomPrograms, level: level)
  }

  @Test("bits do not depend on slots, block size, row count or place", arguments: Level.available)
  func shapes(level: Level) {
    checkShapes(Float.self, level: level)
    checkShapes(Double.self, level: level)
  }

  @Test("minimum, maximum and sign pass NaN on", arguments: Level.available)
  func notANumber(level: Level) {
    let columns: [[Double]] = [[.nan, 1, .nan, 2], [1, .nan, .nan, 3]]
    for (operation, last) in [(LIMBECK_OP_MINIMUM, 2.0), (LIMBECK_OP_MAXIMUM, 3.0)] {
      let program = Program(steps: [.init(operation: operation, a: ~0, b: ~1)], parameterCount: 0)
      let y = Double.evaluate(
        program, columns: columns, level: level, block: 16, reusingSlots: false)
      #expect(y[0].isNaN && y[1].isNaN && y[2].isNaN && y[3] == last)
    }
    let sign = Program(steps: [.init(operation: LIMBECK_OP_SIGN, a: ~0)], parameterCount: 0)
    let y = Float.evaluate(
      sign, columns: [[.nan, -3, 0, 0.5]], level: level, block: 16, reusingSlots: false)
    #expect(y[0].isNaN && y[1...] == [-1, 0, 1])
  }

  private static let singleSteps = Program.operations.map { operation in
    Program(
      steps: [.init(operation: operation, a: ~0, b: ~1, c: 1.375, d: -0.75)], parameterCount: 0)
  }

  private static let randomPrograms = {
    var random = SplitMix(seed: 20)
    return (0..<3000).map { _ in
      Program.random(
        stepCount: 1 + random.below(25), columnCount: 3, operations: Program.operations,
        using: &random)
    }
  }()

  /// Compares kernels and plain interpreter row by row where the value is well defined.
  private func check<Scalar: ExpressionKernels>(
    _: Scalar.Type, programs: [Program], level: Level
  ) {
    var random = SplitMix(seed: 4)
    var compared = 0
    for program in programs {
      // Not a multiple of any vector.
      let columns = (0..<3).map { _ in (0..<37).map { _ in Scalar(random.uniform(-2, 2)) } }
      let y = Scalar.evaluate(
        program, columns: columns, level: level, block: 32, reusingSlots: false)
      for row in y.indices {
        let reference = program.reference(
          row: columns.map { Double($0[row]) }, roundoff: Self.allowance * Scalar.roundoff)
        // Beyond a thousandth the first-order bound means nothing.
        guard reference.isTame, reference.error < 1e-3 * reference.value.magnitude else { continue }
        let isClose = abs(Double(y[row]) - reference.value) <= reference.error
        #expect(isClose, "\(y[row]), not \(reference.value) in row \(row) of \(program)")
        compared += 1
      }
    }
    // Logarithms and roots of negative numbers thin the rows out.
    #expect(compared > 5 * programs.count)
  }

  private func checkShapes<Scalar: ExpressionKernels>(_: Scalar.Type, level: Level) {
    var random = SplitMix(seed: 8)
    let rows = 1100
    let columns = (0..<3).map { _ in (0..<rows).map { _ in Scalar(random.uniform(-2, 2)) } }
    for _ in 0..<20 {
      let program = Program.random(
        stepCount: 18, columnCount: 3, operations: Program.operations, using: &random)
      let whole = Scalar.evaluate(
        program, columns: columns, level: level, block: 512, reusingSlots: false)
      for block in [16, 48, 256, 2048] {
        let other = Scalar.evaluate(
          program, columns: columns, level: level, block: block, reusingSlots: true)
        #expect(other.elementsEqual(whole, by: Self.sameBits))
      }
      for count in Array(0...70) + [255, 256, 257, 511, 513, 1025] {
        let start = random.below(rows - count + 1)
        let part = Scalar.evaluate(
          program, columns: columns.map { Array($0[start..<start + count]) }, level: level,
          block: 512, reusingSlots: true)
        #expect(
          part.elementsEqual(whole[start..<start + count], by: Self.sameBits),
          "\(count) rows from \(start) of \(program)")
      }
    }
  }

  /// Equality that takes NaN for NaN.
  private static func sameBits<Scalar: BinaryFloatingPoint>(_ x: Scalar, _ y: Scalar) -> Bool {
    x == y && x.sign == y.sign || x.isNaN && y.isNaN
  }
}

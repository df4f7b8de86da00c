import CVectorMath
import Testing

@Suite("Derivatives of compiled expressions")
struct ExpressionDerivativeTests {
  /// op(c₀ x + c₁, c₂ y + c₃), so that both operands and the constants are parameters.
  private static let wrappedOperations = Program.operations.map { operation in
    var step = Program.Step(operation: operation, a: 0, b: 1, c: 0.625, d: -0.375)
    if operation.hasConstant { step.cParameter = 4 }
    if operation == LIMBECK_OP_AFFINE { step.dParameter = 5 }
    let affine = Program.Step(
      operation: LIMBECK_OP_AFFINE, a: ~0, c: 0.25, d: 0.375, cParameter: 0, dParameter: 1)
    var other = affine
    other.a = ~1
    other.c = 0.3125
    other.d = 0.125
    other.cParameter = 2
    other.dParameter = 3
    return Program(
      steps: [affine, other, step],
      parameterCount: operation == LIMBECK_OP_AFFINE ? 6 : operation.hasConstant ? 5 : 4)
  }

  private static let randomPrograms = {
    var random = SplitMix(seed: 31)
    return (0..<2000).map { _ in
      Program.random(
        stepCount: 1 + random.below(20), columnCount: 3, operations: Program.operations,
        using: &random)
    }
  }()

  @Test("every operation against central differences", arguments: Level.available)
  func centralDifferences(level: Level) {
    var random = SplitMix(seed: 5)
    // c x + d stays in (0.3, 0.7): inside nearly every domain and clear of most kinks.
    let columns = (0..<2).map { _ in (0..<19).map { _ in random.uniform(0.1, 0.9) } }
    for program in Self.wrappedOperations {
      let (_, jacobian) = Double.jacobian(program, columns: columns, level: level, block: 16)
      for p in 0..<program.parameterCount {
        let step = 1e-5
        let values = [step, -step].map { shift in
          Double.evaluate(
            program.shifting(parameter: p, by: shift), columns: columns, level: level, block: 16,
            reusingSlots: false)
        }
        for row in jacobian[p].indices {
          let operands = (0.25 * columns[0][row] + 0.375, 0.3125 * columns[1][row] + 0.125)
          guard !program.steps[2].isNearEdge(x: operands.0, y: operands.1),
            values[0][row].isFinite
          else { continue }
          let difference = (values[0][row] - values[1][row]) / (2 * step)
          // Truncation: step²/6 times third derivatives of up to 10²; rounding: 2⁻⁵² / step.
          let isClose = abs(jacobian[p][row] - difference) < 1e-7
          #expect(
            isClose,
            "\(jacobian[p][row]), not \(difference), for parameter \(p) of \(program.steps[2])")
        }
      }
    }
  }

  @Test("random programs against forward accumulation", arguments: Level.available)
  func forwardMode(level: Level) {
    // Roundings amplified by at most 10⁴ values of at most 10⁴ and second derivatives.
    checkForward(Double.self, level: level, tolerance: 1e-9)
    checkForward(Float.self, level: level, tolerance: 3e-3)
  }

  @Test("the Jacobian comes with the value that evaluation gives", arguments: Level.available)
  func value(level: Level) {
    var random = SplitMix(seed: 6)
    let columns = (0..<3).map { _ in (0..<83).map { _ in random.uniform(-2, 2) } }
    for program in Self.randomPrograms.prefix(100) {
      let (value, _) = Double.jacobian(program, columns: columns, level: level, block: 32)
      let plain = Double.evaluate(
        program, columns: columns, level: level, block: 32, reusingSlots: true)
      #expect(zip(value, plain).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN })
    }
  }

  @Test("normal equations are the products of Jacobian and residual", arguments: Level.available)
  func normalEquations(level: Level) {
    // Sums of up to 600 products: roundoff times a few dozen in Float, whose blocks add in Float.
    checkNormalEquations(Double.self, level: level, tolerance: 1e-13)
    checkNormalEquations(Float.self, level: level, tolerance: 1e-5)
  }

  @Test(
    "a parameter that the value does not depend on has derivative zero", arguments: Level.available)
  func absentParameter(level: Level) {
    // Slot 0 holds parameter 0, but the result reads parameter 1 alone; parameter 2 occurs nowhere.
    let program = Program(
      steps: [
        .init(operation: LIMBECK_OP_ADD_CONSTANT, a: ~0, c: 2, cParameter: 0),
        .init(operation: LIMBECK_OP_MULTIPLY_CONSTANT, a: ~0, c: 3, cParameter: 1),
      ], parameterCount: 3)
    let x = [1.0, 2, 3, 4, 5]
    let (value, jacobian) = Double.jacobian(program, columns: [x], level: level, block: 16)
    #expect(value == x.map { 3 * $0 })
    #expect(jacobian == [[0, 0, 0, 0, 0], x, [0, 0, 0, 0, 0]])
    let equations = Double.normalEquations(
      program, columns: [x], targets: [3, 6, 9, 12, 16], weights: nil, level: level, block: 16)
    #expect(equations.gram == [0, 0, 0, 0, 55, 0, 0, 0, 0])
    #expect(equations.descent == [0, 5, 0])
    #expect(equations.squares == 1)
  }

  private func checkForward<Scalar: ExpressionKernels>(
    _: Scalar.Type, level: Level, tolerance: Double
  ) {
    var random = SplitMix(seed: 9)
    var compared = 0
    for program in Self.randomPrograms where program.parameterCount > 0 {
      let columns = (0..<3).map { _ in (0..<21).map { _ in Scalar(random.uniform(-2, 2)) } }
      let (_, jacobian) = Scalar.jacobian(program, columns: columns, level: level, block: 16)
      for row in columns[0].indices {
        let reference = program.reference(
          row: columns.map { Double($0[row]) }, roundoff: 2 * Scalar.roundoff)
        guard reference.isTame, reference.error < 1e2 * Scalar.roundoff * reference.value.magnitude
        else { continue }
        for p in 0..<program.parameterCount {
          let error = abs(Double(jacobian[p][row]) - reference.slopes[p])
          let isClose = error <= tolerance * reference.slopeScales[p]
          #expect(
            isClose,
            "\(jacobian[p][row]), not \(reference.slopes[p]), for \(p) in row \(row) of \(program)")
          compared += 1
        }
      }
    }
    #expect(compared > 10_000)
  }

  private func checkNormalEquations<Scalar: ExpressionKernels>(
    _: Scalar.Type, level: Level, tolerance: Double
  ) {
    let program = Self.smooth
    var random = SplitMix(seed: 12)
    for rows in [1, 7, 8, 15, 16, 17, 63, 64, 65, 513, 600] {
      let columns = (0..<2).map { _ in (0..<rows).map { _ in Scalar(random.uniform(-1, 1)) } }
      let targets = (0..<rows).map { _ in Scalar(random.uniform(-1, 1)) }
      let someWeights = (0..<rows).map { _ in Scalar(random.uniform(0, 2)) }
      let (value, jacobian) = Scalar.jacobian(program, columns: columns, level: level, block: 64)
      for weights in [nil, someWeights] {
        let equations = Scalar.normalEquations(
          program, columns: columns, targets: targets, weights: weights, level: level, block: 64)
        func sum(_ left: (Int) -> Scalar, _ right: (Int) -> Scalar) -> (sum: Double, scale: Double)
        {
          (0..<rows).reduce(into: (0, 0)) { total, row in
            let product =
              Double(weights?[row] ?? 1) * Double(left(row)) * Double(right(row))
            total.0 += product
            total.1 += product.magnitude
          }
        }
        func residual(_ row: Int) -> Scalar { targets[row] - value[row] }
        let squares = sum(residual, residual)
        #expect(abs(equations.squares - squares.sum) <= tolerance * squares.scale)
        for i in 0..<program.parameterCount {
          let descent = sum({ jacobian[i][$0] }, residual)
          #expect(abs(equations.descent[i] - descent.sum) <= tolerance * descent.scale)
          for j in 0..<program.parameterCount {
            let entry = sum({ jacobian[i][$0] }, { jacobian[j][$0] })
            let found = equations.gram[i * program.parameterCount + j]
            #expect(abs(found - entry.sum) <= tolerance * entry.scale)
          }
        }
      }
    }
  }

  /// c₀ exp(c₁ x) sin(c₂ y + c₃) + c₄ x + c₅, which has more than four parameters and shares x.
  private static let smooth = Program(
    steps: [
      .init(operation: LIMBECK_OP_EXP_SCALED, a: ~0, c: 0.5, cParameter: 1),
      .init(
        operation: LIMBECK_OP_AFFINE, a: ~1, c: 1.5, d: 0.25, cParameter: 2, dParameter: 3),
      .init(operation: LIMBECK_OP_SIN, a: 1),
      .init(operation: LIMBECK_OP_MULTIPLY, a: 0, b: 2),
      .init(operation: LIMBECK_OP_MULTIPLY_CONSTANT, a: 3, c: 0.75, cParameter: 0),
      .init(
        operation: LIMBECK_OP_AFFINE, a: ~0, c: -0.5, d: 0.125, cParameter: 4, dParameter: 5),
      .init(operation: LIMBECK_OP_ADD, a: 4, b: 5),
    ], parameterCount: 6)
}

extension Program {
  /// The program with one parameter changed wherever it occurs.
  func shifting(parameter: Int, by shift: Double) -> Program {
    var shifted = self
    for k in steps.indices {
      if steps[k].cParameter == parameter { shifted.steps[k].c += shift }
      if steps[k].dParameter == parameter { shifted.steps[k].d += shift }
    }
    return shifted
  }
}

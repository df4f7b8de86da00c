import CVectorMath

extension Float: ExpressionKernels {
  static var roundoff: Double { Double(Float.ulpOfOne) }

  private static func table(at level: Level) -> limbeck_expressions_f32 {
    guard let table = limbeck_expressions_f32_at(level.rawValue) else {
      preconditionFailure("\(level) is not available on this processor")
    }
    return table.pointee
  }

  static func evaluate(
    _ program: Program, columns: [[Float]], level: Level, block: Int, reusingSlots: Bool
  ) -> [Float] {
    let slots = reusingSlots ? program.reusedSlots : Array(program.steps.indices)
    let code = program.floatCode(destinations: slots)
    let slotCount = (slots.max() ?? 0) + 1
    var scratch = [Float](
      repeating: .nan, count: limbeck_evaluation_scratch(slotCount, block))
    var result = [Float](repeating: .nan, count: columns[0].count)
    withColumns(columns) {
      table(at: level).evaluate(
        code, code.count, $0, columns[0].count, block, &scratch, &result)
    }
    return result
  }

  static func jacobian(
    _ program: Program, columns: [[Float]], level: Level, block: Int
  ) -> (value: [Float], jacobian: [[Float]]) {
    let code = program.floatCode()
    let rows = columns[0].count
    let parameters = program.parameterCount
    var scratch = [Float](
      repeating: .nan, count: limbeck_derivative_scratch(code.count, parameters, block))
    var value = [Float](repeating: .nan, count: rows)
    var flat = [Float](repeating: .nan, count: max(1, parameters * rows))
    flat.withUnsafeMutableBufferPointer { flat in
      guard let base = flat.baseAddress else { return }
      let pointers = (0..<parameters).map { base + $0 * rows }
      withColumns(columns) { columns in
        table(at: level).jacobian(
          code, code.count, parameters, columns, rows, block, &scratch, &value, pointers)
      }
    }
    return (value, (0..<parameters).map { Array(flat[$0 * rows..<($0 + 1) * rows]) })
  }

  static func normalEquations(
    _ program: Program, columns: [[Float]], targets: [Float], weights: [Float]?, level: Level,
    block: Int
  ) -> NormalEquations {
    let code = program.floatCode()
    let parameters = program.parameterCount
    var scratch = [Float](
      repeating: .nan, count: limbeck_derivative_scratch(code.count, parameters, block))
    var gram = [Double](repeating: .nan, count: parameters * parameters)
    var descent = [Double](repeating: .nan, count: parameters)
    let squares = withColumns(columns) {
      table(at: level).normal_equations(
        code, code.count, parameters, $0, targets, weights, targets.count, block, &scratch, &gram,
        &descent)
    }
    return NormalEquations(gram: gram, descent: descent, squares: squares)
  }

  static func moments(_ x: [Float], _ y: [Float], level: Level) -> limbeck_moments {
    table(at: level).moments(x, y, x.count)
  }

  static func lineResidual(
    _ x: [Float], _ y: [Float], intercept: Double, slope: Double, level: Level
  ) -> Double {
    table(at: level).line_residual(x, y, x.count, intercept, slope)
  }
}

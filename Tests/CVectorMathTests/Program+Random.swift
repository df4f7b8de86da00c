import CVectorMath

extension Program {
  /// A random program over some columns, with values used once, often, or never; with probability
  /// `sharing`, a constant is a parameter that occurs before.
  static func random(
    stepCount: Int, columnCount: Int, operations: [limbeck_operation], sharing: Double = 0.1,
    using random: inout SplitMix
  ) -> Program {
    var program = Program(steps: [], parameterCount: 0)
    for k in 0..<stepCount {
      var step = Step(operation: operations[random.below(operations.count)])
      step.a = operand(before: k, columnCount: columnCount, using: &random)
      step.b = operand(before: k, columnCount: columnCount, using: &random)
      if step.operation.hasConstant {
        (step.cParameter, step.c) = program.constant(sharing: sharing, using: &random)
      }
      if step.operation == LIMBECK_OP_AFFINE {
        (step.dParameter, step.d) = program.constant(sharing: sharing, using: &random)
      }
      program.steps.append(step)
    }
    return program
  }

  /// Mostly the latest values, so that the last step depends on most of the program.
  private static func operand(
    before k: Int, columnCount: Int, using random: inout SplitMix
  ) -> Int {
    if k == 0 || random.below(3) == 0 { return ~random.below(columnCount) }
    return max(0, k - 1 - random.below(3))
  }

  /// Index and value of a constant: a fresh parameter, one that occurs already, or none.
  private mutating func constant(
    sharing: Double, using random: inout SplitMix
  ) -> (parameter: Int, value: Double) {
    // A Float, so that both precisions run the same program.
    let value = Double(Float(random.uniform(-2, 2)))
    let choice = random.uniform(0, 1)
    if choice < sharing, parameterCount > 0 {
      let index = random.below(parameterCount)
      let shared = steps.lazy.compactMap {
        $0.cParameter == index ? $0.c : $0.dParameter == index ? $0.d : nil
      }
      return shared.first.map { (index, $0) } ?? (-1, value)
    }
    if choice > 0.85 { return (-1, value) }
    parameterCount += 1
    return (parameterCount - 1, value)
  }
}

extension SplitMix {
  /// A whole number in 0 ..< bound.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

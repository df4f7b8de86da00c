import CVectorMath

/// A straight-line program in single-assignment form: step k writes slot k.
struct Program: Sendable {
  /// An instruction before it is given a precision.
  struct Step: Sendable {
    var operation: limbeck_operation
    /// A slot (an earlier step) if not negative, else the complement of a column.
    var a = 0
    var b = 0
    var c = 0.0
    var d = 0.0
    /// Which parameters the constants are, or -1.
    var cParameter = -1
    var dParameter = -1
  }

  var steps: [Step]
  var parameterCount: Int

  static let operations = (LIMBECK_OP_ADD.rawValue...LIMBECK_OP_FILL.rawValue).map(
    limbeck_operation.init(rawValue:))

  /// The instructions, writing slot k or, where given, `destinations[k]`.
  func floatCode(destinations: [Int]? = nil) -> [limbeck_instruction_f32] {
    steps.enumerated().map { k, step in
      limbeck_instruction_f32(
        operation: UInt16(step.operation.rawValue),
        destination: UInt16(destinations?[k] ?? k),
        a: Int32(remapped(step.a, by: destinations)), b: Int32(remapped(step.b, by: destinations)),
        c_parameter: Int16(step.cParameter), d_parameter: Int16(step.dParameter),
        c: Float(step.c), d: Float(step.d))
    }
  }

  /// The instructions, writing slot k or, where given, `destinations[k]`.
  func doubleCode(destinations: [Int]? = nil) -> [limbeck_instruction_f64] {
    steps.enumerated().map { k, step in
      limbeck_instruction_f64(
        operation: UInt16(step.operation.rawValue),
        destination: UInt16(destinations?[k] ?? k),
        a: Int32(remapped(step.a, by: destinations)), b: Int32(remapped(step.b, by: destinations)),
        c_parameter: Int16(step.cParameter), d_parameter: Int16(step.dParameter),
        c: step.c, d: step.d)
    }
  }

  /// Slots assigned so that a value's slot is taken again once the value has been read for the last
  /// time, by the reading step itself at the earliest.
  var reusedSlots: [Int] {
    var lastUse = [Int](repeating: -1, count: steps.count)
    for (k, step) in steps.enumerated() {
      if step.operation.hasOperand, step.a >= 0 { lastUse[step.a] = k }
      if step.operation.hasTwoOperands, step.b >= 0 { lastUse[step.b] = k }
    }
    var free: [Int] = []
    var used = 0
    var slots: [Int] = []
    for k in steps.indices {
      for j in 0..<k where lastUse[j] == k { free.append(slots[j]) }
      if let slot = free.popLast() {
        slots.append(slot)
      } else {
        slots.append(used)
        used += 1
      }
      if lastUse[k] < 0 { free.append(slots[k]) }
    }
    return slots
  }

  private func remapped(_ operand: Int, by destinations: [Int]?) -> Int {
    operand >= 0 && operand < steps.count ? destinations?[operand] ?? operand : operand
  }
}

extension limbeck_operation {
  var hasTwoOperands: Bool { rawValue <= LIMBECK_OP_POWER.rawValue }
  var hasOperand: Bool { self != LIMBECK_OP_FILL }
  var hasConstant: Bool {
    (LIMBECK_OP_ADD_CONSTANT.rawValue...LIMBECK_OP_EXP_SCALED.rawValue).contains(rawValue)
      || self == LIMBECK_OP_FILL
  }
}

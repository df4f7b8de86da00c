internal import CVectorMath

/// Turns a formula in postfix order into straight-line code over vectors.
struct ProgramCompiler {
  /// Where instructions leave their results.
  enum Form {
    /// On a stack of slots that are used again: few slots, good for the cache.
    case stack

    /// Instruction k in slot k, as reverse accumulation of derivatives needs it.
    case singleAssignment
  }

  private(set) var code: [limbeck_instruction_f64] = []
  private(set) var slotCount = 0

  /// The values of the constants that are parameters, in the order of the formula.
  private(set) var parameters: [Double] = []

  private let form: Form
  private let inputs: [Symbol]
  private var stack: [Operand] = []

  /// What an instruction reads.
  fileprivate enum Operand {
    case column(Int32)
    case slot(Int32)
    case constant(Number)

    /// The kernels' encoding: a slot, or the complement of a column.
    var code: Int32 {
      switch self {
      case .column(let column): ~column
      case .slot(let slot): slot
      case .constant: 0
      }
    }
  }

  /// A constant and which parameter it is, -1 if it is none.
  fileprivate struct Number {
    var value: Double
    var parameter: Int16 = -1

    static let none = Number(value: 0)
    var isParameter: Bool { parameter >= 0 }
  }

  init(inputs: [Symbol], form: Form = .stack) {
    self.inputs = inputs
    self.form = form
  }

  /// Compiles a formula; the last instruction computes its value.
  ///
  /// - Parameters:
  ///   - expression: The formula.
  ///   - takesParameters: Whether constants that are not fixed become parameters.
  /// - Throws: ``ProgramError`` for an unknown name or too many parameters.
  mutating func compile(
    _ expression: Expression, takesParameters: Bool = false
  ) throws(ProgramError) {
    let nodes = expression.nodes
    code.reserveCapacity(nodes.count)
    stack.reserveCapacity(nodes.count)
    for node in nodes {
      switch node.arity {
      case 0: stack.append(try leaf(node, takesParameters))
      case 1: emitUnary(node.operation)
      default: emitBinary(node.operation)
      }
    }
    switch stack[0] {
    case .slot: break
    case .column: emit(LIMBECK_OP_COPY, at: 0, stack[0])
    case .constant(let number): emit(LIMBECK_OP_FILL, at: 0, c: number)
    }
  }

  private mutating func leaf(
    _ node: Expression.Node, _ takesParameters: Bool
  ) throws(ProgramError) -> Operand {
    if let symbol = node.symbol {
      // A formula has few leaves: a table of the names would cost more than it saves.
      guard let column = inputs.firstIndex(of: symbol) else {
        throw .unknownName(symbol.name, inputs: inputs.map(\.name))
      }
      return .column(Int32(column))
    }
    guard takesParameters, node.operation == .constant, !node.isFixed else {
      return .constant(Number(value: node.value))
    }
    let limit = Int(LIMBECK_MAX_PARAMETERS)
    guard parameters.count < limit else { throw .tooManyConstants(limit: limit) }
    parameters.append(node.value)
    return .constant(Number(value: node.value, parameter: Int16(parameters.count - 1)))
  }

  // MARK: Operators

  private mutating func emitUnary(_ operation: Operator) {
    let place = stack.count - 1
    if case .constant(let number) = stack[place], !number.isParameter {
      stack[place] = .constant(Number(value: operation(number.value)))
      return
    }
    let operand = inSlot(stack[place], at: place)
    // sin(c x) and its like in one instruction, where the product was the instruction before.
    if let last = product(operand), let scaled = operation.scaledInstruction {
      code.removeLast()
      stack[place] = emit(
        scaled, at: place, .encoded(last.a), c: Number(value: last.c, parameter: last.c_parameter))
      return
    }
    stack[place] = emit(operation.instruction, at: place, operand)
  }

  private mutating func emitBinary(_ operation: Operator) {
    let right = stack.removeLast()
    let place = stack.count - 1
    let left = stack[place]
    switch (left, right) {
    case (.constant(let a), .constant(let b)) where !a.isParameter && !b.isParameter:
      stack[place] = .constant(Number(value: operation(a.value, b.value)))
    case (_, .constant(let c)) where !left.isConstant:
      stack[place] =
        combine(operation, left, c, at: place) ?? combine(operation, left, right, at: place)
    case (.constant(let c), _) where !right.isConstant:
      stack[place] =
        combine(operation, c, right, at: place) ?? combine(operation, left, right, at: place)
    default:
      stack[place] = combine(operation, left, right, at: place)
    }
  }

  /// `x ∘ c` in one instruction; nil if there is none.
  ///
  /// Division by a constant is none, because a product with its reciprocal rounds twice.
  private mutating func combine(
    _ operation: Operator, _ x: Operand, _ c: Number, at place: Int
  ) -> Operand? {
    switch operation {
    case .add: return add(c, to: x, at: place)
    case .subtract where !c.isParameter: return add(Number(value: -c.value), to: x, at: place)
    case .multiply: return emit(LIMBECK_OP_MULTIPLY_CONSTANT, at: place, x, c: c)
    case .power: return emit(LIMBECK_OP_POWER_CONSTANT, at: place, x, c: c)
    default: return nil
    }
  }

  /// `c ∘ x` in one instruction; nil if there is none.
  private mutating func combine(
    _ operation: Operator, _ c: Number, _ x: Operand, at place: Int
  ) -> Operand? {
    switch operation {
    case .add: return add(c, to: x, at: place)
    case .subtract: return emit(LIMBECK_OP_CONSTANT_MINUS, at: place, x, c: c)
    case .multiply: return emit(LIMBECK_OP_MULTIPLY_CONSTANT, at: place, x, c: c)
    case .divide: return emit(LIMBECK_OP_CONSTANT_OVER, at: place, x, c: c)
    default: return nil
    }
  }

  private mutating func combine(
    _ operation: Operator, _ left: Operand, _ right: Operand, at place: Int
  ) -> Operand {
    // A constant gets a slot above those in use; at most one of two operands is on the stack.
    let left = inSlot(left, at: place + 2)
    let right = inSlot(right, at: place + 3)
    return emit(operation.instruction, at: place, left, right)
  }

  private mutating func add(_ c: Number, to x: Operand, at place: Int) -> Operand {
    // x·m + c in one instruction, where the product was the instruction before.
    if let last = product(x) {
      code.removeLast()
      let factor = Number(value: last.c, parameter: last.c_parameter)
      return emit(LIMBECK_OP_AFFINE, at: place, .encoded(last.a), c: factor, d: c)
    }
    return emit(LIMBECK_OP_ADD_CONSTANT, at: place, x, c: c)
  }

  /// The last instruction, if it multiplies by a constant and the operand is its result.
  private func product(_ operand: Operand) -> limbeck_instruction_f64? {
    guard case .slot(let slot) = operand, let last = code.last,
      Int32(last.destination) == slot,
      last.operation == UInt16(LIMBECK_OP_MULTIPLY_CONSTANT.rawValue)
    else { return nil }
    return last
  }

  // MARK: Instructions

  /// A constant as an operand.
  private mutating func inSlot(_ operand: Operand, at place: Int) -> Operand {
    guard case .constant(let number) = operand else { return operand }
    return emit(LIMBECK_OP_FILL, at: place, c: number)
  }

  @discardableResult
  private mutating func emit(
    _ operation: limbeck_operation, at place: Int, _ a: Operand = .slot(0),
    _ b: Operand = .slot(0), c: Number = .none, d: Number = .none
  ) -> Operand {
    let slot = form == .stack ? place : code.count
    slotCount = max(slotCount, slot + 1)
    code.append(
      limbeck_instruction_f64(
        operation: UInt16(operation.rawValue), destination: UInt16(truncatingIfNeeded: slot),
        a: a.code, b: b.code, c_parameter: c.parameter, d_parameter: d.parameter, c: c.value,
        d: d.value))
    return .slot(Int32(slot))
  }
}

extension ProgramCompiler.Operand {
  fileprivate var isConstant: Bool {
    if case .constant = self { true } else { false }
  }

  /// The operand that an instruction was given.
  fileprivate static func encoded(_ code: Int32) -> Self {
    code < 0 ? .column(~code) : .slot(code)
  }
}

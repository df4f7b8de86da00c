internal import CVectorMath

/// Turns a formula in postfix order into instructions on a stack of slots.
struct ProgramCompiler {
  private(set) var code: [limbeck_instruction_f64] = []
  private(set) var slotCount = 0

  private let columns: [Symbol: Int]
  private let inputs: [Symbol]
  private var stack: [Operand] = []

  /// What an instruction reads.
  private enum Operand {
    case column(Int)
    case slot
    case constant(Double)
  }

  init(inputs: [Symbol]) {
    self.inputs = inputs
    columns = Dictionary(zip(inputs, inputs.indices), uniquingKeysWith: { first, _ in first })
  }

  /// Compiles a formula; the last instruction computes its value.
  mutating func compile(_ expression: Expression) throws(ProgramError) {
    for node in expression.nodes {
      if let symbol = node.symbol {
        guard let column = columns[symbol] else {
          throw .unknownName(symbol.name, inputs: inputs.map(\.name))
        }
        stack.append(.column(column))
      } else if node.arity == 0 {
        stack.append(.constant(node.value))
      } else if node.arity == 1 {
        emitUnary(node.operation)
      } else {
        emitBinary(node.operation)
      }
    }
    switch stack[0] {
    case .slot: break
    case .column: emit(LIMBECK_OP_COPY, at: 0, a: reference(stack[0], at: 0))
    case .constant(let value): emit(LIMBECK_OP_FILL, at: 0, a: 0, c: value)
    }
  }

  private mutating func emitUnary(_ operation: Operator) {
    let place = stack.count - 1
    if case .constant(let value) = stack[place] {
      stack[place] = .constant(operation(value))
      return
    }
    emit(Self.code(of: operation), at: place, a: reference(stack[place], at: place))
    stack[place] = .slot
  }

  private mutating func emitBinary(_ operation: Operator) {
    let right = stack.removeLast()
    let place = stack.count - 1
    let left = stack[place]
    switch (left, right) {
    case (.constant(let a), .constant(let b)):
      stack[place] = .constant(operation(a, b))
      return
    case (_, .constant(let c)):
      emit(operation, reference(left, at: place), constant: c, at: place)
    case (.constant(let c), _):
      emit(operation, constant: c, reference(right, at: place + 1), at: place)
    default:
      emit(
        Self.code(of: operation), at: place, a: reference(left, at: place),
        b: reference(right, at: place + 1))
    }
    stack[place] = .slot
  }

  /// `x ∘ c`.
  private mutating func emit(_ operation: Operator, _ x: Int32, constant c: Double, at place: Int) {
    switch operation {
    case .add: addConstant(c, to: x, at: place)
    case .subtract: addConstant(-c, to: x, at: place)
    case .multiply: emit(LIMBECK_OP_MULTIPLY_CONSTANT, at: place, a: x, c: c)
    case .power: emit(LIMBECK_OP_POWER_CONSTANT, at: place, a: x, c: c)
    default: emit(operation, x, filling: c, isLeft: false, at: place)
    }
  }

  /// `c ∘ x`.
  private mutating func emit(_ operation: Operator, constant c: Double, _ x: Int32, at place: Int) {
    switch operation {
    case .add: addConstant(c, to: x, at: place)
    case .subtract: emit(LIMBECK_OP_CONSTANT_MINUS, at: place, a: x, c: c)
    case .multiply: emit(LIMBECK_OP_MULTIPLY_CONSTANT, at: place, a: x, c: c)
    case .divide: emit(LIMBECK_OP_CONSTANT_OVER, at: place, a: x, c: c)
    default: emit(operation, x, filling: c, isLeft: true, at: place)
    }
  }

  /// An operation without a form for constants: the constant gets a slot of its own, above those in
  /// use. Division by a constant is one of them, because a product with its reciprocal rounds twice.
  private mutating func emit(
    _ operation: Operator, _ x: Int32, filling c: Double, isLeft: Bool, at place: Int
  ) {
    let free = place + 2
    emit(LIMBECK_OP_FILL, at: free, a: 0, c: c)
    emit(
      Self.code(of: operation), at: place, a: isLeft ? Int32(free) : x, b: isLeft ? x : Int32(free))
  }

  private mutating func addConstant(_ c: Double, to x: Int32, at place: Int) {
    // x·m + c in one instruction, where the product was the instruction before.
    if let last = code.last, x >= 0, Int32(last.destination) == x,
      last.operation == UInt16(LIMBECK_OP_MULTIPLY_CONSTANT.rawValue)
    {
      code.removeLast()
      emit(LIMBECK_OP_AFFINE, at: place, a: last.a, c: last.c, d: c)
    } else {
      emit(LIMBECK_OP_ADD_CONSTANT, at: place, a: x, c: c)
    }
  }

  private mutating func emit(
    _ operation: limbeck_operation, at place: Int, a: Int32, b: Int32 = 0, c: Double = 0,
    d: Double = 0
  ) {
    slotCount = max(slotCount, place + 1)
    code.append(
      limbeck_instruction_f64(
        operation: UInt16(operation.rawValue), destination: UInt16(place), a: a, b: b,
        c_parameter: -1, d_parameter: -1, c: c, d: d))
  }

  private func reference(_ operand: Operand, at place: Int) -> Int32 {
    if case .column(let index) = operand { ~Int32(index) } else { Int32(place) }
  }

  /// The instruction of an operator whose operands are all in slots or columns.
  static func code(of operation: Operator) -> limbeck_operation {
    switch operation {
    case .add: LIMBECK_OP_ADD
    case .subtract: LIMBECK_OP_SUBTRACT
    case .multiply: LIMBECK_OP_MULTIPLY
    case .divide: LIMBECK_OP_DIVIDE
    case .power: LIMBECK_OP_POWER
    case .min: LIMBECK_OP_MINIMUM
    case .max: LIMBECK_OP_MAXIMUM
    case .negate: LIMBECK_OP_NEGATE
    case .square: LIMBECK_OP_SQUARE
    case .cube: LIMBECK_OP_CUBE
    case .reciprocal: LIMBECK_OP_RECIPROCAL
    case .sqrt: LIMBECK_OP_SQUARE_ROOT
    case .cbrt: LIMBECK_OP_CUBE_ROOT
    case .exp: LIMBECK_OP_EXP
    case .log: LIMBECK_OP_LOG
    case .sin: LIMBECK_OP_SIN
    case .cos: LIMBECK_OP_COS
    case .tan: LIMBECK_OP_TAN
    case .asin: LIMBECK_OP_ASIN
    case .acos: LIMBECK_OP_ACOS
    case .atan: LIMBECK_OP_ATAN
    case .sinh: LIMBECK_OP_SINH
    case .cosh: LIMBECK_OP_COSH
    case .tanh: LIMBECK_OP_TANH
    case .abs: LIMBECK_OP_ABSOLUTE
    case .sign: LIMBECK_OP_SIGN
    case .erf: LIMBECK_OP_ERF
    case .constant, .symbol, .pi: preconditionFailure("leaves are operands, not instructions")
    }
  }
}

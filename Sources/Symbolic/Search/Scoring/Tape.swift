internal import CVectorMath
internal import Tensors

/// A formula compiled to straight-line code over columns, in single-assignment form: instruction
/// `k` writes slot `k`, as the derivative kernels want.
///
/// A tape owns its memory and is compiled again for each candidate without allocating.
final class Tape<Scalar: TapeScalar> {
  /// The most constants that are fitted at once.
  static var maximumParameters: Int { Scalar.self == Double.self ? 128 : 32 }

  /// Where a constant of a genome is used.
  struct Parameter: BitwiseCopyable {
    /// The index of the constant among the genes.
    var gene: Int32

    /// The instruction that holds its value.
    var instruction: UInt16

    /// Whether it is the instruction's second constant.
    var isSecond: Bool
  }

  /// The instructions.
  let code: UnsafeMutablePointer<Scalar.Instruction>

  /// The number of instructions.
  private(set) var count = 0

  /// The constants that may be fitted, in the order of the Jacobian's columns.
  let parameters: UnsafeMutablePointer<Parameter>

  /// The number of ``parameters``.
  private(set) var parameterCount = 0

  /// The most instructions of a formula.
  let capacity: Int

  private let functions: [DefinedFunction]

  // Slots below may be read again: they are operands of a function that is being written out.
  private var shared = 0
  fileprivate let stack: UnsafeMutablePointer<Operand>

  // What an operand is before it is known how its operator uses it.
  fileprivate enum Operand: BitwiseCopyable {
    case slot(Int32)
    case column(Int32)
    case constant(value: Double, gene: Int32)

    /// The kernels' encoding: a slot, or the complement of a column.
    var code: Int32 {
      switch self {
      case .slot(let slot): slot
      case .column(let column): ~column
      case .constant: 0
      }
    }
  }

  /// Creates an empty tape.
  ///
  /// - Parameters:
  ///   - capacity: The largest number of genes that will be compiled.
  ///   - functions: What calls among the genes stand for.
  init(capacity: Int, functions: [DefinedFunction] = []) {
    let longest = functions.reduce(2) { max($0, $1.body.count + 2) }
    // A constant operand without an operator of its own costs one more instruction. The kernels take
    // no more than a thousand.
    self.capacity = max(2 * capacity + 4, min(longest * capacity, Int(LIMBECK_MAX_INSTRUCTIONS)))
    self.functions = functions
    code = .allocate(capacity: self.capacity)
    stack = .allocate(capacity: self.capacity)
    parameters = .allocate(capacity: Tape.maximumParameters)
  }

  deinit {
    code.deallocate()
    stack.deallocate()
    parameters.deallocate()
  }

  /// Compiles a tree.
  ///
  /// - Parameters:
  ///   - genes: The tree in postfix order.
  ///   - geneCount: Its size.
  ///   - fitsConstants: Whether free constants become parameters.
  /// - Returns: Whether the formula fits: false if it has more free constants or instructions than the
  ///   tape takes.
  func compile(_ genes: UnsafePointer<Gene>, _ geneCount: Int, fitsConstants: Bool) -> Bool {
    precondition(2 * geneCount + 4 <= capacity, "the tape is too short for the formula")
    count = 0
    parameterCount = 0
    shared = 0
    var depth = 0
    for index in 0..<geneCount {
      let gene = genes[index]
      switch gene.arity {
      case 0:
        stack[depth] = leaf(gene, index, fitsConstants)
        depth += 1
      case _ where gene.isCall:
        depth -= gene.arity - 1
        let body = functions[gene.function].body
        // What is left of the formula needs room too.
        guard count + 2 * (body.count + geneCount - index) + 4 <= capacity else { return false }
        stack[depth - 1] = call(body, stack[depth - 1], gene.arity == 2 ? stack[depth] : nil)
      case 1:
        stack[depth - 1] = unary(gene.operation, stack[depth - 1])
      default:
        depth -= 1
        stack[depth - 1] = binary(gene.operation, stack[depth - 1], stack[depth])
      }
      if parameterCount < 0 { return false }
    }
    // The value of the last instruction is the formula's.
    switch stack[0] {
    case .slot(let slot) where slot != count - 1: emit(LIMBECK_OP_COPY, stack[0])
    case .slot: break
    case .column: emit(LIMBECK_OP_COPY, stack[0])
    case .constant: _ = materialise(stack[0])
    }
    return parameterCount >= 0
  }

  /// Puts the values of the constants into the code.
  ///
  /// - Parameter values: One for each of ``parameters``.
  func setParameters(_ values: UnsafePointer<Double>) {
    for index in 0..<parameterCount {
      let parameter = parameters[index]
      if parameter.isSecond {
        code[Int(parameter.instruction)].d = Scalar(values[index])
      } else {
        code[Int(parameter.instruction)].c = Scalar(values[index])
      }
    }
  }

  /// The value of a constant as the code has it.
  func value(of index: Int) -> Scalar {
    let parameter = parameters[index]
    let instruction = code[Int(parameter.instruction)]
    return parameter.isSecond ? instruction.d : instruction.c
  }

  // MARK: Instruction selection

  private func leaf(_ gene: Gene, _ index: Int, _ fitsConstants: Bool) -> Operand {
    switch gene.operation {
    case .symbol: .column(gene.variable)
    case .pi: .constant(value: .pi, gene: -1)
    default: .constant(value: gene.value, gene: fitsConstants && gene.isFree ? Int32(index) : -1)
    }
  }

  // The body of a function, which may use its operands more than once.
  private func call(
    _ body: [Gene], _ first: Operand, _ second: Operand?
  ) -> Operand {
    let first = materialise(first)
    let second = second.map(materialise) ?? first
    let before = shared
    shared = count
    defer { shared = before }
    var operands: [Operand] = []
    for gene in body {
      switch gene.arity {
      case 0:
        operands.append(
          gene.variable < 0 ? (gene.variable == -1 ? first : second) : leaf(gene, -1, false))
      case 1: operands.append(unary(gene.operation, operands.removeLast()))
      default:
        let right = operands.removeLast()
        operands.append(binary(gene.operation, operands.removeLast(), right))
      }
    }
    return operands[0]
  }

  private func unary(_ operation: Operator, _ operand: Operand) -> Operand {
    let operand = materialise(operand)
    // sin(c x) and its like in one instruction: the most frequent pattern in physics.
    if case .slot(let slot) = operand, slot == count - 1, slot >= shared,
      code[count - 1].operation == UInt16(LIMBECK_OP_MULTIPLY_CONSTANT.rawValue),
      let fused = operation.scaledInstruction
    {
      code[count - 1].operation = UInt16(fused.rawValue)
      return operand
    }
    return emit(operation.instruction, operand)
  }

  private func binary(_ operation: Operator, _ left: Operand, _ right: Operand) -> Operand {
    if case .constant(let value, let gene) = right, !left.isConstant {
      switch operation {
      case .add:
        if case .slot(let slot) = left, slot == count - 1, slot >= shared,
          code[count - 1].operation == UInt16(LIMBECK_OP_MULTIPLY_CONSTANT.rawValue)
        {
          code[count - 1].operation = UInt16(LIMBECK_OP_AFFINE.rawValue)
          code[count - 1].d = Scalar(value)
          code[count - 1].d_parameter = parameter(gene, isSecond: true)
          return left
        }
        return emit(LIMBECK_OP_ADD_CONSTANT, left, value, gene)
      case .multiply: return emit(LIMBECK_OP_MULTIPLY_CONSTANT, left, value, gene)
      case .power: return emit(LIMBECK_OP_POWER_CONSTANT, left, value, gene)
      default: break
      }
    } else if case .constant(let value, let gene) = left, !right.isConstant {
      switch operation {
      case .add: return emit(LIMBECK_OP_ADD_CONSTANT, right, value, gene)
      case .multiply: return emit(LIMBECK_OP_MULTIPLY_CONSTANT, right, value, gene)
      case .subtract: return emit(LIMBECK_OP_CONSTANT_MINUS, right, value, gene)
      case .divide: return emit(LIMBECK_OP_CONSTANT_OVER, right, value, gene)
      default: break
      }
    }
    let first = materialise(left)
    let second = materialise(right)
    return emit(operation.instruction, first, second)
  }

  private func materialise(_ operand: Operand) -> Operand {
    guard case .constant(let value, let gene) = operand else { return operand }
    return emit(LIMBECK_OP_FILL, .slot(0), value, gene)
  }

  @discardableResult
  private func emit(
    _ operation: limbeck_operation, _ left: Operand, _ right: Operand = .slot(0)
  ) -> Operand {
    var instruction = Scalar.Instruction()
    instruction.operation = UInt16(operation.rawValue)
    instruction.destination = UInt16(count)
    instruction.a = left.code
    instruction.b = right.code
    instruction.c_parameter = -1
    instruction.d_parameter = -1
    code[count] = instruction
    count += 1
    return .slot(Int32(count - 1))
  }

  private func emit(
    _ operation: limbeck_operation, _ operand: Operand, _ value: Double, _ gene: Int32
  ) -> Operand {
    let slot = emit(operation, operand)
    code[count - 1].c = Scalar(value)
    code[count - 1].c_parameter = parameter(gene, isSecond: false)
    return slot
  }

  // The index of the parameter that the last instruction's constant is; -1 if it is fixed.
  private func parameter(_ gene: Int32, isSecond: Bool) -> Int16 {
    guard gene >= 0, parameterCount >= 0 else { return -1 }
    guard parameterCount < Tape.maximumParameters else {
      parameterCount = -1
      return -1
    }
    parameters[parameterCount] = Parameter(
      gene: gene, instruction: UInt16(count - 1), isSecond: isSecond)
    parameterCount += 1
    return Int16(parameterCount - 1)
  }
}

extension Tape.Operand {
  fileprivate var isConstant: Bool {
    if case .constant = self { true } else { false }
  }
}

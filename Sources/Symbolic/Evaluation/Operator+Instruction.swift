internal import CVectorMath

extension Operator {
  /// The kernels' instruction whose operands are slots or columns.
  ///
  /// A leaf that needs a slot of its own is copied or filled in.
  var instruction: limbeck_operation {
    switch self {
    case .constant, .pi: LIMBECK_OP_FILL
    case .symbol: LIMBECK_OP_COPY
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
    }
  }

  /// The instruction for a function of a multiple of its operand; nil if there is none.
  var scaledInstruction: limbeck_operation? {
    switch self {
    case .sin: LIMBECK_OP_SIN_SCALED
    case .cos: LIMBECK_OP_COS_SCALED
    case .exp: LIMBECK_OP_EXP_SCALED
    default: nil
    }
  }
}

extension limbeck_instruction_f32 {
  /// The single-precision twin of an instruction.
  init(_ instruction: limbeck_instruction_f64) {
    self.init(
      operation: instruction.operation, destination: instruction.destination, a: instruction.a,
      b: instruction.b, c_parameter: instruction.c_parameter,
      d_parameter: instruction.d_parameter, c: Float(instruction.c), d: Float(instruction.d))
  }
}

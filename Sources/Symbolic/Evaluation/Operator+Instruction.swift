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
    case .atan2: LIMBECK_OP_ATAN2
    case .hypot: LIMBECK_OP_HYPOTENUSE
    case .mod: LIMBECK_OP_MODULO
    case .greater: LIMBECK_OP_GREATER
    case .cond: LIMBECK_OP_CONDITIONAL
    case .logicalOr: LIMBECK_OP_LOGICAL_OR
    case .logicalAnd: LIMBECK_OP_LOGICAL_AND
    case .polygamma: LIMBECK_OP_POLYGAMMA
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
    case .log2: LIMBECK_OP_LOG2
    case .log10: LIMBECK_OP_LOG10
    case .log1p: LIMBECK_OP_LOG1P
    case .expm1: LIMBECK_OP_EXPM1
    case .asinh: LIMBECK_OP_ASINH
    case .acosh: LIMBECK_OP_ACOSH
    case .atanh: LIMBECK_OP_ATANH
    case .erfc: LIMBECK_OP_ERFC
    case .gamma: LIMBECK_OP_GAMMA
    case .lgamma: LIMBECK_OP_LOG_GAMMA
    case .digamma: LIMBECK_OP_DIGAMMA
    case .besselJ0: LIMBECK_OP_BESSEL_J0
    case .besselJ1: LIMBECK_OP_BESSEL_J1
    case .besselY0: LIMBECK_OP_BESSEL_Y0
    case .besselY1: LIMBECK_OP_BESSEL_Y1
    case .relu: LIMBECK_OP_RELU
    case .step: LIMBECK_OP_STEP
    case .floor: LIMBECK_OP_FLOOR
    case .ceil: LIMBECK_OP_CEILING
    case .round: LIMBECK_OP_ROUND
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

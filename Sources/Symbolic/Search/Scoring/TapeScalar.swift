internal import CVectorMath
internal import Tensors

/// One step of a compiled formula, in single or double precision.
protocol TapeInstruction {
  associatedtype Value: BinaryFloatingPoint
  var operation: UInt16 { get set }
  var destination: UInt16 { get set }
  var a: Int32 { get set }
  var b: Int32 { get set }
  var c_parameter: Int16 { get set }
  var d_parameter: Int16 { get set }
  var c: Value { get set }
  var d: Value { get set }
  init()
}

extension limbeck_instruction_f32: TapeInstruction {}
extension limbeck_instruction_f64: TapeInstruction {}

/// The precisions that formulas are evaluated in, with the kernels of each.
protocol TapeScalar: BinaryFloatingPoint, BitwiseCopyable, Sendable {
  associatedtype Instruction: TapeInstruction where Instruction.Value == Self

  /// Rows that the kernels work on at a time.
  static var blockSize: Int { get }

  /// `result[row]` = the value of the last instruction.
  static func evaluate(
    _ code: UnsafePointer<Instruction>, _ count: Int, _ columns: UnsafePointer<UnsafePointer<Self>>,
    rows: Int, scratch: UnsafeMutablePointer<Self>, result: UnsafeMutablePointer<Self>)

  /// Also the derivative by each parameter: `jacobian[p][row]`.
  static func differentiate(
    _ code: UnsafePointer<Instruction>, _ count: Int, parameters: Int,
    _ columns: UnsafePointer<UnsafePointer<Self>>, rows: Int, scratch: UnsafeMutablePointer<Self>,
    result: UnsafeMutablePointer<Self>, jacobian: UnsafePointer<UnsafeMutablePointer<Self>>)

  /// Means and centred second moments of two columns.
  static func moments(
    _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>, rows: Int
  ) -> limbeck_moments
}

extension Float: TapeScalar {
  typealias Instruction = limbeck_instruction_f32
  static var blockSize: Int { Int(LIMBECK_BLOCK_F32) }

  private static let kernels: limbeck_expressions_f32 = {
    guard let table = limbeck_expressions_f32_at(Int32(InstructionSet.current.rawValue)) else {
      preconditionFailure("the current instruction set has no expression kernels")
    }
    return table.pointee
  }()

  static func evaluate(
    _ code: UnsafePointer<Instruction>, _ count: Int,
    _ columns: UnsafePointer<UnsafePointer<Float>>, rows: Int,
    scratch: UnsafeMutablePointer<Float>, result: UnsafeMutablePointer<Float>
  ) {
    kernels.evaluate(code, count, columns, rows, blockSize, scratch, result)
  }

  static func differentiate(
    _ code: UnsafePointer<Instruction>, _ count: Int, parameters: Int,
    _ columns: UnsafePointer<UnsafePointer<Float>>, rows: Int,
    scratch: UnsafeMutablePointer<Float>, result: UnsafeMutablePointer<Float>,
    jacobian: UnsafePointer<UnsafeMutablePointer<Float>>
  ) {
    kernels.jacobian(code, count, parameters, columns, rows, blockSize, scratch, result, jacobian)
  }

  static func moments(
    _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, rows: Int
  ) -> limbeck_moments {
    kernels.moments(x, y, rows)
  }
}

extension Double: TapeScalar {
  typealias Instruction = limbeck_instruction_f64
  static var blockSize: Int { Int(LIMBECK_BLOCK_F64) }

  private static let kernels: limbeck_expressions_f64 = {
    guard let table = limbeck_expressions_f64_at(Int32(InstructionSet.current.rawValue)) else {
      preconditionFailure("the current instruction set has no expression kernels")
    }
    return table.pointee
  }()

  static func evaluate(
    _ code: UnsafePointer<Instruction>, _ count: Int,
    _ columns: UnsafePointer<UnsafePointer<Double>>, rows: Int,
    scratch: UnsafeMutablePointer<Double>, result: UnsafeMutablePointer<Double>
  ) {
    kernels.evaluate(code, count, columns, rows, blockSize, scratch, result)
  }

  static func differentiate(
    _ code: UnsafePointer<Instruction>, _ count: Int, parameters: Int,
    _ columns: UnsafePointer<UnsafePointer<Double>>, rows: Int,
    scratch: UnsafeMutablePointer<Double>, result: UnsafeMutablePointer<Double>,
    jacobian: UnsafePointer<UnsafeMutablePointer<Double>>
  ) {
    kernels.jacobian(code, count, parameters, columns, rows, blockSize, scratch, result, jacobian)
  }

  static func moments(
    _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, rows: Int
  ) -> limbeck_moments {
    kernels.moments(x, y, rows)
  }

  /// `JᵀWJ`, `JᵀWr` and `rᵀWr` of the residuals `r` = target − value; target and weights are those of the
  /// rows unless others are given.
  static func normalEquations(
    _ code: UnsafePointer<Instruction>, _ count: Int, parameters: Int, rows: RowBlock<Double>,
    target: AlignedBuffer<Double>? = nil, weights: AlignedBuffer<Double>? = nil,
    scratch: UnsafeMutablePointer<Double>, gram: UnsafeMutablePointer<Double>,
    descent: UnsafeMutablePointer<Double>
  ) -> Double {
    kernels.normal_equations(
      code, count, parameters, rows.columnPointers, (target ?? rows.target).pointer,
      (weights ?? rows.weights)?.pointer, rows.count, blockSize, scratch, gram, descent)
  }
}

extension TapeScalar {
  /// Elements of scratch for programs and derivatives of a size.
  static func scratchSize(instructions: Int, parameters: Int) -> Int {
    limbeck_derivative_scratch(instructions, parameters, blockSize)
  }
}

internal import CVectorMath
internal import Tensors

/// A formula compiled for evaluation over columns of data.
///
/// The formula becomes a straight line of vector instructions over blocks of rows that stay in the
/// first-level cache: constants are folded, a factor and an offset ride along with the operation
/// they belong to. A row's bits depend on its values and the instruction set alone. The plain twin
/// is ``Expression/evaluate(_:)``; ``ParametricProgram`` also differentiates by the constants.
///
/// ```swift
/// let program = try Program(Expression(parsing: "sin(x)*t"), inputs: ["x", "t"])
/// let values = program.evaluate([[0, 1, 2], [3, 4, 5]])
/// ```
public struct Program: Sendable {
  /// The names of the columns, in the order of an evaluation.
  public let inputs: [Symbol]

  private let doubleCode: [limbeck_instruction_f64]
  private let floatCode: [limbeck_instruction_f32]
  private let slotCount: Int

  /// Number of columns that an evaluation needs.
  public var inputCount: Int { inputs.count }

  /// Compiles a formula.
  ///
  /// - Parameters:
  ///   - expression: The formula.
  ///   - inputs: The names of the columns, in the order of an evaluation.
  /// - Throws: ``ProgramError`` if the formula contains another name, or is absurdly long.
  public init(_ expression: Expression, inputs: [Symbol]) throws(ProgramError) {
    var compiler = ProgramCompiler(inputs: inputs)
    try compiler.compile(expression)
    // Slots are numbered in 16 bits.
    guard compiler.slotCount <= 1 << 16 else { throw .tooLong(limit: 1 << 16) }
    self.inputs = inputs
    doubleCode = compiler.code
    floatCode = compiler.code.map { limbeck_instruction_f32($0) }
    slotCount = compiler.slotCount
  }

  /// Evaluates the formula.
  ///
  /// Several threads may evaluate one program at a time.
  ///
  /// - Parameters:
  ///   - columns: One pointer for each input, to `rows` numbers of any alignment.
  ///   - rows: Number of rows.
  ///   - result: Receives one value for each row; may not overlap a column.
  public func evaluate(
    columns: [UnsafePointer<Double>], rows: Int, into result: UnsafeMutablePointer<Double>
  ) {
    run(doubleCode, columns, rows, result)
  }

  /// Evaluates the formula in single precision.
  ///
  /// - Parameters:
  ///   - columns: One pointer for each input, to `rows` numbers of any alignment.
  ///   - rows: Number of rows.
  ///   - result: Receives one value for each row; may not overlap a column.
  public func evaluate(
    columns: [UnsafePointer<Float>], rows: Int, into result: UnsafeMutablePointer<Float>
  ) {
    run(floatCode, columns, rows, result)
  }

  /// Evaluates the formula.
  ///
  /// - Parameter columns: One array for each input, all of one length; at least one.
  /// - Returns: One value for each row.
  public func evaluate(_ columns: [[Double]]) -> [Double] {
    run(doubleCode, columns)
  }

  /// Evaluates the formula in single precision.
  ///
  /// - Parameter columns: One array for each input, all of one length; at least one.
  /// - Returns: One value for each row.
  public func evaluate(_ columns: [[Float]]) -> [Float] {
    run(floatCode, columns)
  }

  private func run<Scalar: TapeScalar>(_ code: [Scalar.Instruction], _ columns: [[Scalar]])
    -> [Scalar]
  {
    precondition(!columns.isEmpty, "at least one column is needed to know the number of rows")
    let rows = columns[0].count
    precondition(columns.allSatisfy { $0.count == rows }, "columns have one length")
    return withUnsafeTemporaryAllocation(of: Scalar.self, capacity: columns.count * rows + 1) {
      data in
      guard let base = data.baseAddress else { return [] }
      for (index, column) in columns.enumerated() {
        (base + index * rows).initialize(from: column, count: rows)
      }
      return [Scalar](unsafeUninitializedCapacity: rows) { buffer, count in
        if let result = buffer.baseAddress, rows > 0 {
          run(code, columns.indices.map { UnsafePointer(base + $0 * rows) }, rows, result)
        }
        count = rows
      }
    }
  }

  private func run<Scalar: TapeScalar>(
    _ code: [Scalar.Instruction], _ columns: [UnsafePointer<Scalar>], _ rows: Int,
    _ result: UnsafeMutablePointer<Scalar>
  ) {
    precondition(columns.count == inputCount, "a program needs one column for each input")
    let size = limbeck_evaluation_scratch(max(1, slotCount), Scalar.blockSize)
    withUnsafeTemporaryAllocation(of: Scalar.self, capacity: size) { scratch in
      columns.withUnsafeBufferPointer { columns in
        code.withUnsafeBufferPointer { code in
          guard let scratch = scratch.baseAddress, let code = code.baseAddress else { return }
          // A formula without names reads no column; any pointer will do for none.
          withUnsafePointer(to: UnsafePointer(scratch)) { none in
            Scalar.evaluate(
              code, self.doubleCode.count, columns.baseAddress ?? none, rows: rows,
              scratch: scratch, result: result)
          }
        }
      }
    }
  }
}

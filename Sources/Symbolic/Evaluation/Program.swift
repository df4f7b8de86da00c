internal import CVectorMath
internal import Tensors

/// A formula compiled for evaluation over columns of data.
///
/// The formula becomes a straight line of vector instructions over blocks of rows that stay in the
/// first-level cache: constants are folded, a factor and an offset ride along with the operation
/// they belong to. A row's bits depend on its values and the instruction set alone. The plain twin
/// is ``Expression/evaluate(_:)``.
///
/// ```swift
/// let program = try Program(Expression(parsing: "sin(x)*t"), inputs: ["x", "t"])
/// let values = program.evaluate([[0, 1, 2], [3, 4, 5]])
/// ```
public struct Program: Sendable {
  /// Number of columns that an evaluation needs.
  public let inputCount: Int

  private let code: [limbeck_instruction_f64]
  private let slotCount: Int

  /// Compiles a formula.
  ///
  /// - Parameters:
  ///   - expression: The formula.
  ///   - inputs: The names of the columns, in the order of an evaluation.
  /// - Throws: ``ProgramError`` if the formula contains another name.
  public init(_ expression: Expression, inputs: [Symbol]) throws(ProgramError) {
    var compiler = ProgramCompiler(inputs: inputs)
    try compiler.compile(expression)
    inputCount = inputs.count
    code = compiler.code
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
    precondition(columns.count == inputCount, "a program needs one column for each input")
    let block = Int(LIMBECK_BLOCK_F64)
    withUnsafeTemporaryAllocation(
      of: Double.self, capacity: limbeck_evaluation_scratch(max(1, slotCount), block)
    ) { scratch in
      guard let base = scratch.baseAddress else { return }
      columns.withUnsafeBufferPointer { columns in
        Self.kernels.evaluate(
          code, code.count, columns.baseAddress, rows, block, base, result)
      }
    }
  }

  /// Evaluates the formula.
  ///
  /// - Parameter columns: One array for each input, all of one length; at least one.
  /// - Returns: One value for each row.
  public func evaluate(_ columns: [[Double]]) -> [Double] {
    precondition(columns.count == inputCount && !columns.isEmpty, "one column for each input")
    let rows = columns[0].count
    let data = AlignedBuffer(count: columns.count * rows, repeating: 0.0)
    for (index, column) in columns.enumerated() {
      precondition(column.count == rows, "columns have one length")
      (data.pointer + index * rows).update(from: column, count: rows)
    }
    return [Double](unsafeUninitializedCapacity: rows) { buffer, count in
      if let result = buffer.baseAddress {
        evaluate(
          columns: (0..<columns.count).map { UnsafePointer(data.pointer + $0 * rows) }, rows: rows,
          into: result)
      }
      count = rows
    }
  }

  private static let kernels: limbeck_expressions_f64 = {
    guard let table = limbeck_expressions_f64_at(Int32(InstructionSet.current.rawValue)) else {
      preconditionFailure("the kernels lack an instruction set they promised")
    }
    return table.pointee
  }()
}

/// Why a formula cannot be compiled.
public enum ProgramError: Error, Equatable, Sendable {
  /// The formula contains a name that is no input.
  case unknownName(String, inputs: [String])
}

extension ProgramError: CustomStringConvertible {
  /// One sentence that says what was found and what was expected.
  public var description: String {
    switch self {
    case .unknownName(let name, let inputs):
      "the formula contains '\(name)', which is none of \(inputs.joined(separator: ", "))"
    }
  }
}

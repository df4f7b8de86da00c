internal import CVectorMath
internal import Tensors

/// A formula compiled together with its derivatives by its own constants.
///
/// Every constant of the formula that is not fixed becomes a parameter: `2.5*sin(0.3*x)` has the
/// parameters 2.5 and 0.3. Values and all derivatives come from one pass forward and one back over
/// blocks of rows, which costs two to three plain evaluations however many parameters there are.
public struct ParametricProgram: Sendable {
  /// The names of the columns, in the order of an evaluation.
  public let inputs: [Symbol]

  /// The constants of the formula in their order, those that are fixed left out.
  public let constants: [Double]

  private let code: [limbeck_instruction_f64]

  /// Values and derivatives of a formula.
  public struct Derivatives: Sendable {
    /// One value for each row.
    public let values: [Double]

    /// One column for each constant: the derivatives of the values by it, `[constants][rows]`.
    public let jacobian: [[Double]]
  }

  /// What a Gauss-Newton step needs to know about a fit.
  public struct NormalEquations: Sendable {
    /// `JᵀJ`, symmetric, `[constants, constants]` row by row.
    public let gram: [Double]

    /// `Jᵀr` for residuals `r` = target - value: the direction in which the error falls.
    public let descent: [Double]

    /// `rᵀr`.
    public let squaredError: Double
  }

  /// Compiles a formula.
  ///
  /// - Parameters:
  ///   - expression: The formula.
  ///   - inputs: The names of the columns, in the order of an evaluation.
  /// - Throws: ``ProgramError`` if the formula contains another name or is too long.
  public init(_ expression: Expression, inputs: [Symbol]) throws(ProgramError) {
    var compiler = ProgramCompiler(inputs: inputs, form: .singleAssignment)
    try compiler.compile(expression, takesParameters: true)
    let limit = Int(LIMBECK_MAX_INSTRUCTIONS)
    guard compiler.code.count <= limit else { throw .tooLong(limit: limit) }
    self.inputs = inputs
    constants = compiler.parameters
    code = compiler.code
  }

  /// Evaluates the formula and its derivatives by the constants.
  ///
  /// - Parameters:
  ///   - columns: One array for each input, all of one length; at least one.
  ///   - constants: Values for the constants; those of the formula if left out.
  /// - Returns: Values and derivatives.
  public func derivatives(
    _ columns: [[Double]], constants: [Double]? = nil
  ) -> Derivatives {
    let rows = rowCount(columns)
    let parameters = self.constants.count
    // The result, then one column for each constant.
    let output = AlignedBuffer(count: (parameters + 1) * rows, repeating: 0.0)
    let jacobian = (1...max(1, parameters)).map { output.pointer + ($0 - 1) * rows + rows }
    withKernelArguments(columns, constants) { code, pointers, scratch in
      Double.differentiate(
        code, self.code.count, parameters: parameters, pointers, rows: rows, scratch: scratch,
        result: output.pointer, jacobian: jacobian)
    }
    func column(_ index: Int) -> [Double] {
      Array(UnsafeBufferPointer(start: output.pointer + index * rows, count: rows))
    }
    return Derivatives(values: column(0), jacobian: (0..<parameters).map { column($0 + 1) })
  }

  /// Sums up what a step of least squares needs, without storing a Jacobian.
  ///
  /// - Parameters:
  ///   - columns: One array for each input, all of one length; at least one.
  ///   - targets: What the formula should give, one number for each row.
  ///   - constants: Values for the constants; those of the formula if left out.
  /// - Returns: The normal equations.
  public func normalEquations(
    _ columns: [[Double]], targets: [Double], constants: [Double]? = nil
  ) -> NormalEquations {
    precondition(targets.count == rowCount(columns), "one target for each row")
    let parameters = self.constants.count
    var gram = [Double](repeating: 0, count: parameters * parameters)
    var descent = [Double](repeating: 0, count: parameters)
    var squaredError = 0.0
    withKernelArguments(columns, constants) { code, pointers, scratch in
      squaredError = Double.normalEquations(
        code, self.code.count, parameters: parameters, pointers, targets: targets,
        rows: targets.count, scratch: scratch, gram: &gram, descent: &descent)
    }
    return NormalEquations(gram: gram, descent: descent, squaredError: squaredError)
  }

  private func rowCount(_ columns: [[Double]]) -> Int {
    precondition(columns.count == inputs.count, "a program needs one column for each input")
    precondition(!columns.isEmpty, "at least one column is needed to know the number of rows")
    precondition(columns.allSatisfy { $0.count == columns[0].count }, "columns have one length")
    return columns[0].count
  }

  /// Lays out code with the constants in it, columns, and scratch of this call's own.
  private func withKernelArguments(
    _ columns: [[Double]], _ constants: [Double]?,
    _ body: (
      UnsafePointer<limbeck_instruction_f64>, UnsafePointer<UnsafePointer<Double>>,
      UnsafeMutablePointer<Double>
    ) -> Void
  ) {
    let rows = columns[0].count
    let data = AlignedBuffer(count: max(1, columns.count * rows), repeating: 0.0)
    for (index, column) in columns.enumerated() {
      (data.pointer + index * rows).update(from: column, count: rows)
    }
    let pointers = columns.indices.map { UnsafePointer(data.pointer + $0 * rows) }
    let size = Double.scratchSize(instructions: code.count, parameters: self.constants.count)
    let scratch = AlignedBuffer(count: size, repeating: 0.0)
    body(replacing(constants), pointers, scratch.pointer)
  }

  private func replacing(_ constants: [Double]?) -> [limbeck_instruction_f64] {
    guard let constants else { return code }
    precondition(constants.count == self.constants.count, "one value for each constant")
    return code.map { instruction in
      var instruction = instruction
      if instruction.c_parameter >= 0 { instruction.c = constants[Int(instruction.c_parameter)] }
      if instruction.d_parameter >= 0 { instruction.d = constants[Int(instruction.d_parameter)] }
      return instruction
    }
  }
}

extension Double {
  /// `JᵀJ`, `Jᵀr` and `rᵀr` of a program's residuals.
  fileprivate static func normalEquations(
    _ code: UnsafePointer<limbeck_instruction_f64>, _ count: Int, parameters: Int,
    _ columns: UnsafePointer<UnsafePointer<Double>>, targets: UnsafePointer<Double>, rows: Int,
    scratch: UnsafeMutablePointer<Double>, gram: UnsafeMutablePointer<Double>,
    descent: UnsafeMutablePointer<Double>
  ) -> Double {
    guard let kernels = limbeck_expressions_f64_at(Int32(InstructionSet.current.rawValue)) else {
      preconditionFailure("the current instruction set has no expression kernels")
    }
    return kernels.pointee.normal_equations(
      code, count, parameters, columns, targets, nil, rows, blockSize, scratch, gram, descent)
  }
}

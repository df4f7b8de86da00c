/// A linear map whose numbers are not trained: `z = B x + c`.
struct FixedStep: LayerStep {
  let input: LayerSlice
  let output: LayerSlice

  /// Where B `[out, in]` and c `[out]` begin among the constants.
  let constants: Int

  var inputs: [LayerSlice] { [input] }

  private var biases: Int { constants + output.units * input.units }

  func forward<Scalar>(
    _ memory: JetMemory<Scalar>, parameters: UnsafePointer<Scalar>,
    direction: UnsafePointer<Scalar>?
  ) {
    let row = memory.row
    Scalar.multiply(
      rows: output.units, columns: row, inner: input.units, a: memory.constants + constants,
      rowStep: input.units, columnStep: 1, b: memory.values(input), bStride: row,
      accumulate: false, c: memory.values(output), cStride: row)
    Scalar.addToRows(
      rows: output.units, columns: memory.points, stride: row, biases: memory.constants + biases,
      to: memory.values(output))
  }

  func reverse<Scalar>(
    _ memory: JetMemory<Scalar>, parameters: UnsafePointer<Scalar>,
    derivatives: ParameterDerivatives<Scalar>
  ) {
    guard memory.isTrained(input) else { return }
    memory.addTransposedProduct(
      memory.constants + constants, from: memory.adjoints(output), output.units, to: input)
  }
}

extension LayerGraph {
  /// Adds a linear map that is not trained.
  ///
  /// - Parameters:
  ///   - input: What is mapped.
  ///   - weights: B, `[out, in]` row by row.
  ///   - biases: c, `[out]`.
  ///   - output: Where the result goes; nil makes a slot.
  /// - Returns: The result.
  @discardableResult
  mutating func map(
    _ input: LayerSlice, weights: [Double], biases: [Double], into output: LayerSlice? = nil
  ) -> LayerSlice {
    precondition(weights.count == biases.count * input.units, "the map has another shape")
    let output = output ?? slot(biases.count)
    add(FixedStep(input: input, output: output, constants: constant(weights + biases)))
    return output
  }
}

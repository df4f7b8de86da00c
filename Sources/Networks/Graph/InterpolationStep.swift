/// A trainable step from one array towards another: `y = x + α d`, with `d = f − x`.
///
/// That is `α f + (1 − α) x`; α begins at 0, so that a deep network begins as a shallow one.
struct InterpolationStep: LayerStep {
  let base: LayerSlice
  let difference: LayerSlice
  let output: LayerSlice

  /// Where α stands in the flat parameters.
  let factor: Int

  var inputs: [LayerSlice] { [base, difference] }
  var isTrained: Bool { true }

  func forward<Scalar>(
    _ memory: JetMemory<Scalar>, parameters: UnsafePointer<Scalar>,
    direction: UnsafePointer<Scalar>?
  ) {
    let (target, row) = (memory.values(output), memory.row)
    let difference = memory.values(difference)
    target.copy(from: memory.values(base), count: output.units * row)
    memory.add(parameters[factor], times: difference, to: target, units: output.units)
    guard let direction else { return }
    // (α + h β)(d₀ + h d₁ + …): β carries the blocks 0 and 1 into the blocks 1 and 2.
    var slope = direction[factor]
    let block = row / 3
    for unit in 0..<output.units {
      Scalar.multiply(
        rows: 1, columns: 2 * block, inner: 1, a: &slope, rowStep: 1, columnStep: 1,
        b: difference + unit * row, bStride: row, accumulate: true,
        c: target + unit * row + block, cStride: row)
    }
  }

  func reverse<Scalar>(
    _ memory: JetMemory<Scalar>, parameters: UnsafePointer<Scalar>,
    derivatives: ParameterDerivatives<Scalar>
  ) {
    let (adjoint, values) = (memory.adjoints(output), memory.values(difference))
    switch derivatives {
    case .gradient(let gradient):
      Scalar.multiplyTransposed(
        rows: 1, others: 1, columns: output.units * memory.row, a: adjoint, b: values,
        c: gradient + factor)
    case .rows(let rows, let stride):
      // One weight that sees every channel of every unit.
      Scalar.layerJacobian(
        channels: output.units * memory.plan.channelCount, outputs: 1, inputs: 1,
        points: memory.points, adjoint: adjoint, input: values, weights: rows + factor * stride,
        biases: memory.unusedRow, stride: stride)
    }
    for (slice, factor) in [(base, Scalar(1)), (difference, parameters[factor])]
    where memory.isTrained(slice) {
      memory.add(factor, times: adjoint, to: memory.adjoints(slice), units: output.units)
    }
  }
}

extension LayerGraph {
  /// Adds `x + α (f − x)` with a trainable α that begins at 0.
  ///
  /// - Parameters:
  ///   - base: x.
  ///   - end: f.
  ///   - name: The name of α in files.
  /// - Returns: The result.
  mutating func interpolate(
    from base: LayerSlice, to end: LayerSlice, name: String
  ) -> LayerSlice {
    let difference = difference(end, base)
    let output = slot(base.units)
    let factor = tensor(name, [1], .constant(0))
    add(InterpolationStep(base: base, difference: difference, output: output, factor: factor))
    return output
  }
}

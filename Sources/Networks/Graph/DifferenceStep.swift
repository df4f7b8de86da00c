/// The difference of two arrays: `y = a − b`.
struct DifferenceStep: LayerStep {
  let left: LayerSlice
  let right: LayerSlice
  let output: LayerSlice

  var inputs: [LayerSlice] { [left, right] }

  func forward<Scalar>(
    _ memory: JetMemory<Scalar>, parameters: UnsafePointer<Scalar>,
    direction: UnsafePointer<Scalar>?
  ) {
    let target = memory.values(output)
    target.copy(from: memory.values(left), count: output.units * memory.row)
    memory.add(-1, times: memory.values(right), to: target, units: output.units)
  }

  func reverse<Scalar>(
    _ memory: JetMemory<Scalar>, parameters: UnsafePointer<Scalar>,
    derivatives: ParameterDerivatives<Scalar>
  ) {
    let adjoint = memory.adjoints(output)
    for (slice, factor) in [(left, Scalar(1)), (right, -1)] where memory.isTrained(slice) {
      memory.add(factor, times: adjoint, to: memory.adjoints(slice), units: output.units)
    }
  }
}

extension LayerGraph {
  /// Adds `left − right`, both of the same number of units.
  mutating func difference(_ left: LayerSlice, _ right: LayerSlice) -> LayerSlice {
    let output = slot(left.units)
    add(DifferenceStep(left: left, right: right, output: output))
    return output
  }
}

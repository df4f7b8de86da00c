/// Keeps units within bounds: `a = min(max(x, lower), upper)`.
///
/// Where a bound holds, every derivative is zero.
struct ClampStep: LayerStep {
  let input: LayerSlice
  let output: LayerSlice

  /// Where the lower bounds and then the upper ones begin among the constants.
  let constants: Int

  var inputs: [LayerSlice] { [input] }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  func forward<Scalar>(
    _ memory: JetMemory<Scalar>, parameters: UnsafePointer<Scalar>,
    direction: UnsafePointer<Scalar>?
  ) {
    let row = memory.row
    memory.values(output).copy(from: memory.values(input), count: output.units * row)
    for unit in 0..<output.units {
      let lower = memory.constants[constants + unit]
      let upper = memory.constants[constants + output.units + unit]
      let jets = memory.values(output) + unit * row
      for p in 0..<memory.points where jets[p] < lower || jets[p] > upper {
        jets[p] = jets[p] < lower ? lower : upper
        for channel in stride(from: p + memory.points, to: row, by: memory.points) {
          jets[channel] = 0
        }
      }
    }
  }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  func reverse<Scalar>(
    _ memory: JetMemory<Scalar>, parameters: UnsafePointer<Scalar>,
    derivatives: ParameterDerivatives<Scalar>
  ) {
    guard memory.isTrained(input) else { return }
    let row = memory.row
    for unit in 0..<output.units {
      let lower = memory.constants[constants + unit]
      let upper = memory.constants[constants + output.units + unit]
      let values = memory.values(input) + unit * row
      let (source, target) = (
        memory.adjoints(output) + unit * row, memory.adjoints(input) + unit * row
      )
      for p in 0..<memory.points where values[p] >= lower && values[p] <= upper {
        for channel in stride(from: p, to: row, by: memory.points) {
          target[channel] += source[channel]
        }
      }
    }
  }
}

extension LayerGraph {
  /// Adds bounds.
  ///
  /// - Parameters:
  ///   - input: What is bounded.
  ///   - lower: The lower bound of each unit.
  ///   - upper: The upper bound of each unit.
  /// - Returns: The result.
  mutating func clamp(_ input: LayerSlice, lower: [Double], upper: [Double]) -> LayerSlice {
    precondition(lower.count == input.units && upper.count == input.units, "each unit has bounds")
    let output = slot(input.units)
    add(ClampStep(input: input, output: output, constants: constant(lower + upper)))
    return output
  }
}

/// An elementwise function: `a = f(z)`.
///
/// Nothing else reads z, so that the adjoint of z replaces that of a, and without a reverse pass a
/// replaces z.
struct ActivationStep: LayerStep {
  let function: ElementwiseFunction
  let input: LayerSlice
  let output: LayerSlice

  var inputs: [LayerSlice] { [input] }

  // Looking up generic types at run time would take as long as a small layer's arithmetic.
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  func forward<Scalar>(
    _ memory: JetMemory<Scalar>, parameters: UnsafePointer<Scalar>,
    direction: UnsafePointer<Scalar>?
  ) {
    Scalar.activate(
      function, plan: memory.plan, units: output.units, points: memory.points,
      z: memory.values(input), a: memory.values(output))
  }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  func reverse<Scalar>(
    _ memory: JetMemory<Scalar>, parameters: UnsafePointer<Scalar>,
    derivatives: ParameterDerivatives<Scalar>
  ) {
    guard memory.isTrained(input) else { return }
    Scalar.activateReverse(
      function, plan: memory.plan, units: output.units, points: memory.points,
      z: memory.values(input), a: memory.values(output), adjoint: memory.adjoints(output))
  }
}

extension LayerGraph {
  /// Adds an elementwise function of a whole slot that nothing else reads.
  ///
  /// - Parameters:
  ///   - function: The function.
  ///   - input: A slot that a step wrote.
  ///   - output: Where the result goes; nil makes a slot.
  /// - Returns: The result.
  @discardableResult
  mutating func apply(
    _ function: ElementwiseFunction, to input: LayerSlice, into output: LayerSlice? = nil
  ) -> LayerSlice {
    precondition(input.units == slots[input.slot], "an elementwise function takes a whole slot")
    let output = output ?? slot(input.units)
    add(ActivationStep(function: function, input: input, output: output))
    return output
  }
}

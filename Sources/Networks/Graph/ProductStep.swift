/// Sums of products of units: `y = base + Σ left ∘ right`.
///
/// The units that meet are given as runs, so that the same step is an elementwise product, a dot product
/// or a weighted sum of vectors.
struct ProductStep: LayerStep {
  let base: LayerSlice?
  let left: LayerSlice
  let right: LayerSlice
  let output: LayerSlice
  let runs: [Run]

  /// `count` products of units `left + i leftStep` and `right + i rightStep`, added to the units
  /// `output + i outputStep`.
  struct Run: Sendable {
    var count: Int
    var left = 0
    var leftStep = 1
    var right = 0
    var rightStep = 1
    var output = 0
    var outputStep = 1
  }

  var inputs: [LayerSlice] { [left, right] + (base.map { [$0] } ?? []) }

  func forward<Scalar>(
    _ memory: JetMemory<Scalar>, parameters: UnsafePointer<Scalar>,
    direction: UnsafePointer<Scalar>?
  ) {
    let (row, target) = (memory.row, memory.values(output))
    if let base {
      target.copy(from: memory.values(base), count: output.units * row)
    } else {
      target.clear(count: output.units * row)
    }
    for run in runs {
      Scalar.multiplyJets(
        plan: memory.plan, units: run.count, points: memory.points,
        left: memory.values(left) + run.left * row, leftStep: run.leftStep,
        right: memory.values(right) + run.right * row, rightStep: run.rightStep,
        to: target + run.output * row, step: run.outputStep)
    }
  }

  func reverse<Scalar>(
    _ memory: JetMemory<Scalar>, parameters: UnsafePointer<Scalar>,
    derivatives: ParameterDerivatives<Scalar>
  ) {
    let (row, adjoint) = (memory.row, memory.adjoints(output))
    if let base, memory.isTrained(base) {
      memory.add(1, times: adjoint, to: memory.adjoints(base), units: output.units)
    }
    for run in runs {
      if memory.isTrained(left) {
        Scalar.multiplyJetsReverse(
          plan: memory.plan, units: run.count, points: memory.points,
          adjoint: adjoint + run.output * row, adjointStep: run.outputStep,
          factor: memory.values(right) + run.right * row, factorStep: run.rightStep,
          to: memory.adjoints(left) + run.left * row, step: run.leftStep)
      }
      if memory.isTrained(right) {
        Scalar.multiplyJetsReverse(
          plan: memory.plan, units: run.count, points: memory.points,
          adjoint: adjoint + run.output * row, adjointStep: run.outputStep,
          factor: memory.values(left) + run.left * row, factorStep: run.leftStep,
          to: memory.adjoints(right) + run.right * row, step: run.rightStep)
      }
    }
  }
}

extension LayerGraph {
  /// Adds sums of products.
  ///
  /// - Parameters:
  ///   - left: The units of the first factors.
  ///   - right: The units of the second factors.
  ///   - units: Number of units of the result.
  ///   - base: What the products are added to; nil is zero.
  ///   - runs: Which units meet.
  /// - Returns: The result.
  mutating func products(
    _ left: LayerSlice, _ right: LayerSlice, units: Int, base: LayerSlice? = nil,
    runs: [ProductStep.Run]
  ) -> LayerSlice {
    let output = slot(units)
    add(ProductStep(base: base, left: left, right: right, output: output, runs: runs))
    return output
  }

  /// Adds the gate `(1 − g) ∘ u + g ∘ v` from g, u and `v − u`.
  mutating func gate(
    _ gate: LayerSlice, base: LayerSlice, difference: LayerSlice
  ) -> LayerSlice {
    products(gate, difference, units: base.units, base: base, runs: [.init(count: base.units)])
  }
}

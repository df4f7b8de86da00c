internal import Networks
internal import Symbolic
internal import Tensors

/// The residuals of one block at given parameters: the network's jets and what is made of them.
struct BlockEvaluation<Scalar: NetworkScalar> {
  let block: ResidualBlock<Scalar>
  let jets: JetPropagation<Scalar>

  private let system: ResidualSystem<Scalar>
  private let shard: ResidualSystem<Scalar>.Shard
  private let term: CompiledTerm
  private let size: Int

  /// Carries the block's jets forward.
  init(
    _ system: ResidualSystem<Scalar>, _ shard: ResidualSystem<Scalar>.Shard,
    _ block: ResidualBlock<Scalar>, _ parameters: UnsafePointer<Scalar>
  ) {
    self.block = block
    self.system = system
    self.shard = shard
    term = system.terms[block.term]
    size = block.columns.count / max(1, term.columnSymbols.count)
    jets = shard.propagation(system, term: block.term, size: size)
    jets.load(block.inputs)
    jets.forward(parameters: parameters)
    let count = system.network.outputs * term.plan.channelCount * size
    shard.reserve(fields: count, values: 3 * size)
    Scalar.widen(jets.outputs, to: shard.fields.pointer, count: count)
  }

  /// Writes `scale · R` for each point, zero for the padding.
  func residual(_ e: Int, into result: UnsafeMutablePointer<Double>) {
    term.residuals[e].value.evaluate(columns: columns(e), rows: size, into: result)
    for p in 0..<size { result[p] = p < block.count ? result[p] * term.scale : 0 }
  }

  /// Sets all adjoints of the outputs to zero.
  func clearAdjoint() {
    let count = system.network.outputs * term.plan.channelCount * size
    jets.outputAdjoint.update(repeating: 0, count: count)
  }

  /// Adds `scale · vₚ ∂R/∂q` to the adjoint of each coefficient q, with v = 1 where it is nil.
  func addAdjoint(_ e: Int, times vector: UnsafePointer<Double>?) {
    let (values, columns) = (shard.values.pointer, columns(e))
    for (program, slot) in zip(term.residuals[e].first, term.slots[e]) {
      program.evaluate(columns: columns, rows: size, into: values)
      let scale = term.scale
      for p in 0..<block.count { values[p] *= scale * (vector?[p] ?? 1) }
      for p in block.count..<size { values[p] = 0 }
      let target = jets.outputAdjoint + (slot.output * term.plan.channelCount + slot.channel) * size
      Scalar.addNarrowed(values, to: target, count: size)
    }
  }

  /// Carries the jets along a direction in parameter space.
  func carry(along direction: UnsafePointer<Scalar>, parameters: UnsafePointer<Scalar>) {
    let along = shard.direction(system, term: block.term, size: size)
    along.load(block.inputs)
    along.forward(parameters: parameters, direction: direction)
  }

  /// Writes `scale · (Σᵢ R_i qᵢ″ + Σᵢⱼ R_ij qᵢ′ qⱼ′)`, the chain rule's second derivative.
  func secondDerivative(_ e: Int, into result: UnsafeMutablePointer<Double>) {
    let along = shard.direction(system, term: block.term, size: size)
    let (values, columns) = (shard.values.pointer, columns(e))
    let (first, second) = (values + size, values + 2 * size)
    let slots = term.slots[e]
    for p in 0..<size { result[p] = 0 }
    for (program, slot) in zip(term.residuals[e].first, slots) {
      program.evaluate(columns: columns, rows: size, into: values)
      let half = along.halfSecond(output: slot.output, channel: slot.channel)
      Scalar.widen(half, to: first, count: size)
      for p in 0..<block.count { result[p] += 2 * values[p] * first[p] }
    }
    for (i, j, program) in term.residuals[e].second {
      program.evaluate(columns: columns, rows: size, into: values)
      let a = along.first(output: slots[i].output, channel: slots[i].channel)
      let b = along.first(output: slots[j].output, channel: slots[j].channel)
      Scalar.widen(a, to: first, count: size)
      Scalar.widen(b, to: second, count: size)
      let multiplicity: Double = i == j ? 1 : 2
      for p in 0..<block.count { result[p] += multiplicity * values[p] * first[p] * second[p] }
    }
    for p in 0..<block.count { result[p] *= term.scale }
  }

  /// The columns that the programs of equation `e` read: coordinates and data, then fields.
  private func columns(_ e: Int) -> [UnsafePointer<Double>] {
    let given = (0..<term.columnSymbols.count).map {
      UnsafePointer(block.columns.pointer + $0 * size)
    }
    return given
      + term.slots[e].map {
        UnsafePointer(
          shard.fields.pointer + ($0.output * term.plan.channelCount + $0.channel) * size)
      }
  }
}

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

  /// Length of one channel of the jets: the points and their partners.
  private var jetRow: Int { term.images * size }

  /// Number of values in the outputs' jets.
  private var fieldCount: Int { system.network.outputs * term.plan.channelCount * jetRow }

  /// Carries the block's jets forward.
  init(
    _ system: ResidualSystem<Scalar>, _ shard: ResidualSystem<Scalar>.Shard,
    _ block: ResidualBlock<Scalar>, _ parameters: UnsafePointer<Scalar>
  ) {
    self.block = block
    self.system = system
    self.shard = shard
    term = system.terms[block.term]
    size = block.size
    jets = shard.propagation(system, term: block.term, size: term.images * size)
    jets.load(block.inputs)
    jets.forward(parameters: parameters)
    shard.reserve(fields: fieldCount, values: (3 + system.coefficients.count) * size)
    Scalar.widen(jets.outputs, to: shard.fields.pointer, count: fieldCount)
    for index in system.coefficients.indices {
      let value = Double(parameters[system.network.parameterCount + index])
      coefficientColumn(index).update(repeating: value, count: size)
    }
  }

  /// Writes `f R` for each point, f being the point's factor: zero for the padding.
  func residual(_ e: Int, into result: UnsafeMutablePointer<Double>) {
    term.residuals[e].value.evaluate(columns: columns(e), rows: size, into: result)
    scale(e, result)
  }

  /// Sets all adjoints of the outputs to zero.
  func clearAdjoint() {
    jets.outputAdjoint.clear(count: fieldCount)
  }

  /// Adds `f vₚ ∂R/∂q` to the adjoint of each coefficient q of the jets, with v = 1 where it is nil.
  func addAdjoint(_ e: Int, times vector: UnsafePointer<Double>?) {
    for (program, slot) in zip(term.residuals[e].first, term.slots[e]) {
      guard case .jet(let output, let channel, let image) = slot else { continue }
      let values = slope(program, e)
      if let vector { for p in 0..<size { values[p] *= vector[p] } }
      Scalar.addNarrowed(
        values, to: jets.outputAdjoint + offset(output, channel, image), count: size)
    }
  }

  /// Adds `Σₚ f vₚ ∂R/∂c` for each trained coefficient c.
  ///
  /// - Parameters:
  ///   - e: The equation.
  ///   - vector: v.
  ///   - gradient: One entry for each trained coefficient.
  func addCoefficientGradient(
    _ e: Int, times vector: UnsafePointer<Double>, to gradient: UnsafeMutablePointer<Scalar>
  ) {
    for (program, slot) in zip(term.residuals[e].first, term.slots[e]) {
      guard case .coefficient(let index) = slot else { continue }
      let values = slope(program, e)
      var sum = 0.0
      for p in 0..<size { sum += values[p] * vector[p] }
      gradient[index] += Scalar(sum)
    }
  }

  /// Writes the derivatives of `f R` by all parameters.
  ///
  /// - Parameters:
  ///   - e: The equation.
  ///   - parameters: The flat parameters.
  ///   - rows: Shape `[parameters, stride]`.
  ///   - stride: Distance between the rows.
  func jacobian(
    _ e: Int, parameters: UnsafePointer<Scalar>, rows: UnsafeMutablePointer<Scalar>, stride: Int
  ) {
    clearAdjoint()
    addAdjoint(e, times: nil)
    networkJacobian(parameters: parameters, rows: rows, stride: stride)
    coefficientJacobian(e, rows: rows + system.network.parameterCount * stride, stride: stride)
  }

  /// Writes `f ∂R/∂c` for each trained coefficient c, zero for those that the equation lacks.
  ///
  /// - Parameters:
  ///   - e: The equation.
  ///   - rows: Shape `[coefficients, stride]`.
  ///   - stride: Distance between the rows.
  private func coefficientJacobian(_ e: Int, rows: UnsafeMutablePointer<Scalar>, stride: Int) {
    for index in system.coefficients.indices {
      (rows + index * stride).clear(count: size)
    }
    for (program, slot) in zip(term.residuals[e].first, term.slots[e]) {
      guard case .coefficient(let index) = slot else { continue }
      Scalar.addNarrowed(slope(program, e), to: rows + index * stride, count: size)
    }
  }

  /// Writes the derivatives of the residual by the network's weights; see `JetPropagation.jacobian`.
  ///
  /// - Parameters:
  ///   - parameters: The flat parameters.
  ///   - rows: Shape `[weights, stride]`.
  ///   - stride: Distance between the rows.
  private func networkJacobian(
    parameters: UnsafePointer<Scalar>, rows: UnsafeMutablePointer<Scalar>, stride: Int
  ) {
    guard term.images > 1 else {
      return jets.jacobian(parameters: parameters, rows: rows, stride: stride)
    }
    // A residual depends on the weights through its point and through the point's partner.
    let count = system.network.parameterCount
    let both = shard.pairedRows(count: count * jetRow)
    jets.jacobian(parameters: parameters, rows: both, stride: jetRow)
    for i in 0..<count {
      let (own, partner) = (both + i * jetRow, both + i * jetRow + size)
      for p in 0..<size { rows[i * stride + p] = own[p] + partner[p] }
    }
  }

  /// Carries the jets along a direction in parameter space.
  func carry(along direction: UnsafePointer<Scalar>, parameters: UnsafePointer<Scalar>) {
    let along = shard.direction(system, term: block.term, size: jetRow)
    along.load(block.inputs)
    along.forward(parameters: parameters, direction: direction)
  }

  /// Writes `f · (Σᵢ R_i qᵢ″ + Σᵢⱼ R_ij qᵢ′ qⱼ′)`, the chain rule's second derivative.
  ///
  /// - Parameters:
  ///   - e: The equation.
  ///   - direction: The direction that the jets were carried along.
  ///   - result: One value for each point.
  func secondDerivative(
    _ e: Int, direction: UnsafePointer<Scalar>, into result: UnsafeMutablePointer<Double>
  ) {
    let along = shard.direction(system, term: block.term, size: jetRow)
    let (values, columns) = (shard.values.pointer, columns(e))
    let (first, second) = (values + size, values + 2 * size)
    let slots = term.slots[e]
    result.clear(count: size)
    for (program, slot) in zip(term.residuals[e].first, slots) {
      // A coefficient moves along a straight line.
      guard case .jet(let output, let channel, let image) = slot else { continue }
      program.evaluate(columns: columns, rows: size, into: values)
      let half = along.halfSecond(output: output, channel: channel) + image * size
      Scalar.widen(half, to: first, count: size)
      for p in 0..<size { result[p] += 2 * values[p] * first[p] }
    }
    func writeVelocity(_ slot: CompiledTerm.Slot, to target: UnsafeMutablePointer<Double>) {
      switch slot {
      case .jet(let output, let channel, let image):
        let velocity = along.first(output: output, channel: channel) + image * size
        Scalar.widen(velocity, to: target, count: size)
      case .coefficient(let index):
        let velocity = Double(direction[system.network.parameterCount + index])
        target.update(repeating: velocity, count: size)
      }
    }
    for (i, j, program) in term.residuals[e].second {
      program.evaluate(columns: columns, rows: size, into: values)
      writeVelocity(slots[i], to: first)
      writeVelocity(slots[j], to: second)
      let multiplicity: Double = i == j ? 1 : 2
      for p in 0..<size { result[p] += multiplicity * values[p] * first[p] * second[p] }
    }
    scale(e, result)
  }

  /// `f ∂R/∂q` for one of the derivatives' programs, in working memory.
  private func slope(_ program: Program, _ e: Int) -> UnsafeMutablePointer<Double> {
    let values = shard.values.pointer
    program.evaluate(columns: columns(e), rows: size, into: values)
    scale(e, values)
    return values
  }

  /// Multiplies one value a point by the points' factors.
  private func scale(_ e: Int, _ values: UnsafeMutablePointer<Double>) {
    let factors = system.factors.pointer + block.rows[e]
    for p in 0..<size { values[p] *= factors[p] }
  }

  /// Where a field begins in the outputs' jets.
  private func offset(_ output: Int, _ channel: Int, _ image: Int) -> Int {
    (output * term.plan.channelCount + channel) * jetRow + image * size
  }

  private func coefficientColumn(_ index: Int) -> UnsafeMutablePointer<Double> {
    shard.values.pointer + (3 + index) * size
  }

  /// The columns that the programs of equation `e` read: coordinates and data, then its inputs.
  private func columns(_ e: Int) -> [UnsafePointer<Double>] {
    let given = (0..<term.columnSymbols.count).map {
      UnsafePointer(block.columns.pointer + $0 * size)
    }
    return given
      + term.slots[e].map { slot in
        switch slot {
        case .jet(let output, let channel, let image):
          UnsafePointer(shard.fields.pointer + offset(output, channel, image))
        case .coefficient(let index):
          UnsafePointer(coefficientColumn(index))
        }
      }
  }
}

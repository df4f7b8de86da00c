internal import Networks
internal import Symbolic
internal import Tensors

/// The residuals of one term, compiled, with the jets they need.
struct CompiledTerm: Sendable {
  /// Where the value of one of a residual's inputs is found.
  enum Slot: Sendable {
    /// In the jets: the output, the channel, and 1 instead of 0 for the point's partner.
    case jet(output: Int, channel: Int, image: Int)

    /// Among the trained coefficients.
    case coefficient(Int)
  }

  let term: ResidualTerm
  let plan: JetPlan
  let residuals: [CompiledResidual]

  /// The symbols of the blocks' columns: coordinates, then data in the order of their names.
  let columnSymbols: [Symbol]

  /// `sqrt(weight / number of points)`: residuals carry it, so that their sum of squares is the loss.
  let scale: Double

  /// Where each residual finds each of its inputs.
  let slots: [[Slot]]

  /// Points at which the network is evaluated for one residual: 2 where points have partners.
  let images: Int

  init(
    _ term: ResidualTerm, variables: [Symbol], symbols: [Symbol: DerivativeSymbol],
    coefficients: [Symbol]
  ) throws(ProgramError) {
    self.term = term
    columnSymbols = variables + term.columns.keys.sorted()
    images = term.partners == nil ? 1 : 2
    var meanings = symbols.mapValues { ResidualInput.field($0) }
    for (symbol, field) in symbols where term.partners != nil {
      meanings[DerivativeSymbol.partnerSymbol(of: symbol)] = .partnerField(field)
    }
    for (index, symbol) in coefficients.enumerated() { meanings[symbol] = .coefficient(index) }
    let common = term.partners == nil ? CommonOperator(term.equations, symbols: symbols) : nil
    for (symbol, unknown) in common?.names ?? [:] { meanings[symbol] = .sum(unknown: unknown) }
    var residuals: [CompiledResidual] = []
    for equation in common?.equations ?? term.equations {
      residuals.append(
        try CompiledResidual(equation, columns: columnSymbols, meanings: meanings))
    }
    self.residuals = residuals
    let plan = JetPlan(
      dimension: variables.count,
      containing: residuals.flatMap { $0.inputs.compactMap { $0.derivative?.monomial } },
      sum: common?.sum)
    self.plan = plan
    func jet(_ unknown: Int, _ channel: Int?, image: Int) -> Slot {
      guard let channel else {
        preconditionFailure("a plan carries every derivative it was made for")
      }
      return .jet(output: unknown, channel: channel, image: image)
    }
    slots = residuals.map { residual in
      residual.inputs.map { input in
        switch input {
        case .field(let field): jet(field.unknown, plan.channel(of: field.monomial), image: 0)
        case .sum(let unknown): jet(unknown, plan.sumChannel, image: 0)
        case .partnerField(let field):
          jet(field.unknown, plan.channel(of: field.monomial), image: 1)
        case .coefficient(let index): .coefficient(index)
        }
      }
    }
    scale = (term.weight / Double(max(1, term.pointCount))).squareRoot()
  }

  /// Cuts the points into blocks.
  ///
  /// - Parameters:
  ///   - index: The term's index in the system.
  ///   - size: Number of points of a full block, a multiple of 16.
  ///   - firstRow: Where the term's residuals begin.
  ///   - jets: Makes the input jets, of ``images`` times as many points.
  /// - Returns: The blocks, in the points' order.
  func blocks<Scalar>(
    index: Int, size: Int, firstRow: Int, jets: JetPropagation<Scalar>
  ) -> [ResidualBlock<Scalar>] {
    let data = term.points + term.columns.sorted { $0.key < $1.key }.map(\.value)
    return stride(from: 0, to: term.pointCount, by: size).enumerated().map { number, start in
      let range = start..<min(start + size, term.pointCount)
      // The last point fills the block.
      func padded(_ values: [Double]) -> [Double] {
        (0..<size).map { values[min(start + $0, range.upperBound - 1)] }
      }
      let columns = AlignedBuffer(count: data.count * size, repeating: 0.0)
      for (c, values) in data.enumerated() {
        (columns.pointer + c * size).update(from: padded(values), count: size)
      }
      let coordinates = term.points.indices.map { i in
        padded(term.points[i]) + (term.partners.map { padded($0[i]) } ?? [])
      }
      let row = firstRow + number * size * residuals.count
      return ResidualBlock(
        term: index, count: range.count, size: size,
        rows: residuals.indices.map { row + $0 * size }, inputs: jets.scaledInputs(coordinates),
        columns: columns)
    }
  }
}

internal import Networks
internal import Symbolic
internal import Tensors

/// A run of consecutive points of one term, small enough for its jets to stay in the cache.
struct ResidualBlock<Scalar: NetworkScalar>: Sendable {
  /// Index of the term in the system.
  let term: Int

  /// Number of points that count; the block's arrays hold copies of the last one beyond them.
  let count: Int

  /// Where each equation's residuals begin in the system's vector of residuals.
  let rows: [Int]

  /// The jets of the inputs; see `JetPropagation.inputJets`.
  let inputs: AlignedBuffer<Scalar>

  /// Coordinates and data, in Double: `[columns, points]`.
  let columns: AlignedBuffer<Double>
}

/// The residuals of one term, compiled, with the jets they need.
struct CompiledTerm: Sendable {
  let term: ResidualTerm
  let plan: JetPlan
  let residuals: [CompiledResidual]

  /// The symbols of the blocks' columns: coordinates, then data in the order of their names.
  let columnSymbols: [Symbol]

  /// `sqrt(weight / number of points)`: residuals carry it, so that their sum of squares is the loss.
  let scale: Double

  /// For each residual and each of its fields, the index of the output and the channel.
  let slots: [[(output: Int, channel: Int)]]

  init(
    _ term: ResidualTerm, variables: [Symbol], symbols: [Symbol: DerivativeSymbol]
  ) throws(ProgramError) {
    self.term = term
    columnSymbols = variables + term.columns.keys.sorted()
    var residuals: [CompiledResidual] = []
    for equation in term.equations {
      residuals.append(
        try CompiledResidual(equation, columns: columnSymbols, symbols: symbols))
    }
    self.residuals = residuals
    let plan = JetPlan(
      dimension: variables.count, containing: residuals.flatMap { $0.fields.map(\.monomial) })
    self.plan = plan
    slots = residuals.map { residual in
      residual.fields.map { field in
        guard let channel = plan.channel(of: field.monomial) else {
          preconditionFailure("a plan carries every derivative it was made for")
        }
        return (field.unknown, channel)
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
  ///   - jets: Makes the input jets.
  /// - Returns: The blocks, in the points' order.
  func blocks<Scalar>(
    index: Int, size: Int, firstRow: Int, jets: JetPropagation<Scalar>
  ) -> [ResidualBlock<Scalar>] {
    let data = term.points + term.columns.sorted { $0.key < $1.key }.map(\.value)
    return stride(from: 0, to: term.pointCount, by: size).enumerated().map { number, start in
      let range = start..<min(start + size, term.pointCount)
      let columns = AlignedBuffer(count: data.count * size, repeating: 0.0)
      for (c, values) in data.enumerated() {
        for p in 0..<size {
          columns.pointer[c * size + p] = values[min(start + p, range.upperBound - 1)]
        }
      }
      let row = firstRow + number * size * residuals.count
      return ResidualBlock(
        term: index, count: range.count,
        rows: residuals.indices.map { row + $0 * size },
        inputs: jets.inputJets(term.points.map { Array($0[range]) }), columns: columns)
    }
  }
}

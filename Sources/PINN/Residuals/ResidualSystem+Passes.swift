internal import Networks
internal import Symbolic
internal import Tensors

// What the optimisers ask of a system. Each method deals the shards to threads; a shard handles its
// blocks one after the other: jets forward, residual programs over the block's points, and then
// whatever the method needs from them.

extension ResidualSystem {
  /// The scaled residuals; see ``ResidualSystem``.
  ///
  /// - Parameter parameters: The network's flat parameters, then the coefficients.
  /// - Returns: One number for each equation and point, padding included; their squares sum to the loss.
  public func residuals(at parameters: [Double]) -> [Double] {
    let parameters = narrowed(parameters, into: parameterMemory)
    return residualVector { result in
      nonisolated(unsafe) let result = result
      forEachBlock { shard, block in
        let evaluation = BlockEvaluation(self, shard, block, parameters.pointer)
        for (e, row) in block.rows.enumerated() { evaluation.residual(e, into: result + row) }
      }
    }
  }

  /// The residuals together with the gradient of half their squared norm.
  ///
  /// - Parameter parameters: The network's flat parameters, then the coefficients.
  /// - Returns: r and `Jᵀ r`.
  public func gradient(at parameters: [Double]) -> (residuals: [Double], gradient: [Double]) {
    var gradient: [Double] = []
    let residuals = residualVector { result in
      nonisolated(unsafe) let result = result
      gradient = sumOverBlocks(at: parameters) { evaluation, coefficients in
        for (e, row) in evaluation.block.rows.enumerated() {
          evaluation.residual(e, into: result + row)
          evaluation.addAdjoint(e, times: result + row)
          evaluation.addCoefficientGradient(e, times: result + row, to: coefficients)
        }
      }
    }
    return (residuals, gradient)
  }

  /// `Jᵀ v`.
  ///
  /// - Parameters:
  ///   - vector: v, laid out like the residuals.
  ///   - parameters: The network's flat parameters.
  /// - Returns: As many numbers as there are parameters.
  public func pullBack(_ vector: [Double], at parameters: [Double]) -> [Double] {
    vector.withUnsafeBufferPointer { vector in
      guard let base = vector.baseAddress else {
        return Array(repeating: 0, count: parameterCount)
      }
      nonisolated(unsafe) let v = base
      return sumOverBlocks(at: parameters) { evaluation, coefficients in
        for (e, row) in evaluation.block.rows.enumerated() {
          evaluation.addAdjoint(e, times: v + row)
          evaluation.addCoefficientGradient(e, times: v + row, to: coefficients)
        }
      }
    }
  }

  /// The second derivative of the residuals along a direction in parameter space.
  ///
  /// - Parameters:
  ///   - direction: As many numbers as there are parameters.
  ///   - parameters: The network's flat parameters.
  /// - Returns: `d²r/dh²` of `r(θ + h·direction)` at h = 0.
  public func secondDerivative(along direction: [Double], at parameters: [Double]) -> [Double] {
    let parameters = narrowed(parameters, into: parameterMemory)
    let direction = narrowed(direction, into: directionMemory)
    return residualVector { result in
      nonisolated(unsafe) let result = result
      forEachBlock { shard, block in
        let evaluation = BlockEvaluation(self, shard, block, parameters.pointer)
        evaluation.carry(along: direction.pointer, parameters: parameters.pointer)
        for (e, row) in block.rows.enumerated() {
          evaluation.secondDerivative(e, direction: direction.pointer, into: result + row)
        }
      }
    }
  }

  /// Writes the rows of the transposed Jacobian and the residuals.
  ///
  /// - Parameters:
  ///   - piece: Which residuals.
  ///   - parameters: The network's flat parameters.
  ///   - jacobian: Shape `[parameters, piece's residuals]`.
  /// - Returns: The piece's residuals.
  func fillTransposedJacobian(
    of piece: Piece, at parameters: [Double], _ jacobian: UnsafeMutablePointer<Scalar>
  ) -> [Double] {
    let parameters = narrowed(parameters, into: parameterMemory)
    let (first, stride) = (piece.rows.lowerBound, piece.rows.count)
    let result = AlignedBuffer(count: stride, repeating: 0.0)
    nonisolated(unsafe) let jacobian = jacobian
    forEachBlock(of: piece.blocks) { shard, block in
      let evaluation = BlockEvaluation(self, shard, block, parameters.pointer)
      for (e, place) in block.rows.enumerated() {
        let row = place - first
        evaluation.residual(e, into: result.pointer + row)
        evaluation.jacobian(
          e, parameters: parameters.pointer, rows: jacobian + row, stride: stride)
      }
    }
    return Array(UnsafeBufferPointer(start: result.pointer, count: stride))
  }

  /// Deals the blocks, or some of them, to threads.
  func forEachBlock(
    of range: Range<Int>? = nil, _ body: @Sendable (Shard, ResidualBlock<Scalar>) -> Void
  ) {
    parallelFor(count: shards.count, threads: threads) { s in
      for index in shards[s].blocks where range?.contains(index) ?? true {
        body(shards[s], blocks[index])
      }
    }
  }

  /// Runs a reverse pass after `seed` has set each block's adjoints, and sums the gradients; `seed`
  /// adds to those of the coefficients itself.
  private func sumOverBlocks(
    at parameters: [Double],
    seed: @Sendable (BlockEvaluation<Scalar>, UnsafeMutablePointer<Scalar>) -> Void
  ) -> [Double] {
    let parameters = narrowed(parameters, into: parameterMemory)
    parallelFor(count: shards.count, threads: threads) { s in
      let shard = shards[s]
      shard.clearGradient()
      for index in shard.blocks {
        let evaluation = BlockEvaluation(self, shard, blocks[index], parameters.pointer)
        evaluation.clearAdjoint()
        seed(evaluation, shard.gradient.pointer + network.parameterCount)
        evaluation.jets.reverse(parameters: parameters.pointer, gradient: shard.gradient.pointer)
      }
    }
    return summedGradient()
  }

  /// The sum of the shards' gradients, in their order.
  func summedGradient() -> [Double] {
    var total = [Double](repeating: 0, count: parameterCount)
    for shard in shards {
      Scalar.addWidened(shard.gradient.pointer, to: &total, count: total.count)
    }
    return total
  }

  /// Numbers in the system's precision, in memory that is used again by the next call.
  func narrowed(_ values: [Double], into memory: AlignedBuffer<Scalar>) -> AlignedBuffer<Scalar> {
    precondition(values.count == memory.count, "a vector has a number for each parameter")
    Scalar.narrow(values, to: memory.pointer, count: values.count)
    return memory
  }

  /// Makes a vector of one number for each residual, all of which `body` writes.
  private func residualVector(_ body: (UnsafeMutablePointer<Double>) -> Void) -> [Double] {
    Array(unsafeUninitializedCapacity: rowCount) { buffer, count in
      if let base = buffer.baseAddress { body(base) }
      count = rowCount
    }
  }
}

public import Networks
public import Tensors

// The second-order view of a system. Only in Double: the normal equations square the condition
// number, and single precision would leave nothing.
//
// The Jacobian is made in pieces of consecutive residuals, each of which is used up before the next one:
// a million points take no more memory than a thousand. How the pieces are cut depends on sizes only, so
// that no bit of the sums depends on the number of threads.

extension ResidualSystem: LeastSquaresModel where Scalar == Double {
  /// Number of residuals, padding included.
  public var residualCount: Int { rowCount }

  /// The residuals with `JᵀJ` and `Jᵀr`.
  ///
  /// - Parameter parameters: The network's flat parameters.
  /// - Returns: r, the upper triangle of `JᵀJ`, and `Jᵀr`.
  /// - Complexity: O(N P²) for the product.
  public func normalEquations(
    at parameters: [Double]
  ) -> (residuals: [Double], gram: Matrix<Double>, gradient: [Double]) {
    let p = parameterCount
    var residuals = [Double](repeating: 0, count: rowCount)
    var gram = Matrix<Double>(rows: p, columns: p)
    let pieces = pieces(bytes: pieceBytes)
    let packed = packedRows(0, rows: p, capacity: pieces.map(\.rows.count).max() ?? 0)
    for shard in shards { shard.clearGradient() }
    for piece in pieces {
      let start = piece.rows.lowerBound
      forEachJacobian(of: piece, at: parameters, residuals: &residuals) { shard, place, r, rows in
        let size = place.count
        packed.setColumns(
          place.lowerBound - start..<place.upperBound - start, from: rows, stride: size)
        Double.multiplyTransposed(
          rows: p, others: 1, columns: size, a: rows, b: r, c: shard.gradient.pointer)
      }
      gram.withUnsafeMutablePointer {
        packed.addProduct(
          with: packed, columns: piece.rows.count, to: $0, stride: p, threads: threads)
      }
    }
    return (residuals, gram, summedGradient())
  }

  /// The residuals with `J Jᵀ`.
  ///
  /// Each pair of pieces meets once, so that a piece is made as often as there are pieces before it: they
  /// are large, and one is mostly enough.
  ///
  /// - Parameter parameters: The network's flat parameters.
  /// - Returns: r and the upper triangle of `J Jᵀ`.
  /// - Complexity: O(N² P) for the product.
  public func sampleProducts(
    at parameters: [Double]
  ) -> (residuals: [Double], gram: Matrix<Double>) {
    let (p, n) = (parameterCount, residualCount)
    var residuals = [Double](repeating: 0, count: n)
    var gram = Matrix<Double>(rows: n, columns: n)
    let pieces = pieces(bytes: 16 * pieceBytes)
    func pack(_ piece: Piece, _ index: Int, _ residuals: inout [Double]) -> PackedRows {
      let packed = packedRows(index, rows: piece.rows.count, capacity: p)
      let start = piece.rows.lowerBound
      forEachJacobian(of: piece, at: parameters, residuals: &residuals) { _, place, _, rows in
        packed.setRows(
          place.lowerBound - start..<place.upperBound - start, columns: p, fromTransposed: rows,
          stride: place.count)
      }
      return packed
    }
    for (index, above) in pieces.enumerated() {
      let left = pack(above, 0, &residuals)
      for (other, below) in pieces.enumerated().dropFirst(index) {
        let right = other == index ? left : pack(below, 1, &residuals)
        gram.withUnsafeMutablePointer {
          left.addProduct(
            with: right, columns: p, to: $0 + above.rows.lowerBound * n + below.rows.lowerBound,
            stride: n, threads: threads)
        }
      }
    }
    return (residuals, gram)
  }

  /// The residuals with the triangular factor of J.
  ///
  /// - Parameter parameters: The network's flat parameters.
  /// - Returns: r, and R beside `Qᵀr`.
  /// - Complexity: O(2 N P²).
  public func triangularFactor(
    at parameters: [Double]
  ) -> (residuals: [Double], factor: StreamedQR) {
    let p = parameterCount
    var residuals: [Double] = []
    // A fixed number of triangles grow side by side and meet in the end.
    let lanes = (0..<Self.laneCount).map { _ in Lane(columns: p) }
    var pieces = pieces(bytes: pieceBytes / 2)[...]
    while !pieces.isEmpty {
      let group = pieces.prefix(Self.laneCount)
      pieces = pieces.dropFirst(Self.laneCount)
      for (lane, piece) in zip(lanes, group) {
        lane.rows = piece.rows.count
        lane.piece = Matrix(rows: p + 1, columns: lane.rows)
        let r = lane.piece.withUnsafeMutablePointer { j in
          let r = fillTransposedJacobian(of: piece, at: parameters, j)
          for (index, value) in r.enumerated() { j[p * lane.rows + index] = value }
          return r
        }
        residuals += r
      }
      parallelFor(count: group.count, threads: threads) { lanes[$0].eliminate() }
    }
    var factor = lanes[0].factor
    for lane in lanes.dropFirst() where lane.rows > 0 { factor.add(lane.factor) }
    return (residuals, factor)
  }

  /// The residuals with `Jᵀ`, all of it.
  ///
  /// - Parameter parameters: The network's flat parameters.
  /// - Returns: r and `Jᵀ`, of shape `[parameters, residuals]`.
  public func transposedJacobian(
    at parameters: [Double]
  ) -> (residuals: [Double], jacobian: Matrix<Double>) {
    var jacobian = Matrix<Double>(rows: parameterCount, columns: rowCount)
    let residuals = jacobian.withUnsafeMutablePointer {
      fillTransposedJacobian(
        of: Piece(blocks: blocks.indices, rows: 0..<rowCount), at: parameters, $0)
    }
    return (residuals, jacobian)
  }

  private static var laneCount: Int { 4 }

  /// One of the triangles of ``triangularFactor(at:)``; used by one thread at a time.
  private final class Lane: @unchecked Sendable {
    var factor: StreamedQR
    var piece = Matrix<Double>(rows: 0, columns: 0)
    var rows = 0

    init(columns: Int) { factor = StreamedQR(columns: columns) }

    func eliminate() {
      piece.withUnsafeMutablePointer { factor.add($0, rows: rows) }
    }
  }

  /// Makes the Jacobian of a piece, one equation and block after the other.
  ///
  /// - Parameters:
  ///   - piece: Which residuals.
  ///   - parameters: The network's flat parameters.
  ///   - residuals: All residuals; those of the piece are written.
  ///   - body: Given the working memory, the residuals' places, the residuals themselves and the rows
  ///     `[parameters, residuals]` of the transposed Jacobian; called by several threads.
  private func forEachJacobian(
    of piece: Piece, at parameters: [Double], residuals: inout [Double],
    _ body: @Sendable (Shard, Range<Int>, UnsafePointer<Double>, UnsafePointer<Double>) -> Void
  ) {
    let parameters = narrowed(parameters, into: parameterMemory)
    residuals.withUnsafeMutableBufferPointer { residuals in
      guard let base = residuals.baseAddress else { return }
      nonisolated(unsafe) let r = base
      forEachBlock(of: piece.blocks) { shard, block in
        let evaluation = BlockEvaluation(self, shard, block, parameters.pointer)
        let rows = shard.jacobianRows(count: parameterCount * block.size)
        for (e, row) in block.rows.enumerated() {
          evaluation.residual(e, into: r + row)
          evaluation.jacobian(e, parameters: parameters.pointer, rows: rows, stride: block.size)
          body(shard, row..<row + block.size, r + row, rows)
        }
      }
    }
  }

  /// Memory for packed matrices, which is kept from step to step.
  private func packedRows(_ index: Int, rows: Int, capacity: Int) -> PackedRows {
    if let own = packed[index], own.rows == rows, own.capacity == capacity { return own }
    let made = PackedRows(rows: rows, capacity: max(1, capacity))
    packed[index] = made
    return made
  }
}

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
    var residuals: [Double] = []
    var gram = Matrix<Double>(rows: p, columns: p)
    var gradient = [Double](repeating: 0, count: p)
    for piece in pieces(bytes: pieceBytes) {
      let (r, jacobian) = transposedJacobian(of: piece, at: parameters)
      let n = piece.rows.count
      residuals += r
      jacobian.withUnsafePointer { j in
        Double.gemv(
          transpose: false, m: p, n: n, alpha: 1, a: j, lda: n, x: r, beta: 1, y: &gradient)
        gram.withUnsafeMutablePointer { c in
          nonisolated(unsafe) let (c, j) = (c, j)
          forEachStrip(of: p) { strip in
            let first = strip.lowerBound
            Double.gemm(
              transposeA: false, transposeB: true, m: strip.count, n: p - first, k: n, alpha: 1,
              a: j + first * n, lda: n, b: j + first * n, ldb: n, beta: 1,
              c: c + first * p + first, ldc: p)
          }
        }
      }
    }
    return (residuals, gram, gradient)
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
    var residuals: [Double] = []
    var gram = Matrix<Double>(rows: n, columns: n)
    let pieces = pieces(bytes: 16 * pieceBytes)
    for (index, above) in pieces.enumerated() {
      let (r, left) = transposedJacobian(of: above, at: parameters)
      residuals += r
      for (other, below) in pieces.enumerated().dropFirst(index) {
        let right = other == index ? left : transposedJacobian(of: below, at: parameters).jacobian
        left.withUnsafePointer { a in
          right.withUnsafePointer { b in
            gram.withUnsafeMutablePointer { c in
              nonisolated(unsafe) let (a, b, c) = (a, b, c)
              forEachStrip(of: above.rows.count) { strip in
                let (row, skipped) = (strip.lowerBound, other == index ? strip.lowerBound : 0)
                Double.gemm(
                  transposeA: true, transposeB: false, m: strip.count,
                  n: below.rows.count - skipped, k: p, alpha: 1, a: a + row,
                  lda: above.rows.count, b: b + skipped, ldb: below.rows.count, beta: 0,
                  c: c + (above.rows.lowerBound + row) * n + below.rows.lowerBound + skipped,
                  ldc: n)
              }
            }
          }
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
    transposedJacobian(
      of: Piece(blocks: blocks.indices, rows: 0..<rowCount), at: parameters)
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

  private func transposedJacobian(
    of piece: Piece, at parameters: [Double]
  ) -> (residuals: [Double], jacobian: Matrix<Double>) {
    var jacobian = Matrix<Double>(rows: parameterCount, columns: piece.rows.count)
    let residuals = jacobian.withUnsafeMutablePointer {
      fillTransposedJacobian(of: piece, at: parameters, $0)
    }
    return (residuals, jacobian)
  }

  /// Horizontal strips of a product: each is one call, whichever thread takes it.
  private func forEachStrip(of rows: Int, _ body: @Sendable (Range<Int>) -> Void) {
    let height = 96
    parallelFor(count: (rows + height - 1) / height, threads: threads) { strip in
      body(strip * height..<min(rows, (strip + 1) * height))
    }
  }
}

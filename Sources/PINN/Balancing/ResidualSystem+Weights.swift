#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
internal import Networks
internal import Tensors

// Weights for single residuals, laid out like the vector of residuals. All are made from the plain
// residuals: the system is weighed anew by the caller afterwards.

extension ResidualSystem {
  /// Determines weights.
  ///
  /// - Parameters:
  ///   - settings: How.
  ///   - parameters: The network's flat parameters, then the coefficients.
  ///   - previous: The weights so far, nil at first.
  ///   - time: The index of the variable that is time.
  /// - Returns: One weight for each residual.
  func weights(
    _ settings: LossWeights, at parameters: [Double], previous: [Double]?, time: Int
  ) -> [Double] {
    weigh(nil)
    switch settings.method {
    case .gradientNorm:
      return perEquation(smoothed(gradientNorms(at: parameters), previous))
    case .tangentKernel:
      return perEquation(smoothed(kernelTraces(at: parameters), previous))
    case .selfAdaptive:
      return selfAdaptive(residuals(at: parameters), previous)
    case .causal:
      return causal(residuals(at: parameters), strength: settings.causality, time: time)
    }
  }

  /// The equations' residuals: for each equation of each term the places of its residuals.
  private var equationRows: [[Range<Int>]] {
    var rows: [[Range<Int>]] = terms.flatMap { $0.residuals.map { _ in [] } }
    var first: [Int] = []
    var total = 0
    for term in terms {
      first.append(total)
      total += term.residuals.count
    }
    for block in blocks {
      for (e, row) in block.rows.enumerated() {
        rows[first[block.term] + e].append(row..<row + block.count)
      }
    }
    return rows
  }

  /// `‖∇L_k‖` of each equation's part of the loss.
  private func gradientNorms(at parameters: [Double]) -> [Double] {
    let residuals = residuals(at: parameters)
    return equationRows.map { ranges in
      var own = [Double](repeating: 0, count: rowCount)
      for range in ranges { own[range] = residuals[range] }
      return Statistics.sum(
        pullBack(own, at: parameters).lazy.map { $0 * $0 }
      ).squareRoot()
    }
  }

  /// `‖J_k‖²`, the trace of `J_k J_kᵀ`, of each equation.
  private func kernelTraces(at parameters: [Double]) -> [Double] {
    var squares = [Double](repeating: 0, count: rowCount)
    for piece in pieces(bytes: 32 << 20) {
      let stride = piece.rows.count
      let jacobian = AlignedBuffer<Scalar>(count: parameterCount * stride, repeating: 0)
      _ = fillTransposedJacobian(of: piece, at: parameters, jacobian.pointer)
      for i in 0..<parameterCount {
        for (p, row) in piece.rows.enumerated() {
          let value = Double(jacobian.pointer[i * stride + p])
          squares[row] += value * value
        }
      }
    }
    return equationRows.map { ranges in
      ranges.reduce(0) { $0 + Statistics.sum(squares[$1]) }
    }
  }

  /// Weights in inverse proportion to sizes, with one tenth of each new one mixed in.
  private func smoothed(_ sizes: [Double], _ previous: [Double]?) -> [Double] {
    let positive = sizes.filter { $0 > 0 }
    let mean = Statistics.sum(positive) / Double(max(1, positive.count))
    return zip(sizes, equationRows).map { size, ranges in
      // An equation that is solved exactly needs no other weight than it has.
      let fresh = size > 0 ? mean / size : 1
      guard let previous, let place = ranges.first?.lowerBound else { return fresh }
      return 0.9 * previous[place] + 0.1 * fresh
    }
  }

  private func perEquation(_ weights: [Double]) -> [Double] {
    var result = [Double](repeating: 1, count: rowCount)
    for (weight, ranges) in zip(weights, equationRows) {
      for range in ranges { for row in range { result[row] = weight } }
    }
    return result
  }

  /// Weights that grow with the squares of their residuals, one on average over an equation.
  private func selfAdaptive(_ residuals: [Double], _ previous: [Double]?) -> [Double] {
    var result = previous ?? [Double](repeating: 1, count: rowCount)
    for ranges in equationRows {
      let rows = ranges.flatMap { $0 }
      let mean =
        Statistics.sum(rows.lazy.map { residuals[$0] * residuals[$0] }) / Double(rows.count)
      guard mean > 0 else { continue }
      for row in rows { result[row] += 0.1 * residuals[row] * residuals[row] / mean }
      let average = Statistics.sum(rows.lazy.map { result[$0] }) / Double(rows.count)
      for row in rows { result[row] /= average }
    }
    return result
  }

  /// `exp(−ε Σ L)` over the mean squares L of earlier slices of time, for the equations' residuals.
  private func causal(_ residuals: [Double], strength: Double, time: Int) -> [Double] {
    var result = [Double](repeating: 1, count: rowCount)
    let term = terms[0]
    let times = term.term.points[time]
    guard let lower = times.min(), let upper = times.max(), lower < upper else { return result }
    func slice(_ t: Double) -> Int {
      min(Self.sliceCount - 1, Int(Double(Self.sliceCount) * (t - lower) / (upper - lower)))
    }
    var losses = [Double](repeating: 0, count: Self.sliceCount)
    var counts = losses
    var point = 0
    var places: [(row: Int, slice: Int)] = []
    for block in blocks where block.term == 0 {
      for p in 0..<block.count {
        let own = slice(times[point + p])
        for row in block.rows {
          let residual = residuals[row + p] / term.scale
          losses[own] += residual * residual
          counts[own] += 1
          places.append((row + p, own))
        }
      }
      point += block.count
    }
    var weights: [Double] = []
    var before = 0.0
    for (loss, count) in zip(losses, counts) {
      weights.append(exp(-strength * before))
      before += count > 0 ? loss / count : 0
    }
    for (row, own) in places { result[row] = weights[own] }
    return result
  }

  private static var sliceCount: Int { 16 }
}

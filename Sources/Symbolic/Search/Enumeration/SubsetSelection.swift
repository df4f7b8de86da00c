package import Tensors

/// Picks the few columns of a library whose combination follows a target best.
///
/// Orthogonal matching pursuit from many starts: after each addition every member is exchanged for the
/// best column beside the others until that changes nothing. On exact data the right subset leaves
/// nothing, and exchanges find it from most starts that share a member with it. Pati, Rezaiifar and
/// Krishnaprasad (1993), [doi:10.1109/ACSSC.1993.342465](
/// https://doi.org/10.1109/ACSSC.1993.342465).
package final class SubsetSelection {
  /// A subset and what it leaves.
  package struct Choice {
    /// The indices of the columns.
    package var members: [Int]

    /// The share of the target's sum of squares that is left.
    package var loss: Double
  }

  private static let starts = 12
  private static let sizes = 4
  private static let exchanges = 3

  private let rows: Int
  private let stride: Int
  private let columns: AlignedBuffer<Float>
  private let count: Int
  private let target: [Float]
  private let projection: Projection
  private let scores: UnsafeMutablePointer<Double>
  private let basis: AlignedBuffer<Float>
  private let residual: AlignedBuffer<Float>

  /// Prepares for a target.
  ///
  /// - Parameters:
  ///   - columns: Projected columns of unit length, one after the other.
  ///   - count: The number of columns.
  ///   - stride: Elements from one column to the next.
  ///   - target: The projected target.
  ///   - projection: Computes inner products of the rows.
  package init(
    columns: AlignedBuffer<Float>, count: Int, stride: Int, target: [Float], projection: Projection
  ) {
    self.columns = columns
    self.count = count
    self.stride = stride
    self.target = target
    self.projection = projection
    rows = target.count
    scores = .allocate(capacity: max(1, count))
    basis = AlignedBuffer(count: Self.sizes * stride, repeating: 0)
    residual = AlignedBuffer(count: stride, repeating: 0)
  }

  deinit {
    scores.deallocate()
  }

  /// The best subset of each size that was met, the smallest first.
  package func callAsFunction() -> [Choice] {
    guard count > 0 else { return [] }
    var best: [Int: Choice] = [:]
    let total = target.reduce(0.0) { $0 + Double($1) * Double($1) }
    guard total > 0 else { return [] }
    rank(beside: [])
    let order = (0..<count).sorted { (scores[$0], -$0) > (scores[$1], -$1) }
    for start in order.prefix(Self.starts) {
      var members = [start]
      for size in 1...min(Self.sizes, count) {
        if members.count < size {
          guard let next = bestColumn(beside: members) else { break }
          members.append(next)
        }
        for _ in 0..<(size > 1 ? Self.exchanges : 0) {
          let before = members
          for position in members.indices {
            var others = members
            others.remove(at: position)
            if let better = bestColumn(beside: others) { members[position] = better }
          }
          if members == before { break }
        }
        let choice = Choice(members: members.sorted(), loss: left(by: members) / total)
        if choice.loss < best[size]?.loss ?? .infinity { best[size] = choice }
        // Single precision has nothing more to say.
        if choice.loss < 1e-11 { break }
      }
    }
    return best.keys.sorted().compactMap { best[$0] }
  }

  private func bestColumn(beside members: [Int]) -> Int? {
    rank(beside: members)
    var best: Int?
    for index in 0..<count where !members.contains(index) {
      if scores[index] > best.map({ scores[$0] }) ?? 0 { best = index }
    }
    return best
  }

  // What each column takes off the sum of squares beside some members.
  private func rank(beside members: [Int]) {
    let size = orthonormalise(members)
    for index in 0..<count {
      let column = columns.pointer + index * stride
      var length = 1.0
      for k in 0..<size {
        let overlap = projection.product(column, basis.pointer + k * stride)
        length -= overlap * overlap
      }
      // Columns within the span of the members are rounding.
      guard length > 1e-6 else {
        scores[index] = 0
        continue
      }
      let overlap = projection.product(column, residual.pointer)
      scores[index] = overlap * overlap / length
    }
  }

  private func left(by members: [Int]) -> Double {
    _ = orthonormalise(members)
    return projection.product(residual.pointer, residual.pointer)
  }

  // Leaves an orthonormal basis of the members in ``basis`` and the target's rest in ``residual``.
  private func orthonormalise(_ members: [Int]) -> Int {
    for row in 0..<rows { residual.pointer[row] = target[row] }
    var size = 0
    for member in members {
      let vector = basis.pointer + size * stride
      vector.update(from: columns.pointer + member * stride, count: rows)
      for k in 0..<size {
        _ = projection.removeComponent(along: basis.pointer + k * stride, from: vector)
      }
      let length = projection.product(vector, vector)
      guard length > 1e-6 else { continue }
      let scale = Float(1 / length.squareRoot())
      for row in 0..<rows { vector[row] *= scale }
      _ = projection.removeComponent(along: vector, from: residual.pointer)
      size += 1
    }
    return size
  }
}

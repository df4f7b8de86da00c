internal import Tensors

/// For each point of formulas a point of a sample, drawn at random.
///
/// The draws depend on the seed and on the point's place among all, not on blocks and threads.
struct SampleDraws: Sendable {
  /// The sample, one array of coordinates for each variable.
  let sample: [[Double]]

  /// What fixes the draws.
  let seed: UInt64

  /// Whether the formulas' points are the sample: then no point is drawn for itself.
  let isOwn: Bool

  /// The points that are drawn for a block, and for its partners if it has some.
  func coordinates(for block: FieldFormulas.Block) -> [[Double]] {
    let random = RandomStream(seed: seed)
    let count = sample[0].count
    let drawn = block.coordinates[0].indices.map { place in
      let (half, index) = place.quotientAndRemainder(dividingBy: block.rows.count)
      let row = block.rows.lowerBound + index
      var random = random.child(row).child(half)
      guard isOwn, count > 1 else { return random.below(count) }
      let other = random.below(count - 1)
      return other < row ? other : other + 1
    }
    return sample.map { axis in drawn.map { axis[$0] } }
  }
}

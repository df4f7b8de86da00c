internal import Tensors

/// For each point of formulas a point of a sample, drawn at random.
///
/// The draws depend on the seed and on the point's place among all, not on threads.
struct SampleDraws: Sendable {
  /// The sample, one array of coordinates for each variable.
  let sample: [[Double]]

  /// What fixes the draws.
  let seed: UInt64

  /// Whether the formulas' points are the sample: then no point is drawn for itself.
  let isOwn: Bool

  /// The points that are drawn for a block, and for its partners if it has some.
  func coordinates(for block: FieldFormulas.Block) -> [[Double]] {
    var random = RandomStream(seed: seed).child(block.rows.lowerBound)
    let count = sample[0].count
    let drawn = block.coordinates[0].indices.map { place in
      guard isOwn, count > 1 else { return random.below(count) }
      let other = random.below(count - 1)
      return other < block.rows.lowerBound + place ? other : other + 1
    }
    return sample.map { axis in drawn.map { axis[$0] } }
  }
}

/// A member of a population; its genes lie in the island's arena.
struct Individual: BitwiseCopyable, Sendable {
  /// The number of genes of all parts together.
  var count = 0

  /// The number of genes of each part.
  var counts: SIMD8<UInt16> = .zero

  /// The complexity with factors, without offset.
  var complexity = 0

  /// `log(loss)` plus what the complexity costs; less is better.
  var score = Double.infinity

  /// The loss on the rows of the search.
  var loss = Double.infinity

  /// The time of birth in placements.
  var birth = 0
}

/// A genome outside an island: what is migrated, confirmed and saved.
struct Genome: Sendable, Equatable {
  /// The trees of the parts, one after the other.
  var genes: [Gene]

  /// The size of each part.
  var counts: SIMD8<UInt16>
}

extension Gene: Equatable {
  package static func == (left: Gene, right: Gene) -> Bool {
    left.matches(right) && left.isFixed == right.isFixed && left.length == right.length
  }
}

/// What an island thinks well of.
struct Candidate: Sendable, Equatable {
  /// The genome.
  var genome: Genome

  /// The genome put together, as ``terms`` of a sum.
  var terms: [[Gene]]

  /// The factor of each term.
  var factors: [Double]

  /// The hash of the skeleton.
  var hash: UInt64

  /// The complexity with factors, without offset.
  var complexity: Int

  /// The loss on the rows of the search.
  var loss: Double

  /// The sum of the magnitudes of the constants inside the terms.
  var size: Double { terms.reduce(0) { $0 + constantSize($1) } }

  /// The number of constants that a fit may change.
  var freeConstants: Int { terms.reduce(0) { $0 + $1.count { $0.isFree } } }

  /// Whether single precision can hardly tell the candidate from an exact one.
  var mayBeExact: Bool { loss <= CandidateFront.floor }

  /// Whether the candidate comes before another: less loss, and of those that may both be exact the
  /// one with fewer constants to make it so.
  func precedes(_ other: Candidate) -> Bool {
    guard mayBeExact, other.mayBeExact else { return loss < other.loss }
    return (freeConstants, loss) < (other.freeConstants, other.loss)
  }

  /// The formula as it is reported.
  ///
  /// - Parameters:
  ///   - form: What the fit supplies.
  ///   - hasOffset: Whether to add a constant.
  /// - Returns: `Σ c_k T_k`, plus a free constant that starts at zero.
  func formula(form: ModelForm, hasOffset: Bool) -> [Gene] {
    var genes: [Gene] = []
    for (index, term) in terms.enumerated() {
      genes += term
      if form.hasScale {
        genes.append(Gene(constant: factors[index]))
        genes.append(Gene(.multiply, length: term.count + 2))
      }
      if index > 0 { genes.append(Gene(.add, length: genes.count + 1)) }
    }
    if hasOffset {
      genes.append(Gene(constant: 0))
      genes.append(Gene(.add, length: genes.count + 1))
    }
    return genes
  }
}

/// The sum of the magnitudes of the constants in a formula.
func constantSize(_ genes: [Gene]) -> Double {
  genes.reduce(0) { $0 + ($1.isConstant ? $1.value.magnitude : 0) }
}

/// Whether constants are better than others for the same formula: they fit better by more than a
/// margin, or as well and are smaller.
///
/// On a grid of spacing h, `sin(k x)` and `sin((k + 2π/h) x)` have the same values: of aliases the
/// slowest is meant.
///
/// - Parameters:
///   - loss: The loss with the constants.
///   - size: The sum of their magnitudes.
///   - otherLoss: The loss with the others.
///   - otherSize: The sum of the others' magnitudes.
///   - margin: The relative difference of losses that counts as none.
/// - Returns: Whether to prefer the constants.
func isBetter(
  _ loss: Double, _ size: Double, than otherLoss: Double, _ otherSize: Double, margin: Double
) -> Bool {
  if loss < (1 - margin) * otherLoss { return true }
  if size < 0.5 * otherSize { return loss <= (1 + margin) * otherLoss }
  return loss < otherLoss && size <= 2 * otherSize
}

/// The best few skeletons of each complexity that an island, or all of them, met.
///
/// More than one, because single precision on a few rows cannot tell an exact form from a look-alike:
/// the confirmation in Double decides among them.
struct CandidateFront: Sendable, Equatable {
  /// How many skeletons of a complexity are kept; more of those that may be exact.
  static let depth = (usual: 3, exact: 8)

  /// Losses below are beyond single precision and count as equal.
  static let floor = 1e-11

  /// The candidates of each complexity, the best first.
  private(set) var slots: [[Candidate]]

  /// An empty front.
  init(maximumComplexity: Int) {
    slots = Array(repeating: [], count: maximumComplexity + 1)
  }

  /// Whether a candidate may be kept; cheap enough to ask for every offspring.
  func wants(complexity: Int, loss: Double) -> Bool {
    guard loss < .infinity, complexity < slots.count else { return false }
    let slot = slots[complexity]
    return slot.count < Self.depth.usual || loss <= Self.floor
      || loss < 1.1 * slot[slot.count - 1].loss
  }

  /// Keeps a candidate if it is among the best skeletons of its complexity.
  mutating func insert(_ candidate: Candidate) {
    var slot = slots[candidate.complexity]
    if let same = slot.firstIndex(where: { $0.hash == candidate.hash }) {
      guard
        isBetter(
          candidate.loss, candidate.size, than: slot[same].loss, slot[same].size, margin: 0.1)
      else { return }
      slot.remove(at: same)
    }
    let place = slot.firstIndex { candidate.precedes($0) } ?? slot.count
    slot.insert(candidate, at: place)
    let kept = slot.count { $0.mayBeExact } > Self.depth.usual ? Self.depth.exact : Self.depth.usual
    if slot.count > kept { slot.removeLast() }
    slots[candidate.complexity] = slot
  }

  /// Drops a skeleton.
  mutating func remove(_ hash: UInt64) {
    for complexity in slots.indices { slots[complexity].removeAll { $0.hash == hash } }
  }

  /// The candidates that are not clearly worse than a simpler one.
  var promising: [Candidate] {
    var least = Double.infinity
    var result: [Candidate] = []
    for slot in slots {
      result += slot.filter { max($0.loss, Self.floor) <= 3 * least && $0.loss < 0.999 }
      if let best = slot.first { least = min(least, max(best.loss, Self.floor)) }
    }
    return result
  }
}

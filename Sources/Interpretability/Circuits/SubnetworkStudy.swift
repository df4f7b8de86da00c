internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Whether a network keeps its conditions by other edges than its equations.
///
/// The edges that matter most for the conditions and those that matter most for the equations are two sets.
/// Networks whose boundary is the work of a part of its own have sets that overlap less than chance would
/// have it, and cutting the edges of one set alone harms what that set is for more than the other. Both are
/// measured against chance: the overlap against random sets with as many edges of each layer, the harm
/// against random partitions of the edges that are in one set alone. How well the same set is found again
/// from half of the points bounds the overlap from above.
public struct SubnetworkStudy: Sendable, Equatable, Codable {
  /// Number of edges in each set, as asked for.
  public let size: Int

  /// Share of the smaller set that is in both.
  public let overlap: Double

  /// The same of random sets, the mean.
  public let chance: Double

  /// The lower bound of 95 % of random sets.
  public let chanceLow: Double

  /// The upper bound of 95 % of random sets.
  public let chanceHigh: Double

  /// The overlap of sets for the same objective from the two halves of the points, the mean of both
  /// objectives: what two sets of one purpose would have.
  public let ceiling: Double

  /// The damage when the edges are cut that matter for the conditions alone; nil without such edges.
  public let cutConditions: Damage?

  /// The damage when the edges are cut that matter for the equations alone; nil without such edges.
  public let cutEquations: Damage?

  /// `log10` of how much more the conditions are harmed than the equations when their edges are cut, in
  /// units of the same when the equations' edges are cut: positive where each set has its own work.
  public let dissociation: Double?

  /// The lower bound of 95 % of the same for random partitions of these edges.
  public let dissociationLow: Double?

  /// The upper bound of 95 % of the same for random partitions of these edges.
  public let dissociationHigh: Double?

  /// Harm to both objectives.
  public struct Damage: Sendable, Equatable, Codable {
    /// The damage to the conditions.
    public let conditions: Double

    /// The damage to the equations.
    public let equations: Double
  }

  /// What the figures say.
  public enum Verdict: String, Sendable, Codable {
    /// Two parts: less overlap than by chance, and each set's cut harms its own work.
    case separate

    /// One network: more overlap than by chance, and the cuts tell no difference, or too few edges are
    /// in one set alone.
    case shared

    /// More overlap than by chance, but what remains of each set harms its own work more: shared
    /// foundations with specialised edges.
    case specialised

    /// Neither can be said.
    case undecided
  }

  /// What the figures say.
  public var verdict: Verdict {
    let isApart = dissociation.map { $0 > dissociationHigh ?? .infinity } ?? false
    if overlap < chanceLow { return isApart ? .separate : .undecided }
    guard overlap > chanceHigh else { return .undecided }
    return isApart ? .specialised : .shared
  }

  /// Draws of each null.
  private static let draws = 200

  /// Draws of partitions, each of which costs four evaluations.
  private static let partitions = 40

  /// Studies a network.
  ///
  /// - Parameters:
  ///   - search: The network and how edges are attributed.
  ///   - share: The share of the edges in each set.
  /// - Throws: ``CircuitError`` if the problem has no conditions or no equations.
  public init(_ search: CircuitSearch, share: Double) throws {
    precondition(share > 0 && share < 1, "a share lies between 0 and 1")
    let graph = search.graph
    let outputs = (
      conditions: try search.outputs(.conditions), equations: try search.outputs(.equations)
    )
    let attributions = [outputs.conditions, outputs.equations].map {
      EdgeAttribution(of: graph, to: $0, method: search.method)
    }
    let size = max(1, Int(share * Double(graph.edgeCount)))
    self.size = size
    func top(_ scores: [Double]) -> Set<Int> {
      let sorted = scores.indices.filter { scores[$0] > 0 }
        .sorted { (scores[$1], $0) < (scores[$0], $1) }
      return Set(sorted.prefix(size))
    }
    func overlap(_ a: Set<Int>, _ b: Set<Int>) -> Double {
      Double(a.intersection(b).count) / Double(max(1, min(a.count, b.count)))
    }
    let sets = attributions.map { top($0.scores) }
    self.overlap = overlap(sets[0], sets[1])
    ceiling =
      attributions.reduce(0) { $0 + overlap(top($1.halves[0]), top($1.halves[1])) } / 2

    let random = RandomStream(seed: search.seed)
    let masks = sets.map { set in (0..<graph.edgeCount).map(set.contains) }
    let chances = (0..<Self.draws).map { draw in
      let pair = masks.enumerated().map { index, mask in
        let drawn = graph.randomEdges(like: mask, random: random.child(2 * draw + index))
        return Set(drawn.indices.filter { drawn[$0] })
      }
      return overlap(pair[0], pair[1])
    }
    chance = Statistics.mean(chances) ?? 0
    chanceLow = Statistics.quantile(chances, 0.025) ?? 0
    chanceHigh = Statistics.quantile(chances, 0.975) ?? 0

    let own = [sets[0].subtracting(sets[1]).sorted(), sets[1].subtracting(sets[0]).sorted()]
    func damage(cutting edges: [Int]) -> Damage {
      var present = [Bool](repeating: true, count: graph.edgeCount)
      for edge in edges { present[edge] = false }
      let parameters = graph.parameters(keeping: present)
      return Damage(
        conditions: outputs.conditions.damage(at: parameters),
        equations: outputs.equations.damage(at: parameters))
    }
    func dissociation(_ first: Damage, _ second: Damage) -> Double {
      // Damage below rounding is none.
      func size(_ value: Double) -> Double { max(value, 1e-12) }
      return log10(size(first.conditions) / size(first.equations))
        - log10(size(second.conditions) / size(second.equations))
    }
    guard !own[0].isEmpty && !own[1].isEmpty else {
      (cutConditions, cutEquations, self.dissociation) = (nil, nil, nil)
      (dissociationLow, dissociationHigh) = (nil, nil)
      return
    }
    let harm = own.map(damage)
    (cutConditions, cutEquations) = (harm[0], harm[1])
    self.dissociation = dissociation(harm[0], harm[1])
    let pool = own[0] + own[1]
    let nulls = (0..<Self.partitions).map { draw in
      var random = random.child(-1 - draw)
      let order = random.permutation(pool.count)
      let first = order.prefix(own[0].count).map { pool[$0] }
      let second = order.dropFirst(own[0].count).map { pool[$0] }
      return dissociation(damage(cutting: first), damage(cutting: second))
    }
    dissociationLow = Statistics.quantile(nulls, 0.025)
    dissociationHigh = Statistics.quantile(nulls, 0.975)
  }
}

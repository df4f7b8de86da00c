public import Networks
internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What an attention head attends to, over many sequences.
public struct HeadSummary: Sendable, Codable, Equatable {
  /// The layer.
  public let layer: Int

  /// The head within the layer.
  public let head: Int

  /// The mean entropy `−Σ A log A` of the attention of a position, in nats: 0 for a head that looks at
  /// one place.
  public let entropy: Double

  /// What the entropy would be if all positions in sight got the same.
  public let evenEntropy: Double

  /// How much goes where.
  public let relations: [Share]

  /// How much attention goes to the positions of a relation.
  public struct Share: Sendable, Codable, Equatable {
    /// The relation.
    public let name: String

    /// Mean attention, over the queries that have such a position in sight.
    public let weight: Double

    /// What the mean would be if all positions in sight got the same.
    public let evenWeight: Double

    /// The share of those queries of which no other position gets more.
    public let strongest: Double

    /// Their number.
    public let count: Int
  }

  /// The relation that gets most in excess of even attention.
  public var main: Share? {
    relations.max { $0.weight - $0.evenWeight < $1.weight - $1.evenWeight }
  }
}

/// The positions whose attention is looked at.
public enum AttentionQueries: String, Sendable, Codable, CaseIterable {
  /// All.
  case all

  /// Those at which an answer is asked for.
  case answered
}

extension TransformerRecord {
  /// What each head attends to.
  ///
  /// A bare weight means little where few positions are in sight: it stands beside what even attention
  /// would give.
  ///
  /// - Parameters:
  ///   - relations: The positions to look for.
  ///   - queries: The positions whose attention is looked at; at least one.
  /// - Returns: A summary of each head, layer by layer.
  public func headSummaries(
    _ relations: [AttentionRelation] = AttentionRelation.common, queries: AttentionQueries = .all
  ) -> [HeadSummary] {
    let chosen = (0..<batch.count).flatMap { sequence in
      (0..<batch.length).compactMap { position in
        queries == .all || batch.targets[sequence * batch.length + position] != nil
          ? Query(sequence: sequence, position: position, in: self, relations) : nil
      }
    }
    precondition(!chosen.isEmpty, "there is a position to look at")
    return design.headSites.map { site in
      summary(layer: site.layer, head: site.index, chosen, relations)
    }
  }

  /// A position with its related ones.
  private struct Query {
    let sequence: Int
    let position: Int

    /// Number of positions in sight: the first ones.
    let reach: Int

    /// The position of each relation, if there is one in sight.
    let keys: [Int?]

    init(
      sequence: Int, position: Int, in record: TransformerRecord, _ relations: [AttentionRelation]
    ) {
      self.sequence = sequence
      self.position = position
      let reach = record.design.isCausal ? position + 1 : record.batch.length
      self.reach = reach
      let tokens = record.batch.sequence(sequence)
      keys = relations.map { relation in
        relation.key(tokens, position).flatMap { (0..<reach).contains($0) ? $0 : nil }
      }
    }
  }

  private func summary(
    layer: Int, head: Int, _ queries: [Query], _ relations: [AttentionRelation]
  ) -> HeadSummary {
    var (entropy, evenEntropy) = (0.0, 0.0)
    var sums = relations.map { _ in (weight: 0.0, even: 0.0, strongest: 0, count: 0) }
    var (sequence, pattern) = (-1, Matrix<Double>(rows: 0, columns: 0))
    for query in queries {
      if query.sequence != sequence {
        sequence = query.sequence
        pattern = self.pattern(sequence: sequence, layer: layer, head: head)
      }
      let row = pattern.row(query.position).prefix(query.reach)
      entropy -= row.reduce(0) { $0 + ($1 > 0 ? $1 * log($1) : 0) }
      evenEntropy += log(Double(query.reach))
      for (index, key) in query.keys.enumerated() {
        guard let key else { continue }
        sums[index].weight += row[key]
        sums[index].even += 1 / Double(query.reach)
        sums[index].strongest += row.allSatisfy { $0 <= row[key] } ? 1 : 0
        sums[index].count += 1
      }
    }
    let count = Double(queries.count)
    return HeadSummary(
      layer: layer, head: head, entropy: entropy / count, evenEntropy: evenEntropy / count,
      relations: zip(relations, sums).map { relation, sum in
        let count = Double(max(1, sum.count))
        return HeadSummary.Share(
          name: relation.name, weight: sum.weight / count, evenWeight: sum.even / count,
          strongest: Double(sum.strongest) / count, count: sum.count)
      })
  }
}

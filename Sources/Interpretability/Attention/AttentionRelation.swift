/// A position that a position may attend to, such as the one before: what a head might be for.
///
/// ```swift
/// let sameToken = AttentionRelation("last same token") { tokens, query in
///   tokens[..<query].lastIndex(of: tokens[query])
/// }
/// ```
public struct AttentionRelation: Sendable {
  /// What it is called.
  public let name: String

  /// The position that a query has the relation to, nil for none.
  let key: @Sendable (_ tokens: [Int], _ query: Int) -> Int?

  /// Describes a relation.
  ///
  /// - Parameters:
  ///   - name: What it is called.
  ///   - key: From the tokens of a sequence and a position the related position, if there is one.
  public init(_ name: String, key: @escaping @Sendable ([Int], Int) -> Int?) {
    self.name = name
    self.key = key
  }

  /// A position and itself.
  public static let itself = AttentionRelation("itself") { _, query in query }

  /// The position before.
  public static let previous = AttentionRelation("previous") { _, query in
    query > 0 ? query - 1 : nil
  }

  /// The first position, where heads look that have nothing to say.
  public static let first = AttentionRelation("first") { _, _ in 0 }

  /// The last position before with the same token.
  public static let lastSame = AttentionRelation("last same") { tokens, query in
    tokens[..<query].lastIndex(of: tokens[query])
  }

  /// The position after the last one with the same token: what an induction head reads.
  ///
  /// Olsson et al. (2022), [doi:10.48550/arXiv.2209.11895](https://doi.org/10.48550/arXiv.2209.11895).
  public static let afterLastSame = AttentionRelation("after last same") { tokens, query in
    tokens[..<query].lastIndex(of: tokens[query]).map { $0 + 1 }
  }

  /// The relations that every task has.
  public static let common: [AttentionRelation] = [
    itself, previous, first, lastSame, afterLastSame,
  ]
}

/// Sequences of tokens of one length, with what a transformer should say at some of their positions.
public struct TokenBatch: Sendable, Equatable {
  /// Length of each sequence, L.
  public let length: Int

  /// The tokens, `[sequences, length]` row by row.
  public let tokens: [Int]

  /// The token that is right at each position, nil where none is asked for; as many as tokens.
  public let targets: [Int?]

  /// Number of sequences.
  public var count: Int { tokens.count / length }

  /// Number of positions at which a token is asked for.
  public var targetCount: Int { targets.count { $0 != nil } }

  /// Checks sequences.
  ///
  /// - Parameters:
  ///   - sequences: At least one sequence of at least one token; all of one length.
  ///   - targets: For each token the one that is right there, if one is asked for; none unless given.
  ///   - design: The transformer that will read them.
  /// - Throws: ``TokenError``.
  public init(
    _ sequences: [[Int]], targets: [[Int?]]? = nil, in design: TransformerDesign
  ) throws(TokenError) {
    guard let length = sequences.first?.count, length > 0 else { throw .empty }
    guard length <= design.context else {
      throw .tooLong(length: length, context: design.context)
    }
    if let other = sequences.firstIndex(where: { $0.count != length }) {
      throw .unequalLengths(sequence: other, length: sequences[other].count, first: length)
    }
    let targets = targets ?? sequences.map { $0.map { _ in nil } }
    guard targets.map(\.count) == sequences.map(\.count) else {
      throw .targetMismatch
    }
    for (index, sequence) in sequences.enumerated() {
      for (position, token) in sequence.enumerated() {
        for token in [token, targets[index][position] ?? token]
        where !(0..<design.vocabulary).contains(token) {
          throw .unknownToken(
            token, sequence: index, position: position, vocabulary: design.vocabulary)
        }
      }
    }
    self.length = length
    tokens = sequences.flatMap { $0 }
    self.targets = targets.flatMap { $0 }
  }

  /// One sequence.
  ///
  /// - Parameter index: Which.
  /// - Returns: Its tokens.
  public func sequence(_ index: Int) -> [Int] {
    Array(tokens[index * length..<(index + 1) * length])
  }
}

/// Why sequences cannot be read by a transformer.
public enum TokenError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no sequence, or the first one has no token.
  case empty

  /// The sequences are longer than the transformer has positions.
  case tooLong(length: Int, context: Int)

  /// A sequence is not as long as the first.
  case unequalLengths(sequence: Int, length: Int, first: Int)

  /// The targets are not as many as the tokens.
  case targetMismatch

  /// A token that the vocabulary does not have.
  case unknownToken(Int, sequence: Int, position: Int, vocabulary: Int)

  /// What was found, where, and what was expected.
  public var description: String {
    switch self {
    case .empty:
      "there are no tokens; give at least one sequence of at least one token"
    case .tooLong(let length, let context):
      "sequences of \(length) tokens are too long; this transformer has \(context) positions"
    case .unequalLengths(let sequence, let length, let first):
      "sequence \(sequence) has \(length) tokens and sequence 0 has \(first); "
        + "sequences of a batch have one length"
    case .targetMismatch:
      "targets and tokens differ in number; give one target, or nil, for each token"
    case .unknownToken(let token, let sequence, let position, let vocabulary):
      "token \(token) in sequence \(sequence), position \(position) is unknown; "
        + "the vocabulary is 0…\(vocabulary - 1)"
    }
  }
}

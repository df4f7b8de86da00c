public import Tensors

/// Something for a transformer to learn, of which there are as many examples as one asks for.
public protocol TokenTask: Sendable {
  /// Number of different tokens.
  var vocabulary: Int { get }

  /// Length of an example.
  var length: Int { get }

  /// Draws an example.
  ///
  /// - Parameters:
  ///   - part: Whether to train with it or to test; no example belongs to both.
  ///   - random: Where the randomness comes from.
  /// - Returns: The example.
  func example(_ part: TaskPart, random: inout RandomStream) -> TokenExample

  /// How a token is written.
  ///
  /// - Parameter token: One of the vocabulary.
  /// - Returns: A short text.
  func name(of token: Int) -> String
}

/// The two disjoint parts of a task's examples.
public enum TaskPart: Sendable {
  /// Examples to train with.
  case training

  /// Examples that training never sees.
  case heldOut
}

/// A sequence of tokens with the answers that are asked for.
public struct TokenExample: Sendable, Equatable {
  /// The tokens.
  public let tokens: [Int]

  /// The right token at each position, nil where nothing is asked for.
  public let targets: [Int?]

  /// Joins a sequence with its answers.
  ///
  /// - Parameters:
  ///   - tokens: The tokens.
  ///   - targets: As many answers.
  public init(tokens: [Int], targets: [Int?]) {
    self.tokens = tokens
    self.targets = targets
  }
}

extension TokenTask {
  /// Draws a batch.
  ///
  /// - Parameters:
  ///   - count: Number of examples.
  ///   - part: Whether to train with them or to test.
  ///   - design: The transformer that will read them.
  ///   - random: Where the randomness comes from.
  /// - Returns: The examples.
  /// - Throws: ``TokenError`` if the transformer's vocabulary or context is too small for the task.
  public func batch(
    _ count: Int, _ part: TaskPart, in design: TransformerDesign, random: inout RandomStream
  ) throws(TokenError) -> TokenBatch {
    let examples = (0..<count).map { _ in example(part, random: &random) }
    return try TokenBatch(
      examples.map(\.tokens), targets: examples.map(\.targets), in: design)
  }
}

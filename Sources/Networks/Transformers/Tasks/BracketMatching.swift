public import Tensors

/// Which bracket closes here? A task that cannot be solved without attention.
///
/// A sequence opens brackets of several kinds and closes them again, always the one that was opened last;
/// the closing token does not say which. At each closing token the answer is the kind of the bracket that
/// it closes: the last one opened at that depth.
///
/// ```
/// a b · c · ·      answers:  b at the first dot, c at the second, a at the third
/// ```
///
/// Sequences are balanced words of Dyck's language of bounded depth; to open or to close is equally
/// probable wherever both are possible.
public struct BracketMatching: TokenTask {
  /// Number of kinds of brackets; tokens `0..<kinds` open one, token `kinds` closes.
  public let kinds: Int

  /// Length of a sequence.
  public let length: Int

  /// The greatest number of brackets that are open at a time.
  public let depth: Int

  /// Describes a task.
  ///
  /// - Parameters:
  ///   - kinds: Number of kinds of brackets.
  ///   - length: Length of a sequence, even.
  ///   - depth: The greatest number of brackets that are open at a time.
  public init(kinds: Int = 4, length: Int = 16, depth: Int = 4) {
    precondition(
      kinds > 0 && length > 0 && length.isMultiple(of: 2) && depth > 0,
      "balanced brackets come in pairs")
    self.kinds = kinds
    self.length = length
    self.depth = depth
  }

  /// The kinds and the closing token.
  public var vocabulary: Int { kinds + 1 }

  /// The token that closes.
  public var closing: Int { kinds }

  /// Draws a balanced word; one word in eight, by a hash of its tokens, is held out.
  ///
  /// - Parameters:
  ///   - part: Whether to train with it or to test.
  ///   - random: Where the randomness comes from.
  /// - Returns: The word with its answers.
  public func example(_ part: TaskPart, random: inout RandomStream) -> TokenExample {
    while true {
      let word = word(random: &random)
      if isHeldOut(word.tokens) == (part == .heldOut) { return word }
    }
  }

  /// A letter for each of the first kinds, `k26` and so on for others, a parenthesis for closing.
  ///
  /// - Parameter token: One of the vocabulary.
  /// - Returns: The text.
  public func name(of token: Int) -> String {
    if token == closing { return ")" }
    return token < 26 ? String(UnicodeScalar(UInt8(97 + token))) : "k\(token)"
  }

  /// Where the bracket was opened that a position closes: what a head has to attend to.
  ///
  /// - Parameters:
  ///   - position: A position.
  ///   - tokens: A sequence.
  /// - Returns: The position of the opening token; nil if nothing is closed at the position.
  public func opening(closedAt position: Int, in tokens: [Int]) -> Int? {
    guard tokens[position] == closing else { return nil }
    var open: [Int] = []
    for i in 0..<position {
      if tokens[i] != closing { open.append(i) } else { _ = open.popLast() }
    }
    return open.last
  }

  private func word(random: inout RandomStream) -> TokenExample {
    var tokens: [Int] = []
    var targets: [Int?] = []
    var open: [Int] = []
    for position in 0..<length {
      let mustClose = open.count == length - position || open.count == depth
      let opens = open.isEmpty || (!mustClose && random.uniform() < 0.5)
      if opens {
        let kind = random.below(kinds)
        open.append(kind)
        tokens.append(kind)
        targets.append(nil)
      } else {
        tokens.append(closing)
        targets.append(open.removeLast())
      }
    }
    return TokenExample(tokens: tokens, targets: targets)
  }

  /// Whether a word is for testing alone.
  func isHeldOut(_ tokens: [Int]) -> Bool {
    // A polynomial in the tokens, scrambled by the stream that it seeds.
    let hash = tokens.reduce(UInt64(1)) { $0 &* 1_000_003 &+ UInt64($1) }
    var stream = RandomStream(seed: hash)
    return stream.next() % 8 == 0
  }
}

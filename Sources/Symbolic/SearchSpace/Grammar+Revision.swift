extension Grammar {
  /// Why a grammar cannot be revised.
  public struct RevisionError: Error, Equatable {
    /// The index of the line to blame.
    public let line: Int

    /// What is wrong with it.
    public let reason: GrammarError.Reason
  }

  /// The grammar with other settings, as a command line gives them.
  ///
  /// Operators listed as `unary` or `binary` take the place of all of that kind, with the rules about
  /// those that are gone; a setting that a grammar has once takes the place of the grammar's; every
  /// other line comes on top.
  ///
  /// - Parameter lines: Lines of a grammar; `unary` and `binary` may be empty lists.
  /// - Returns: The other grammar.
  /// - Throws: ``RevisionError`` with the first line that makes no sense, or the last one if all of them
  ///   together leave nothing to search.
  public func revised(by lines: [String]) throws(RevisionError) -> Grammar {
    guard !lines.isEmpty else { return self }
    var reader = GrammarReader(grammar: self)
    let parsed = lines.indices.compactMap { index in
      GrammarReader.lines(of: lines[index].filter { !$0.isNewline }).first.map {
        GrammarReader.Line(number: index, word: $0.word, rest: $0.rest, text: $0.text)
      }
    }
    for (word, arity) in [("unary", 1), ("binary", 2)]
    where parsed.contains(where: { $0.word == word }) {
      reader.grammar.operators.removeAll { $0.arity == arity }
      let gone = definitions.filter { $0.arity == arity }.map(\.name)
      reader.grammar.customOperatorNames.removeAll(where: gone.contains)
    }
    let isDeclaration = { (line: GrammarReader.Line) in
      ["define", "parameter", "parameters"].contains(line.word)
    }
    for line in parsed.filter(isDeclaration) + parsed.filter({ !isDeclaration($0) })
    where !(["binary", "unary"].contains(line.word) && line.rest.isEmpty) {
      do {
        try reader.read(line)
      } catch {
        throw RevisionError(line: line.number, reason: error)
      }
    }
    reader.dropIdleRules()
    if let (line, reason) = reader.contradiction(parsed) {
      throw RevisionError(line: min(line, lines.count - 1), reason: reason)
    }
    return reader.grammar
  }
}

extension GrammarReader {
  /// Drops the rules about operators that no formula can contain any more.
  fileprivate mutating func dropIdleRules() {
    let reader = self
    func isIdle(_ term: Grammar.Term) -> Bool {
      !reader.isUsed(term) && !reader.mentions.contains { $0.term == term }
    }
    grammar.nesting.removeAll { isIdle($0.outer) || isIdle($0.inner) }
    grammar.operandLimits.removeAll { isIdle($0.term) }
  }
}

extension Unit {
  /// Reads a unit such as `kg m^2/s^2`, `J/(kg K)`, `1/s`, `km` or `Hz^(1/2)`.
  ///
  /// Factors are separated by blanks, `*` or `·`. As in formulas, `/` divides by the next factor
  /// alone, so that `J/kg K` is `(J/kg)*K`; parentheses say otherwise. `1` is the unit of pure
  /// numbers, and positive numbers are factors of the scale.
  ///
  /// - Parameter text: The unit.
  /// - Throws: ``UnitError``, with the place and a suggestion.
  public init(parsing text: String) throws(UnitError) {
    var parser = UnitParser(text)
    self = try parser.parse()
  }
}

/// Reads one unit by recursive descent.
private struct UnitParser {
  /// No unit is longer; bounds the nesting too.
  private static let lengthLimit = 200

  private let text: String
  private let characters: [Character]
  private var position = 0

  init(_ text: String) {
    self.text = text
    characters = Array(text)
  }

  mutating func parse() throws(UnitError) -> Unit {
    guard characters.count <= Self.lengthLimit else {
      throw error(.tooLong(limit: Self.lengthLimit), at: 0)
    }
    skipBlanks()
    if current == nil { throw error(.empty, at: 0) }
    let unit = try product()
    guard current == nil else { throw unexpected("a unit or the end") }
    return unit
  }

  private mutating func product() throws(UnitError) -> Unit {
    var result = try factor()
    while true {
      skipBlanks()
      switch current {
      case nil, ")": return result
      case "/":
        position += 1
        result = result / (try factor())
      case "*", "·", "⋅":
        position += 1
        result = result * (try factor())
      default: result = result * (try factor())
      }
    }
  }

  private mutating func factor() throws(UnitError) -> Unit {
    skipBlanks()
    let start = position
    let base: Unit
    guard let first = current else { throw unexpected("a unit") }
    if first == "(" {
      position += 1
      base = try product()
      guard current == ")" else { throw unexpected("')'") }
      position += 1
    } else if first.isNumber || first == "." {
      let digits = take { $0.isNumber || ".eE".contains($0) }
      guard let value = Double(digits), value > 0, value.isFinite else {
        throw error(.invalidNumber(digits), at: start)
      }
      base = Unit(scale: value, .none)
    } else {
      let word = take { $0.isLetter || $0 == "%" }
      if word.isEmpty { throw unexpected("a unit") }
      guard let unit = UnitTable.unit(word) else {
        throw error(
          .unknownUnit(word, suggestion: UnitTable.suggestion(for: word)), at: start)
      }
      base = unit
    }
    return try raised(base)
  }

  /// The unit with the exponent that may follow it.
  private mutating func raised(_ base: Unit) throws(UnitError) -> Unit {
    skipBlanks()
    if current == "^" {
      position += 1
    } else if current == "*", position + 1 < characters.count, characters[position + 1] == "*" {
      position += 2
    } else {
      return base
    }
    skipBlanks()
    let start = position
    let isEnclosed = current == "("
    if isEnclosed { position += 1 }
    let numerator = take { $0.isNumber || "+-.".contains($0) }
    var denominator = "1"
    if isEnclosed {
      skipBlanks()
      if current == "/" {
        position += 1
        skipBlanks()
        denominator = take { $0.isNumber }
      }
      skipBlanks()
      guard current == ")" else { throw unexpected("')' after the exponent") }
      position += 1
    }
    let shown = String(characters[start..<position])
    guard let above = Double(numerator), let below = Double(denominator), below != 0,
      let dimension = base.dimension.raised(to: above / below)
    else { throw error(.invalidExponent(shown), at: start) }
    let scale = power(base.scale, above / below)
    guard scale > 0, scale.isFinite else { throw error(.invalidExponent(shown), at: start) }
    return Unit(scale: scale, dimension)
  }

  // MARK: Characters

  private var current: Character? {
    position < characters.count ? characters[position] : nil
  }

  private mutating func skipBlanks() {
    while let character = current, character.isWhitespace { position += 1 }
  }

  private mutating func take(while isWanted: (Character) -> Bool) -> String {
    let start = position
    while let character = current, isWanted(character) { position += 1 }
    return String(characters[start..<position])
  }

  // MARK: Errors

  private func error(_ reason: UnitError.Reason, at position: Int) -> UnitError {
    UnitError(reason: reason, column: position + 1, text: text)
  }

  private func unexpected(_ expected: String) -> UnitError {
    let found = current.map { "'\($0)'" } ?? "the end"
    return error(.unexpected(found: found, expected: expected), at: position)
  }
}

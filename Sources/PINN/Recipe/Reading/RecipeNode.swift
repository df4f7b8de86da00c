import RunStore
import Symbolic
import Yams

/// A value of the recipe that knows its line and what to call itself in errors.
struct RecipeNode {
  /// The value.
  let node: Node

  /// The path of the file, for errors.
  let path: String

  /// What errors call the value, such as `training.points`.
  let place: String

  /// The line of a value that has none of its own: that of what encloses it.
  private let enclosingLine: Int

  init(_ node: Node, path: String, place: String, enclosingLine: Int = 1) {
    self.node = node
    self.path = path
    self.place = place
    self.enclosingLine = enclosingLine
  }

  /// The line of the value in the file, from 1.
  var line: Int { node.mark?.line ?? enclosingLine }

  func error(_ reason: RecipeError.Reason) -> RecipeError {
    .invalid(path: path, line: line, reason: reason)
  }

  func wrongType(expected: String) -> RecipeError {
    error(.wrongType(place: place, found: found, expected: expected))
  }

  func outOfRange(expected: String) -> RecipeError {
    error(.outOfRange(place: place, found: found, expected: expected))
  }

  /// What errors say was found.
  private var found: String {
    if isNull { return "empty" }
    switch node {
    case .scalar(let scalar): return "'\(scalar.string.prefix(60))'"
    case .sequence: return "a list"
    case .mapping: return "a map of keys"
    case .alias: return "an alias"
    }
  }

  /// Whether nothing stands there.
  var isNull: Bool {
    guard case .scalar(let scalar) = node, scalar.style == .plain else { return false }
    return ["", "~", "null"].contains(scalar.string)
  }

  func child(_ node: Node, _ place: String) -> RecipeNode {
    RecipeNode(node, path: path, place: place, enclosingLine: line)
  }
}

// MARK: - Scalars

extension RecipeNode {
  /// A text that is not empty.
  func text() throws(RecipeError) -> String {
    guard case .scalar(let scalar) = node, !isNull, !scalar.string.isEmpty else {
      throw wrongType(expected: "a text")
    }
    return scalar.string
  }

  /// A number, or a formula of numbers such as `2*pi`.
  func number() throws(RecipeError) -> Double {
    guard case .scalar(let scalar) = node, !isNull else { throw wrongType(expected: "a number") }
    let expression: Expression
    do {
      expression = try Expression(parsing: scalar.string, allowing: [])
    } catch {
      // A word is a wrong type; something that begins like a formula deserves its column.
      throw scalar.string.contains(where: "0123456789".contains)
        ? self.error(.formula(place: place, error)) : wrongType(expected: "a number")
    }
    let value = expression.evaluate()
    guard value.isFinite else { throw outOfRange(expected: "a finite number") }
    return value
  }

  /// A number that is positive.
  func positiveNumber() throws(RecipeError) -> Double {
    let value = try number()
    guard value > 0 else { throw outOfRange(expected: "a number greater than 0") }
    return value
  }

  /// A number that is zero or positive.
  func nonNegativeNumber() throws(RecipeError) -> Double {
    let value = try number()
    guard value >= 0 else { throw outOfRange(expected: "a number not less than 0") }
    return value
  }

  /// An integer within limits.
  func integer(_ range: ClosedRange<Int>) throws(RecipeError) -> Int {
    guard case .scalar(let scalar) = node,
      let value = Int(scalar.string.filter { $0 != "_" })
        ?? Double(scalar.string).flatMap(Int.init(exactly:))
    else { throw wrongType(expected: "an integer") }
    guard range.contains(value) else {
      throw outOfRange(expected: "an integer from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// A truth value.
  func truth() throws(RecipeError) -> Bool {
    switch try? text() {
    case "true": return true
    case "false": return false
    default: throw wrongType(expected: "true or false")
    }
  }

  /// One of the words of an enumeration.
  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    of type: Choice.Type
  ) throws(RecipeError) -> Choice {
    let word = try text()
    guard let choice = Choice(rawValue: word) else {
      let known = Choice.allCases.map(\.rawValue)
      throw error(
        .unknownChoice(
          place: place, found: word,
          suggestion: Spelling.suggestion(for: word, among: known), known: known))
    }
    return choice
  }
}

// MARK: - Lists and maps

extension RecipeNode {
  /// The elements of a list.
  ///
  /// - Parameters:
  ///   - what: What the list is of, for errors.
  ///   - limit: The largest number of elements.
  /// - Returns: The elements, called `place 1`, `place 2`, …
  /// - Throws: ``RecipeError`` if it is no list, empty or too long.
  func list(of what: String, limit: Int) throws(RecipeError) -> [RecipeNode] {
    guard case .sequence(let sequence) = node else {
      throw wrongType(expected: "a list of \(what)")
    }
    guard (1...limit).contains(sequence.count) else {
      throw error(
        .outOfRange(
          place: place, found: "a list of \(sequence.count)", expected: "1 to \(limit) \(what)"))
    }
    return sequence.enumerated().map { child($1, "\(place)[\($0 + 1)]") }
  }

  /// The two ends of an interval such as `[0, 2*pi]`.
  func interval() throws(RecipeError) -> (lower: Double, upper: Double) {
    guard case .sequence(let ends) = node, ends.count == 2 else {
      throw wrongType(expected: "an interval such as [0, 1]")
    }
    return (try child(ends[0], place).number(), try child(ends[1], place).number())
  }

  /// Whether the value is a map.
  var isMap: Bool {
    if case .mapping = node { true } else { false }
  }

  /// Whether the value is a list.
  var isList: Bool {
    if case .sequence = node { true } else { false }
  }

  /// The entries of a map whose keys are names, in order.
  func entries(of what: String, limit: Int) throws(RecipeError) -> [(
    key: RecipeNode, value: RecipeNode
  )] {
    guard case .mapping(let mapping) = node else {
      throw wrongType(expected: "a map of \(what)")
    }
    guard mapping.count <= limit else {
      throw error(
        .outOfRange(
          place: place, found: "a map of \(mapping.count)", expected: "at most \(limit) \(what)"))
    }
    var entries: [(RecipeNode, RecipeNode)] = []
    for (key, value) in mapping {
      let keyNode = child(key, "a key of \(place)")
      entries.append((keyNode, keyNode.child(value, "\(place).\(try keyNode.text())")))
    }
    return entries
  }

  /// A map in which only certain keys may occur.
  func section(_ keys: [String]) throws(RecipeError) -> RecipeSection {
    try RecipeSection(self, keys: keys)
  }
}

/// A map of known keys.
struct RecipeSection {
  let node: RecipeNode
  private var values: [String: RecipeNode] = [:]

  init(_ node: RecipeNode, keys: [String]) throws(RecipeError) {
    self.node = node
    for (key, value) in try node.entries(of: "keys", limit: 1000) {
      let name = try key.text()
      guard keys.contains(name) else {
        throw key.error(
          .unknownKey(
            name, place: node.place, suggestion: Spelling.suggestion(for: name, among: keys),
            known: keys))
      }
      values[name] = value
    }
  }

  /// The value of a key, unless it is missing or empty.
  subscript(key: String) -> RecipeNode? {
    values[key].flatMap { $0.isNull ? nil : $0 }
  }

  /// The value of a key that must be there.
  func required(_ key: String) throws(RecipeError) -> RecipeNode {
    guard let value = values[key] else {
      throw node.error(.missingKey(key, place: node.place))
    }
    return value
  }
}

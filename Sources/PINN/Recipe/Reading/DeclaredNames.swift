import Symbolic

/// The names that a problem has declared so far.
struct DeclaredNames {
  private var nodes: [(name: String, node: RecipeNode)] = []

  /// Declares a name and returns it.
  mutating func add(_ node: RecipeNode) throws(RecipeError) -> String {
    let name = try node.text()
    guard Self.isIdentifier(name) else {
      throw node.error(.invalidName(name, why: "it needs a letter, then letters, digits and '_'"))
    }
    guard !Self.isTaken(name) else {
      throw node.error(.invalidName(name, why: "formulas know it already"))
    }
    try claim(name, node)
    return name
  }

  /// Declares a name that was checked.
  mutating func claim(_ name: String, _ node: RecipeNode) throws(RecipeError) {
    guard !nodes.contains(where: { $0.name == name }) else {
      throw node.error(.duplicateName(name))
    }
    nodes.append((name, node))
  }

  /// Checks that no declared name could be read as a derivative.
  func checkDerivatives(_ names: ProblemNames) throws(RecipeError) {
    for (name, node) in nodes {
      switch names.derivativeMeaning(of: name) {
      case .derivative, .ambiguous:
        throw node.error(.invalidName(name, why: "equations would read it as a derivative"))
      default: continue
      }
    }
  }

  static func isIdentifier(_ name: String) -> Bool {
    guard let first = name.first, first.isASCII, first.isLetter, name.utf8.count <= 64 else {
      return false
    }
    return name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  }

  static func isTaken(_ name: String) -> Bool {
    ["pi", "inf", "nan"].contains(name) || Operator.functionNames.contains(name)
  }

  /// A name for formulas that is as close to a text as can be.
  ///
  /// - Parameters:
  ///   - text: The text, such as `Relative Humidity`.
  ///   - taken: Names that are used already; the result is added.
  /// - Returns: The name, such as `Relative_Humidity`.
  static func identifier(for text: String, avoiding taken: inout Set<String>) -> String {
    var name = String(
      text.prefix(48).map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    if !isIdentifier(name) { name = "x" + name }
    while isTaken(name) || taken.contains(name) { name += "_" }
    taken.insert(name)
    return name
  }
}

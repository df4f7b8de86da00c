import Networks
import Symbolic

extension NetworkSettings {
  /// The limits of sizes: far beyond use, short of exhausting the machine.
  private enum Limit {
    static let width = 1...65_536
    static let layers = 64
    static let harmonics = 1...1_024
    static let sigmas = 64
  }

  /// Reads the section `network`.
  ///
  /// - Parameters:
  ///   - node: The section.
  ///   - variables: The names of the problem's variables.
  /// - Throws: ``RecipeError`` with the line.
  init(reading node: RecipeNode, variables: [String]) throws(RecipeError) {
    let options = NetworkOption.allCases.map(\.rawValue)
    let section = try node.section(["kind"] + options + ["factorized", "periodic"])
    self.init()
    if let value = section["kind"] { kind = try value.choice(of: NetworkKind.self) }
    for option in NetworkOption.allCases where option != .hidden && !kind.options.contains(option) {
      guard let value = section[option.rawValue] else { continue }
      let users = NetworkKind.allCases.filter { $0.options.contains(option) }
      throw value.error(
        .unusedKey(place: value.place, kind: kind.rawValue, users: users.map(\.rawValue)))
    }
    if let value = section["hidden"] {
      hidden = []
      for width in try value.list(of: "layer widths", limit: Limit.layers) {
        hidden.append(try width.integer(Limit.width))
      }
    }
    if let value = section["activation"] { try readActivations(value) }
    features = try section["features"]?.integer(Limit.width)
    if let value = section["sigma"] { try readSigmas(value) }
    if let value = section["omega"] { omega = try value.positiveNumber() }
    if let value = section["tokens"] { tokens = try value.integer(NetworkDesign.tokenRange) }
    if let value = section["factorized"] { isFactorized = try value.truth() }
    if let value = section["periodic"] { try readPeriodic(value, variables) }
    try check(section)
  }

  /// Checks that widths and options fit the kind.
  private func check(_ section: RecipeSection) throws(RecipeError) {
    do {
      try kind.check(hidden: hidden, features: featureCount, tokens: tokens)
    } catch {
      let node = section[error.option.rawValue] ?? section.node
      throw node.error(
        .outOfRange(
          place: "network.\(error.option.rawValue)", found: error.found,
          expected: "\(error.expected) (kind '\(kind.rawValue)')"))
    }
  }

  /// Reads `tanh` or `[tanh, sin]`.
  private mutating func readActivations(_ node: RecipeNode) throws(RecipeError) {
    guard node.isList else {
      activations = [try node.activation()]
      return
    }
    activations = []
    for item in try node.list(of: "activations", limit: Limit.layers) {
      activations.append(try item.activation())
    }
    guard activations.count == hidden.count else {
      throw node.error(
        .outOfRange(
          place: node.place, found: "a list of \(activations.count)",
          expected: "one activation for each of the \(hidden.count) hidden layers, or a single one")
      )
    }
  }

  /// Reads `10` or `[1, 10]`.
  private mutating func readSigmas(_ node: RecipeNode) throws(RecipeError) {
    guard node.isList else {
      sigmas = [try node.positiveNumber()]
      return
    }
    sigmas = []
    for item in try node.list(of: "deviations", limit: Limit.sigmas) {
      sigmas.append(try item.positiveNumber())
    }
  }

  /// Reads `{x: 2}`.
  private mutating func readPeriodic(
    _ node: RecipeNode, _ variables: [String]
  ) throws(RecipeError) {
    let section = try node.section(variables)
    for variable in variables {
      guard let value = section[variable] else { continue }
      periodic.append(
        Harmonics(variable: variable, count: try value.integer(Limit.harmonics)))
    }
  }
}

extension RecipeNode {
  /// The name of an activation; `silu` is another one of swish.
  fileprivate func activation() throws(RecipeError) -> Activation {
    if try text() == "silu" { return .swish }
    return try choice(of: Activation.self)
  }
}

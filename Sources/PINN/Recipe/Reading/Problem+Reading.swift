import Symbolic

extension Problem {
  /// The limits of a problem: far beyond use, short of exhausting the machine.
  private enum Limit {
    static let variables = 10
    static let unknowns = 16
    static let parameters = 256
    static let formulas = 256
  }

  init(reading node: RecipeNode) throws(RecipeError) {
    let section = try node.section([
      "variables", "unknowns", "parameters", "equations", "conditions", "data", "exact",
    ])
    var declared = DeclaredNames()
    let variables = try Self.variables(section.required("variables"), &declared)
    let unknowns = try Self.unknowns(section.required("unknowns"), &declared)
    let parameters = try section["parameters"].map { (node) throws(RecipeError) in
      try Self.parameters(node, &declared)
    }
    let names = ProblemNames(
      variables: variables.map(\.name), unknowns: unknowns,
      parameters: parameters?.map(\.name) ?? [])
    try declared.checkDerivatives(names)

    let formulas = FormulaReader(names: names)
    var equations: [Expression] = []
    let list = try section.required("equations").list(of: "equations", limit: Limit.formulas)
    for (index, item) in list.enumerated() {
      equations.append(try formulas.residual(item, "equation \(index + 1)"))
    }
    var conditions: [Condition] = []
    if let node = section["conditions"] {
      for (index, item) in try node.list(of: "conditions", limit: Limit.formulas).enumerated() {
        let reader = ConditionReader(
          variables: variables, formulas: formulas, place: "condition \(index + 1)")
        conditions.append(try reader.condition(item))
      }
    }
    let data = try section["data"].map { (node) throws(RecipeError) in
      try Measurements(reading: node)
    }
    guard !conditions.isEmpty || data != nil else { throw node.error(.undetermined) }
    let exact = try section["exact"].map { (node) throws(RecipeError) in
      try Self.exact(node, formulas)
    }
    self.init(
      variables: variables, unknowns: unknowns, parameters: parameters ?? [],
      equations: equations, conditions: conditions, data: data, exact: exact ?? [])
  }

  private static func variables(
    _ node: RecipeNode, _ declared: inout DeclaredNames
  ) throws(RecipeError) -> [Variable] {
    var variables: [Variable] = []
    for (key, value) in try node.entries(of: "variables", limit: Limit.variables) {
      let name = try declared.add(key)
      let (lower, upper) = try value.interval()
      guard lower < upper, (upper - lower).isFinite else {
        throw value.error(.emptyInterval(variable: name, lower: lower, upper: upper))
      }
      variables.append(Variable(name: name, lower: lower, upper: upper))
    }
    guard !variables.isEmpty else { throw node.outOfRange(expected: "at least one variable") }
    return variables
  }

  private static func unknowns(
    _ node: RecipeNode, _ declared: inout DeclaredNames
  ) throws(RecipeError) -> [String] {
    var unknowns: [String] = []
    for item in try node.list(of: "unknowns", limit: Limit.unknowns) {
      unknowns.append(try declared.add(item))
    }
    return unknowns
  }

  private static func parameters(
    _ node: RecipeNode, _ declared: inout DeclaredNames
  ) throws(RecipeError) -> [Parameter] {
    var parameters: [Parameter] = []
    for (key, value) in try node.entries(of: "parameters", limit: Limit.parameters) {
      let name = try declared.add(key)
      guard value.isMap else {
        parameters.append(Parameter(name: name, value: try value.number()))
        continue
      }
      let section = try value.section(["value", "trainable"])
      parameters.append(
        Parameter(
          name: name, value: try section.required("value").number(),
          isTrainable: try section["trainable"]?.truth() ?? false))
    }
    return parameters
  }

  private static func exact(
    _ node: RecipeNode, _ formulas: FormulaReader
  ) throws(RecipeError) -> [Expression?] {
    let section = try node.section(formulas.names.unknowns)
    var exact: [Expression?] = []
    for unknown in formulas.names.unknowns {
      exact.append(
        try section[unknown].map { (node) throws(RecipeError) in
          try formulas.solution(node, "the exact solution of '\(unknown)'")
        })
    }
    return exact
  }
}

extension Problem.Measurements {
  init(reading node: RecipeNode) throws(RecipeError) {
    let section = try node.section(["file", "weight"])
    self.init(
      file: try section.required("file").text(),
      weight: try section["weight"]?.positiveNumber() ?? 1)
  }
}

/// The names that a problem has declared so far.
private struct DeclaredNames {
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
    guard !nodes.contains(where: { $0.name == name }) else {
      throw node.error(.duplicateName(name))
    }
    nodes.append((name, node))
    return name
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

  private static func isIdentifier(_ name: String) -> Bool {
    guard let first = name.first, first.isASCII, first.isLetter, name.utf8.count <= 64 else {
      return false
    }
    return name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  }

  private static func isTaken(_ name: String) -> Bool {
    ["pi", "inf", "nan"].contains(name) || Operator.functionNames.contains(name)
  }
}

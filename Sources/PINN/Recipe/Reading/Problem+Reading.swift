import Networks
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
      "variables", "domain", "unknowns", "parameters", "functions", "equations", "conditions",
      "transform", "data", "exact", "reference", "imported",
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

    var formulas = FormulaReader(names: names)
    if let node = section["functions"] {
      try Self.readFunctions(node, &declared, into: &formulas)
    }
    let domain = try section["domain"].map { (node) throws(RecipeError) in
      try DomainReader(variables: variables).domain(node)
    }
    var equations: [Expression] = []
    // Measurements can be fitted without any physics, and a network from elsewhere need not know any.
    let isFree = section["data"] != nil || section["imported"] != nil
    let equationNode = isFree ? section["equations"] : try section.required("equations")
    let list = try equationNode?.list(of: "equations", limit: Limit.formulas) ?? []
    for (index, item) in list.enumerated() {
      equations.append(try formulas.residual(item, "equation \(index + 1)"))
    }
    var conditions: [Condition] = []
    if let node = section["conditions"] {
      for (index, item) in try node.list(of: "conditions", limit: Limit.formulas).enumerated() {
        let reader = ConditionReader(
          variables: variables, domain: domain, formulas: formulas,
          orders: Self.orders(of: equations, names), place: "condition \(index + 1)")
        conditions += try reader.conditions(item)
      }
    }
    let data = try section["data"].map { (node) throws(RecipeError) in
      try Measurements(reading: node, unknowns: unknowns.count)
    }
    let trained = (parameters ?? []).filter(\.isTrainable).map { Symbol($0.name) }
    /// One formula for each unknown that has an entry.
    func formulaByUnknown(
      _ key: String, _ what: String,
      _ read: (RecipeNode, String) throws(RecipeError) -> Expression
    ) throws(RecipeError) -> [Expression?] {
      guard let node = section[key] else { return [] }
      let entries = try node.section(unknowns)
      var result: [Expression?] = []
      for unknown in unknowns {
        result.append(
          try entries[unknown].map { (node) throws(RecipeError) in
            let place = "the \(what) of '\(unknown)'"
            let formula = try read(node, place)
            if let name = formula.symbols.first(where: trained.contains) {
              throw node.error(.trainableParameter(place: place, name: name.name))
            }
            return formula
          })
      }
      return result
    }
    let transform = try formulaByUnknown("transform", "transform") {
      (node, place) throws(RecipeError) in try formulas.transform(node, place)
    }
    let exact = try formulaByUnknown("exact", "exact solution") {
      (node, place) throws(RecipeError) in try formulas.solution(node, place)
    }
    let isDetermined = !conditions.isEmpty || transform.contains { $0 != nil }
    guard isFree || isDetermined else { throw node.error(.undetermined) }
    self.init(
      variables: variables, unknowns: unknowns, parameters: parameters ?? [], domain: domain,
      equations: equations, conditions: conditions, data: data, transform: transform,
      exact: exact, reference: try section["reference"]?.text(),
      imported: try section["imported"]?.text())
  }

  /// `{"rate(x)": "1/(1 + exp(-x))"}`; a function may call those before it.
  private static func readFunctions(
    _ node: RecipeNode, _ declared: inout DeclaredNames, into formulas: inout FormulaReader
  ) throws(RecipeError) {
    for (key, value) in try node.entries(of: "functions", limit: Limit.formulas) {
      let text = try key.text()
      let parts = text.split(separator: "(", omittingEmptySubsequences: false)
      guard parts.count == 2, parts[1].last == ")" else {
        throw key.error(.invalidFunction(found: text))
      }
      let name = String(parts[0])
      let arguments = parts[1].dropLast().split(
        separator: ",", omittingEmptySubsequences: false
      ).map { String($0.filter { !$0.isWhitespace }) }
      guard ([name] + arguments).allSatisfy(DeclaredNames.isIdentifier),
        !DeclaredNames.isTaken(name), Set(arguments).count == arguments.count
      else { throw key.error(.invalidFunction(found: text)) }
      try declared.claim(name, key)
      let body = try formulas.body(value, "the function '\(name)'", arguments: arguments)
      formulas.functions.append(
        CustomOperator(name: name, parameters: arguments.map { Symbol($0) }, body: body))
    }
  }

  /// The highest derivative of each unknown by each variable, `[unknowns][variables]`.
  static func orders(of equations: [Expression], _ names: ProblemNames) -> [[Int]] {
    var orders = names.unknowns.map { _ in names.variables.map { _ in 0 } }
    for symbol in equations.flatMap(\.symbols) {
      guard case .derivative(let field) = names.meaning(of: symbol.name) else { continue }
      for (variable, order) in field.monomial.exponents.enumerated() {
        orders[field.unknown][variable] = max(orders[field.unknown][variable], order)
      }
    }
    return orders
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
}

extension Problem.Measurements {
  init(reading node: RecipeNode, unknowns: Int) throws(RecipeError) {
    let section = try node.section(["file", "weight", "classes", "split"])
    if let classes = section["classes"], unknowns < 2 {
      throw classes.outOfRange(expected: "two or more unknowns, one for each class")
    }
    self.init(
      file: try section.required("file").text(),
      weight: try section["weight"]?.positiveNumber() ?? 1,
      classes: try section["classes"]?.text(),
      split: try section["split"].map { (node) throws(RecipeError) in
        let parts = try node.list(of: "shares", limit: 3)
        guard parts.count == 3 else {
          throw node.outOfRange(expected: "three shares of the rows, such as [60, 20, 20]")
        }
        return Split(
          training: try parts[0].positiveNumber(), validation: try parts[1].positiveNumber(),
          test: try parts[2].positiveNumber())
      })
  }
}

import Symbolic

/// Reads a domain: `{plate: {box: {x: [0, 2], y: [0, 1]}}, hole: {disc: …}, shape: plate - hole}`.
struct DomainReader {
  let variables: [Problem.Variable]

  /// The most vertices of a polygon.
  private static let vertexLimit = 1000

  func domain(_ node: RecipeNode) throws(RecipeError) -> Domain {
    var shapes: [Domain.NamedShape] = []
    var formula: RecipeNode?
    var involved: [Int] = []
    for (key, value) in try node.entries(of: "shapes", limit: 100) {
      let name = try key.text()
      if name == "shape" {
        formula = value
        continue
      }
      guard name.first?.isLetter == true, name != Domain.wholeBoundary,
        name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
      else { throw key.error(.invalidName(name, why: "a shape needs a name of its own")) }
      let (shape, own) = try shape(value, name)
      guard involved.isEmpty || involved == own else {
        let names = involved.map { variables[$0].name }.joined(separator: ", ")
        throw value.error(.invalidShape(name: name, why: "must have the variables \(names)"))
      }
      involved = own
      shapes.append(.init(name: name, shape: shape))
    }
    guard !shapes.isEmpty else { throw node.outOfRange(expected: "at least one shape") }
    return Domain(
      variables: involved, shapes: shapes, formula: try composition(formula, of: shapes, node))
  }

  /// How the shapes are put together; all of them joined where the recipe does not say.
  private func composition(
    _ node: RecipeNode?, of shapes: [Domain.NamedShape], _ domain: RecipeNode
  ) throws(RecipeError) -> Expression {
    let names = shapes.map(\.name)
    let symbols = names.map { Expression(Symbol($0)) }
    guard let node else { return symbols.dropFirst().reduce(symbols[0], +) }
    let text = try node.text()
    let formula = try? Expression(parsing: text, allowing: names)
    guard let formula, Domain.isComposition(formula, of: names) else {
      throw node.error(.invalidComposition(found: text, shapes: names))
    }
    return formula
  }

  /// One shape and the indices of its variables.
  private func shape(
    _ node: RecipeNode, _ name: String
  ) throws(RecipeError) -> (shape: Shape, variables: [Int]) {
    let section = try node.section(["box", "disc", "ball", "annulus", "polygon"])
    let shape: Shape
    let involved: [Int]
    if let node = section["box"] {
      let intervals = try byVariable(node) { (node) throws(RecipeError) in try node.interval() }
      involved = intervals.map(\.variable)
      shape = .box(
        lower: intervals.map(\.value.lower), upper: intervals.map(\.value.upper))
    } else if let node = section["disc"] ?? section["ball"] {
      let parts = try node.section(["center", "radius"])
      let center = try center(parts)
      involved = center.map(\.variable)
      shape = .ball(
        center: center.map(\.value), radius: try parts.required("radius").positiveNumber())
    } else if let node = section["annulus"] {
      let parts = try node.section(["center", "radii"])
      let center = try center(parts)
      let radii = try parts.required("radii").interval()
      involved = center.map(\.variable)
      shape = .annulus(center: center.map(\.value), inner: radii.lower, outer: radii.upper)
    } else if let node = section["polygon"] {
      let columns = try byVariable(node) { (node) throws(RecipeError) in
        var values: [Double] = []
        for item in try node.list(of: "coordinates", limit: Self.vertexLimit) {
          values.append(try item.number())
        }
        return values
      }
      involved = columns.map(\.variable)
      guard columns.count == 2, columns[0].value.count == columns[1].value.count else {
        throw node.error(
          .invalidShape(name: name, why: "needs two lists of coordinates of one length"))
      }
      shape = .polygon(columns[0].value.indices.map { i in columns.map { $0.value[i] } })
    } else {
      throw node.error(
        .invalidShape(name: name, why: "needs one of box, disc, ball, annulus and polygon"))
    }
    try check(shape, involved, node, name)
    return (shape, involved)
  }

  private func center(
    _ parts: RecipeSection
  ) throws(RecipeError) -> [(variable: Int, value: Double)] {
    try byVariable(parts.required("center")) { (node) throws(RecipeError) in try node.number() }
  }

  /// The values of a map whose keys are variables, in the variables' order.
  private func byVariable<Value>(
    _ node: RecipeNode, _ read: (RecipeNode) throws(RecipeError) -> Value
  ) throws(RecipeError) -> [(variable: Int, value: Value)] {
    let section = try node.section(variables.map(\.name))
    var values: [(Int, Value)] = []
    for (index, variable) in variables.enumerated() {
      if let value = section[variable.name] { values.append((index, try read(value))) }
    }
    return values
  }

  private func check(
    _ shape: Shape, _ involved: [Int], _ node: RecipeNode, _ name: String
  ) throws(RecipeError) {
    func refuse(_ why: String) -> RecipeError {
      node.error(.invalidShape(name: name, why: why))
    }
    switch shape {
    case .box(let lower, let upper):
      guard !lower.isEmpty, zip(lower, upper).allSatisfy({ $0 < $1 }) else {
        throw refuse("needs intervals with the upper end greater than the lower")
      }
    case .ball, .annulus:
      guard (2...3).contains(shape.dimension) else {
        throw refuse("needs a centre of two or three variables")
      }
      if case .annulus(_, let inner, let outer) = shape, !(0 < inner && inner < outer) {
        throw refuse("needs radii [inner, outer] with 0 < inner < outer")
      }
    case .polygon(let vertices):
      let isProper = Shape.edges(vertices).allSatisfy { $0.from != $0.to }
      guard vertices.count >= 3, isProper else {
        throw refuse("needs three vertices or more, each other than the next")
      }
    }
    let bounds = shape.bounds
    for (place, index) in involved.enumerated() {
      let variable = variables[index]
      let margin = 1e-9 * variable.width
      guard bounds.lower[place] >= variable.lower - margin,
        bounds.upper[place] <= variable.upper + margin
      else {
        throw refuse(
          "reaches from \(bounds.lower[place]) to \(bounds.upper[place]), beyond the interval "
            + "[\(variable.lower), \(variable.upper)] of '\(variable.name)'")
      }
    }
  }
}

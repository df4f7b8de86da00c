internal import Symbolic

extension ResidualTerm {
  /// The term with columns in the place of what its equations compute of the points alone.
  ///
  /// Sources, boundary values and the factors of a transform stay as they are while a network trains:
  /// each is computed once for each point, and no later simplification mixes them; see ``PointParts``.
  ///
  /// - Parameter variables: The symbols of the coordinates, in the order of ``points``.
  /// - Returns: The term, whose residuals have the same values.
  func withPointColumns(variables: [Symbol]) -> ResidualTerm {
    let given = columns.sorted { $0.key < $1.key }
    let known = variables + given.map(\.key)
    var parts = PointParts(known: Set(known))
    let equations = equations.map { parts.extract(from: $0) }
    var columns = columns
    for (symbol, formula) in parts.formulas {
      guard let program = try? Program(formula, inputs: known) else {
        preconditionFailure("a part reads nothing that is not known at a point")
      }
      columns[symbol] = program.evaluate(points + given.map(\.value))
    }
    return ResidualTerm(
      names: names, equations: equations, points: points, partners: partners, columns: columns,
      weight: weight)
  }
}

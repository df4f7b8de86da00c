extension Grammar {
  /// The search that the grammar's template leaves to do, or nil if it needs none of this kind:
  /// because there is no template, or its functions are of plain variables.
  ///
  /// - Parameter table: What is to be explained.
  /// - Returns: The reduced search.
  /// - Throws: ``SearchError`` if the template does not fit the table, is not finite on it, or calls
  ///   more than one function of formulas.
  public func reduction(of table: SearchTable) throws(SearchError) -> TemplateReduction? {
    guard case .formula(let template, let calls) = template,
      !parameters.isEmpty
        || calls.contains(where: { $0.arguments.contains { $0.symbolValue == nil } })
    else { return nil }
    guard loss ?? .l2 == .l2 else {
      throw .notSearched("a loss other than squares beside functions of formulas")
    }
    guard units.isEmpty else { throw .notSearched("units beside functions of formulas") }
    let shape = try TemplateShape(template, calls)
    let known = Set(table.variables + parameters.flatMap(\.symbols) + [shape.placeholder])
    let used = template.symbols + shape.arguments.flatMap(\.symbols)
    if let stranger = used.first(where: { !known.contains($0) }) {
      throw .unknownVariable(name: stranger.name, columns: table.variables.map(\.name))
    }
    var free = withoutTemplate
    free.variableWeights = [:]
    guard let values = try values(of: shape, table) else {
      throw .undefinedFormula(template.description)
    }
    return try TemplateReduction(shape, values, grammar: free, table: table)
  }

  /// The parameters with the values that leave the most to the function, of which nothing is known.
  private func values(
    of shape: TemplateShape, _ table: SearchTable
  ) throws(SearchError) -> [TemplateParameter]? {
    if parameters.contains(where: { $0.category != nil }) {
      return try CategoryFit(shape, parameters, table).solve()
    }
    let names = parameters.flatMap(\.symbols)
    return try ParameterFit(shape, names, table).solve().map { values in
      zip(names, values).map { TemplateParameter(name: $0, start: $1) }
    }
  }
}

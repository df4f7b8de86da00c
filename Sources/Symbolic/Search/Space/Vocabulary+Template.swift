extension Vocabulary {
  /// The genes of a template.
  ///
  /// - Parameters:
  ///   - expression: The template, in which the name of a sub-function stands for its value.
  ///   - parts: The sub-functions.
  ///   - variables: The names of the columns.
  /// - Returns: The template, with `-1 - k` as the variable of part `k`.
  /// - Throws: ``SearchError/unknownVariable(name:columns:)`` for a name that is neither.
  package static func template(
    _ expression: Expression, parts: [Part], variables: [Symbol]
  ) throws(SearchError) -> [Gene] {
    var genes: [Gene] = []
    for node in expression.nodes {
      switch node.operation {
      case .constant: genes.append(Gene(constant: node.value, isFixed: true))
      case .symbol:
        let name = node.symbol?.name ?? ""
        if let part = parts.firstIndex(where: { $0.name == name }) {
          genes.append(Gene(variable: -1 - part))
        } else if let column = variables.firstIndex(where: { $0.name == name }) {
          genes.append(Gene(variable: column))
        } else {
          throw .unknownVariable(name: name, columns: variables.map(\.name))
        }
      default: genes.append(Gene(node.operation, length: node.length))
      }
    }
    return genes
  }
}

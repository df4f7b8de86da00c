/// A function of the columns that takes part in a search as if it were a column.
///
/// Where a law depends on some variables only through `h ω/(k T)` or `x₁ − x₂`, a search that is
/// given that combination finds in one step what it would otherwise have to find twice or more.
package struct DerivedVariable: Sendable, Equatable {
  /// How it is computed from the columns of the table.
  package let genes: [Gene]

  /// Its values, one for each row.
  let values: [Double]

  /// Whether it is a product of powers, so that its logarithm is free wherever theirs are.
  package let isMonomial: Bool

  /// Evaluates a combination; nil if it has no finite value on some row.
  ///
  /// - Parameters:
  ///   - genes: The combination.
  ///   - table: The columns.
  ///   - isMonomial: Whether it is a product of powers.
  init?(_ genes: [Gene], of table: SearchTable, isMonomial: Bool) {
    let expression = Expression(genes, variables: table.variables)
    guard let program = try? Program(expression, inputs: table.variables) else { return nil }
    let values = program.evaluate(table.columns)
    guard values.allSatisfy(\.isFinite) else { return nil }
    self.genes = genes
    self.values = values
    self.isMonomial = isMonomial
  }
}

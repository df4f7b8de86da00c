/// What a gene is, as a place in tables: an operator, or a function that the grammar defines.
struct Kind: Hashable, Sendable {
  /// The raw value of an operator; numbers beyond belong to functions.
  let index: Int

  /// An operator, a number or a column.
  init(_ operation: Operator) {
    index = Int(operation.rawValue)
  }

  /// A function that the grammar defines.
  init(function: Int) {
    index = Operator.allCases.count + function
  }

  /// The kind of a gene.
  init(_ gene: Gene) {
    index =
      gene.isCall ? Operator.allCases.count + gene.function : Int(gene.operation.rawValue)
  }
}

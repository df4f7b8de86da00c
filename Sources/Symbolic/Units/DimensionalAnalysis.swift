/// Dimensional analysis of candidates, fast enough for every offspring of a search.
///
/// Free constants may carry any dimension, as in PySR, unless they are declared pure numbers.
package struct DimensionalAnalysis: Sendable {
  private let columns: [Quantity]
  private let target: Quantity
  private let dimensionlessConstants: Bool
  private let functions: [DefinedFunction]

  /// Prepares the analysis of formulas over a table.
  ///
  /// - Parameters:
  ///   - columns: The dimension of each column; nil if it may be any.
  ///   - target: The dimension of the target; nil if it may be any.
  ///   - dimensionlessConstants: Whether free constants are pure numbers.
  ///   - functions: What calls in formulas stand for.
  package init(
    columns: [Dimension?], target: Dimension?, dimensionlessConstants: Bool = false,
    functions: [DefinedFunction] = []
  ) {
    self.functions = functions
    self.columns = columns.map { $0.map { Quantity($0) } ?? .free }
    self.target = target.map { Quantity($0) } ?? .free
    self.dimensionlessConstants = dimensionlessConstants
  }

  /// The number of operators whose operands do not fit, and one more if the value is no target.
  ///
  /// - Parameters:
  ///   - genes: A tree in postfix order.
  ///   - count: Its size.
  ///   - isScaled: Whether a free constant will multiply the tree.
  /// - Returns: 0 for a formula that is consistent.
  /// - Complexity: O(count), with the bodies of functions written out.
  package func violations(
    _ genes: UnsafePointer<Gene>, count: Int, isScaled: Bool = false
  ) -> Int {
    let (value, violations) = quantity(genes, count, operands: (.free, .free))
    if isScaled && !dimensionlessConstants { return violations }
    let (_, conflict) = DimensionRule.common.apply(value, target)
    return violations + (conflict == nil ? 0 : 1)
  }

  private func quantity(
    _ genes: UnsafePointer<Gene>, _ count: Int, operands: (Quantity, Quantity)
  ) -> (value: Quantity, violations: Int) {
    withUnsafeTemporaryAllocation(of: Quantity.self, capacity: count + 1) { stack in
      var depth = 0
      var violations = 0
      for index in 0..<count {
        let gene = genes[index]
        depth -= gene.arity
        switch gene.operation {
        case .symbol:
          stack[depth] = quantity(ofColumn: Int(gene.variable), operands)
        case .constant, .pi:
          stack[depth] = .constant(
            gene.operation == .pi ? .pi : gene.value,
            isFree: gene.isFree && !dimensionlessConstants)
        case _ where gene.isCall:
          let body = functions[gene.function].body
          let inner = (stack[depth], gene.arity == 2 ? stack[depth + 1] : .free)
          let result = body.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { quantity($0, body.count, operands: inner) } ?? (.free, 0)
          }
          violations += result.violations
          stack[depth] = result.value
        default:
          let (value, conflict) = gene.operation.dimensionRule.apply(
            stack[depth], gene.arity == 2 ? stack[depth + 1] : .pure)
          if conflict != nil { violations += 1 }
          stack[depth] = value
        }
        depth += 1
      }
      return (stack[0], violations)
    }
  }

  // Variables that the search derives from columns are not known here: those may be anything.
  private func quantity(
    ofColumn column: Int, _ operands: (Quantity, Quantity)
  ) -> Quantity {
    switch column {
    case -1: operands.0
    case -2: operands.1
    default: column < columns.count ? columns[column] : .free
    }
  }
}

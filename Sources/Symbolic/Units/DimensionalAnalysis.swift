/// Dimensional analysis of candidates, fast enough for every offspring of a search.
///
/// Free constants may carry any dimension, as in PySR, unless they are declared pure numbers.
package struct DimensionalAnalysis: Sendable {
  private let columns: [Quantity]
  private let target: Quantity
  private let dimensionlessConstants: Bool

  /// Prepares the analysis of formulas over a table.
  ///
  /// - Parameters:
  ///   - columns: The dimension of each column; nil if it may be any.
  ///   - target: The dimension of the target; nil if it may be any.
  ///   - dimensionlessConstants: Whether free constants are pure numbers.
  package init(
    columns: [Dimension?], target: Dimension?, dimensionlessConstants: Bool = false
  ) {
    self.columns = columns.map { $0.map { Quantity($0) } ?? .free }
    self.target = target.map { Quantity($0) } ?? .free
    self.dimensionlessConstants = dimensionlessConstants
  }

  /// The number of operators whose operands do not fit, and one more if the value is no target.
  ///
  /// - Parameters:
  ///   - genes: A tree in postfix order.
  ///   - count: Its size.
  /// - Returns: 0 for a formula that is consistent.
  /// - Complexity: O(count).
  package func violations(_ genes: UnsafePointer<Gene>, count: Int) -> Int {
    withUnsafeTemporaryAllocation(of: Quantity.self, capacity: count + 1) { stack in
      var depth = 0
      var violations = 0
      for index in 0..<count {
        let gene = genes[index]
        switch gene.operation {
        case .symbol:
          stack[depth] = columns[Int(gene.variable)]
          depth += 1
        case .constant, .pi:
          stack[depth] = .constant(
            gene.operation == .pi ? .pi : gene.value,
            isFree: gene.isFree && !dimensionlessConstants)
          depth += 1
        default:
          depth -= gene.arity
          let (value, conflict) = gene.operation.dimensionRule.apply(
            stack[depth], gene.arity == 2 ? stack[depth + 1] : .pure)
          if conflict != nil { violations += 1 }
          stack[depth] = value
          depth += 1
        }
      }
      let (_, conflict) = DimensionRule.common.apply(stack[0], target)
      return violations + (conflict == nil ? 0 : 1)
    }
  }
}

/// One node of a candidate formula, in 16 bytes.
///
/// Candidates are trees in postfix order, as ``Expression`` is, but in plain memory that an island
/// owns: variation is then copying of bytes, and no reference is counted in the inner loop.
package struct Gene: Sendable {
  /// What the node does.
  package var operation: Operator

  /// Whether fits of constants leave the value alone.
  package var isFixed: Bool

  /// The number of genes in the subtree that ends here.
  package var length: UInt16

  /// The column of a variable; `-1 - k` stands for sub-function `k` in a template, or for operand `k`
  /// in the body of a function; the number of a function that is called, from 1; else zero.
  package var variable: Int32

  /// The value of a constant; else zero.
  package var value: Double

  /// An operator.
  package init(_ operation: Operator, length: Int) {
    self.operation = operation
    isFixed = false
    self.length = UInt16(length)
    variable = 0
    value = 0
  }

  /// A number.
  package init(constant value: Double, isFixed: Bool = false) {
    operation = .constant
    self.isFixed = isFixed
    length = 1
    variable = 0
    self.value = value
  }

  /// A column of the table.
  package init(variable: Int) {
    operation = .symbol
    isFixed = false
    length = 1
    self.variable = Int32(variable)
    value = 0
  }

  /// The number of operands.
  package var arity: Int { Gene.arities[Int(operation.rawValue)] }

  /// Whether the node is a number.
  var isConstant: Bool { operation == .constant }

  /// Whether a fit of constants may change the value.
  package var isFree: Bool { operation == .constant && !isFixed }

  /// Whether two nodes do the same.
  func matches(_ other: Gene) -> Bool {
    operation == other.operation && variable == other.variable && value == other.value
  }

  /// Whether genes are exactly one tree in postfix order with right lengths and existing columns.
  package static func isTree(_ genes: some Collection<Gene>, columns: Int) -> Bool {
    var lengths: [Int] = []
    for gene in genes {
      guard lengths.count >= gene.arity else { return false }
      let length = 1 + lengths.suffix(gene.arity).reduce(0, +)
      lengths.removeLast(gene.arity)
      lengths.append(length)
      guard length == Int(gene.length) else { return false }
      if gene.operation == .symbol && !(0..<columns).contains(Int(gene.variable)) { return false }
    }
    return lengths.count == 1
  }

  // A tuple-free table: `Operator.arity` is a switch over thirty cases.
  private static let arities: [Int] = Operator.allCases.map(\.arity)
}

/// A tree in postfix order in memory that somebody else owns.
package typealias GenePointer = UnsafeMutablePointer<Gene>

/// Recomputes the lengths of all subtrees.
///
/// - Complexity: O(count).
func restoreLengths(_ genes: GenePointer, count: Int) {
  for index in 0..<count {
    switch genes[index].arity {
    case 0: genes[index].length = 1
    case 1: genes[index].length = genes[index - 1].length + 1
    default:
      let right = genes[index - 1].length
      genes[index].length = right + genes[index - 1 - Int(right)].length + 1
    }
  }
}

/// Writes a tree with one subtree exchanged for another.
///
/// - Parameters:
///   - genes: The tree.
///   - count: Its size.
///   - index: The root of the subtree that leaves.
///   - graft: What takes its place; must not overlap `result`.
///   - graftCount: The size of what takes its place.
///   - result: Where the new tree goes.
/// - Returns: The size of the new tree.
func splice(
  _ genes: UnsafePointer<Gene>, count: Int, at index: Int, graft: UnsafePointer<Gene>,
  graftCount: Int, into result: GenePointer
) -> Int {
  let start = index + 1 - Int(genes[index].length)
  result.update(from: genes, count: start)
  (result + start).update(from: graft, count: graftCount)
  (result + start + graftCount).update(from: genes + index + 1, count: count - index - 1)
  let total = start + graftCount + count - index - 1
  restoreLengths(result, count: total)
  return total
}

import Foundation
import Symbolic
import Testing

@Suite("Enumeration of small trees")
struct SkeletonEnumerationTests {
  private func monomialView(_ table: SearchTable, _ vocabulary: Vocabulary) throws -> View {
    try #require(
      View(
        table, derived: [], shape: ViewShape(isMonomial: true, columns: [0]),
        vocabulary: vocabulary, order: Array(0..<table.rowCount), options: SearchOptions()))
  }

  private func trees(_ enumeration: SkeletonEnumeration, limit: Int) -> [[Gene]] {
    var result: [[Gene]] = []
    while result.count < limit, let tree = enumeration[result.count] { result.append(Array(tree)) }
    return result
  }

  /// What trees have in common that differ in the order of operands, brackets and free constants only.
  private func key(_ tree: Symbolic.Expression, _ index: Int) -> String {
    let node = tree.nodes[index]
    func members(_ index: Int) -> [String] {
      guard tree.nodes[index].operation == node.operation else { return [key(tree, index)] }
      return operands(index).flatMap(members)
    }
    func operands(_ index: Int) -> [Int] {
      switch tree.nodes[index].operation.arity {
      case 0: []
      case 1: [index - 1]
      default: [index - 1 - tree.nodes[index - 1].length, index - 1]
      }
    }
    switch node.operation {
    case .constant: return node.isFixed ? "\(node.value)" : "c"
    case .symbol: return node.symbol?.name ?? ""
    case .add, .multiply: return "\(node.operation)(\(members(index).sorted()))"
    default: return "\(node.operation)(\(operands(index).map { key(tree, $0) }))"
    }
  }

  @Test("each tree once, the smallest first, with values that differ")
  func once() throws {
    let table = try SearchExamples.table(rows: 50) { $0 + $1 }
    let vocabulary = try SearchExamples.vocabulary(table)
    let enumeration = SkeletonEnumeration(vocabulary, columns: [0, 1], form: vocabulary.form)
    let found = trees(enumeration, limit: 3000)
    #expect(found.count == 3000)
    let formulas = found.map { Symbolic.Expression($0, variables: table.variables) }
    let keys = formulas.map { key($0, $0.nodes.count - 1) }
    #expect(Set(keys).count == keys.count)
    #expect(zip(found, found.dropFirst()).allSatisfy { $0.count <= $1.count })
    // All columns and functions of one come first.
    #expect(Set(keys.prefix(2)) == ["a", "b"])
    #expect(keys.contains("\(Symbolic.Operator.sin)([\"a\"])"))
    // Trees that the fit supplies add nothing: no bare constants.
    #expect(found.allSatisfy { $0.contains { $0.operation == .symbol } })
  }

  @Test("exp(c/z) - 1 is among the factors of a product of one variable")
  func planck() throws {
    let table = try SearchExamples.table(
      "z^2 + 1", rows: 50, ranges: [("z", 1...3)])
    let vocabulary = try SearchExamples.vocabulary(table)
    let view = try monomialView(table, vocabulary)
    let found = trees(
      SkeletonEnumeration(vocabulary, columns: [0], form: view.form), limit: .max)
    #expect(found.count > 1000)
    let points = [1.1, 1.7, 2.9]
    let position = found.firstIndex { tree in
      let formula = Symbolic.Expression(
        tree.map { $0.isFree ? Gene(constant: 0.7) : $0 }, variables: ["z"])
      // The same to the roundings of four operations, up to the sign that a factor has.
      return points.allSatisfy { z in
        let value = Foundation.exp(0.7 / z) - 1
        return abs(abs(formula.evaluate(["z": z])) - value) < 1e-14
      }
    }
    #expect(position != nil)
  }

  @Test("no tree breaks the grammar")
  func grammar() throws {
    let table = try SearchExamples.table(rows: 50) { $0 + $1 }
    let vocabulary = try SearchExamples.vocabulary(
      table, operators: [.add, .multiply, .exp, .sin], size: 6, depth: 4,
      nesting: [
        Vocabulary.NestingLimit(outer: .exp, inner: .exp, count: 0),
        Vocabulary.NestingLimit(outer: .sin, inner: .exp, count: 0),
      ])
    let found = trees(
      SkeletonEnumeration(vocabulary, columns: [1], form: vocabulary.form), limit: .max)
    #expect(found.count > 20)
    for tree in found {
      let formula = Symbolic.Expression(tree, variables: table.variables)
      #expect(Gene.isTree(tree, columns: 2))
      #expect(formula.complexity <= 6)
      #expect(formula.depth <= 4)
      for (index, gene) in tree.enumerated() {
        #expect([.constant, .symbol, .add, .multiply, .exp, .sin].contains(gene.operation))
        #expect(gene.operation != .symbol || gene.variable == 1)
        if gene.operation == .exp || gene.operation == .sin {
          let inside = tree[(index + 1 - Int(gene.length))..<index]
          #expect(!inside.contains { $0.operation == .exp })
        }
      }
    }
    // Without the limits there are more.
    let free = try SearchExamples.vocabulary(
      table, operators: [.add, .multiply, .exp, .sin], size: 6, depth: 4)
    #expect(
      trees(SkeletonEnumeration(free, columns: [1], form: free.form), limit: .max).count
        > found.count)
  }
}

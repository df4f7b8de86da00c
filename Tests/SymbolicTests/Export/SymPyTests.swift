import Symbolic
import Tensors
import Testing

/// What SymPy reads in our text for it; `evaluate_sympy.py` made the values.
@Suite("SymPy")
struct SymPyTests {
  private struct Row {
    var formula: Expression
    var sympy: String
    var point: [Symbol: Double]
    var value: Double
  }

  private func rows() throws -> [Row] {
    try goldenRows("sympy.tsv").map { cells in
      try #require(cells.count == 6)
      let numbers = try cells[2...].map { try #require(Double($0)) }
      return Row(
        formula: try Expression(parsing: cells[0]), sympy: cells[1],
        point: Dictionary(uniqueKeysWithValues: zip(ExportedPrograms.arguments, numbers)),
        value: numbers[3])
    }
  }

  @Test func `the text is the one that SymPy has read`() throws {
    for row in try rows() {
      #expect(row.formula.sympy == row.sympy)
    }
  }

  @Test func `values agree`() throws {
    for row in try rows() {
      let value = row.formula.evaluate(row.point)
      // The formula's condition, as its value a few thousand ulps away shows it, and our rounding.
      let spread =
        [1 + 1e-12, 1 - 1e-12].map { factor in
          (row.formula.evaluate(row.point.mapValues { $0 * factor }) - value).magnitude
        }.max() ?? 0
      #expect(
        (value - row.value).magnitude <= 100 * spread + 1e-12 * max(1, value.magnitude),
        "\(row.formula) at \(row.point): SymPy has \(row.value)")
    }
  }

  @Test func `every operator is among the formulas`() throws {
    let formulas = try rows().map(\.formula)
    for operation in Operator.allCases {
      #expect(formulas.contains { $0.nodes.contains { $0.operation == operation } }, "\(operation)")
    }
  }
}

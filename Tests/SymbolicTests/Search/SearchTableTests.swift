import Symbolic
import Testing

@Suite("Tables of a search")
struct SearchTableTests {
  private func error(
    _ columns: [[Double]], _ target: [Double], names: [Symbol] = ["x"], weights: [Double]? = nil
  ) -> SearchError? {
    do throws(SearchError) {
      _ = try SearchTable(
        variables: names, columns: columns, targetName: "y", target: target, weights: weights)
      return nil
    } catch {
      return error
    }
  }

  @Test("what cannot be searched is refused with the column and the row")
  func refusals() {
    #expect(error([[1]], [2]) == .tooFewRows(count: 1, minimum: 4))
    #expect(
      error([[1, 2, 3, 4]], [7, 7, 7, 7]) == .constantTarget(name: "y", value: 7))
    #expect(error([[1, 2, .nan, 4]], [1, 2, 3, 4]) == .notFinite(column: "x", row: 3))
    #expect(error([[1, 2, 3, 4]], [1, .infinity, 3, 4]) == .notFinite(column: "y", row: 2))
    #expect(
      error([[1, 2, 3]], [1, 2, 3, 4]) == .lengthMismatch(column: "x", length: 3, expected: 4))
    #expect(error([], [1, 2, 3, 4], names: []) == .noColumns)
    #expect(
      error([[1, 2, 3, 4], [1, 2, 3, 4]], [1, 2, 3, 4], names: ["x", "x"])
        == .duplicateColumn(name: "x"))
    #expect(error([[1, 2, 3, 4]], [1, 2, 3, 4], names: ["y"]) == .duplicateColumn(name: "y"))
    #expect(
      error([[1, 2, 3, 4]], [1, 2, 3, 4], weights: [1, -1, 1, 1]) == .negativeWeight(row: 2))
    #expect(error([[1, 2, 3, 4]], [1, 2, 3, 4], weights: [0, 0, 0, 0]) == .noWeight)
    #expect(error([[1, 2, 3, 4]], [1, 2, 3, 5]) == nil)
  }

  @Test("sentences say what to do")
  func sentences() {
    #expect(
      SearchError.tooFewRows(count: 1, minimum: 4).description
        == "the table has 1 row, but a search needs at least 4; record more samples")
    #expect(
      SearchError.constantTarget(name: "u", value: 0).description
        == "the target 'u' is 0.0 in every row, so there is no dependence to find; "
        + "choose a column that varies, or record rows in which it does")
    #expect(
      SearchError.notFinite(column: "x", row: 3).description
        == "column 'x' is not finite at row 3; remove the row or repair its value")
  }
}

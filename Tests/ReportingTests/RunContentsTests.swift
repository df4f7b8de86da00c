import Foundation
import RunStore
import Testing

import Reporting

@Suite("What figures read")
struct RunContentsTests {
  @Test func `a history has its curves by name`() throws {
    let history = try TrainingHistory(parsing: Samples.history, path: "h")
    #expect(history.steps.count == 200 && history.seconds.last == 20)
    #expect(history.terms.map(\.name) == ["equation 1", "condition 1"])
    #expect(history.errors.map(\.name) == ["u"])
    #expect(history.pace?.values.first == 0.5)
  }

  @Test func `a row that is still being written is left out`() throws {
    let text = "step,loss,relative_l2_u\n1,0.5,\n2,0.25,0.1\n3,0.1"
    let history = try TrainingHistory(parsing: Array(text.utf8), path: "h")
    #expect(history.steps == [1, 2])
    #expect(history.errors[0].values[0].isNaN, "what was not finite is an empty field")
  }

  @Test(arguments: [
    ("", "no header"), ("step,loss\n", "no rows with 'step' and 'loss'"),
    ("step,loss\n1,2\n3\n", "line 3 has 1 fields, the header 2"),
    ("step,loss\n1,x\n", "'x' in line 2 is no number"),
  ])
  func `damage to a history is named`(text: String, detail: String) {
    #expect(throws: ReportingError.malformed(path: "h.csv", detail: detail)) {
      try TrainingHistory(parsing: Array(text.utf8), path: "h.csv")
    }
  }

  @Test func `a front has its equations and what became of them`() throws {
    let front = try EquationFront(parsing: Samples.front, path: "f")
    #expect(front.entries.map(\.complexity) == [1, 5, 11])
    #expect(front.chosen?.check?.isExactSolution == true)
    #expect(front.entries[1].check == nil)
    #expect(front.chosen?.constants.first?.closedForm == "pi")
  }

  @Test(arguments: [
    ("{", "the JSON text ends too early, at byte 1"), ("{}", "'target' or 'front' is missing"),
    (#"{"target": "u", "front": [{}]}"#, "'front[0]' lacks 'complexity', 'loss' or 'equation'"),
    (#"{"target": "u", "front": [], "best": 0}"#, "'best' is no index into 'front'"),
  ])
  func `damage to a front is named`(text: String, detail: String) {
    #expect(throws: ReportingError.malformed(path: "e.json", detail: detail)) {
      try EquationFront(parsing: Array(text.utf8), path: "e.json")
    }
  }

  @Test func `distances pass over holes`() throws {
    let field = Samples.map
    let pairs = zip(field.network, try #require(field.reference)).filter { !$0.0.isNaN }
    let error = pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    let norm = pairs.reduce(0) { $0 + $1.1 * $1.1 }
    let distance = try #require(field.relativeL2(to: .reference))
    // Sums of a thousand terms in another order.
    #expect(abs(distance - (error / norm).squareRoot()) < 1e-12 * distance)
  }

  @Test func `grids run along their sides and stand still elsewhere`() {
    let grid = SamplingGrid(
      sides: [
        .init(name: "x", lower: 0, upper: 1, count: 3),
        .init(name: "y", lower: -1, upper: 1, count: 2),
      ], fixed: [.init(name: "z", value: 0.5)])
    #expect(grid.column("x") == [0, 0.5, 1, 0, 0.5, 1])
    #expect(grid.column("y") == [-1, -1, -1, 1, 1, 1])
    #expect(grid.column("z") == [0.5, 0.5, 0.5, 0.5, 0.5, 0.5])
    #expect(grid.column("w") == nil)
    #expect(grid.slice.plain == "z = 0.5")
  }
}

import Limbeck
import Testing

import feynman

@Suite("Files of problems")
struct ProblemFileTests {
  @Test func `a problem is read with all that belongs to it`() throws {
    let file = try ProblemFile(
      parsing: """
        source: somewhere   # a comment
        [a-1] First
        f = x*y^2
        x, y in [0, pi]
        [b]
        g = exp(z) + n
        z in [-1, 1] step 0.5
        n in [1, 9] integer
        rows 30
        noise 0.25
        """, name: "test")
    #expect(file.problems.map(\.id) == ["a-1", "b"])
    let first = file.problems[0]
    #expect(first.title == "First" && first.source == "somewhere" && first.rows == nil)
    #expect(first.formula == (try Expression(parsing: "x*y^2")))
    #expect(first.variables.map(\.symbol) == ["x", "y"])
    #expect(first.variables.allSatisfy { $0.range == 0...Double.pi })
    let second = file.problems[1]
    #expect(second.rows == 30 && second.noise == 0.25)
    #expect(second.variables.map(\.sampling) == [.grid(step: 0.5), .integer])
  }

  @Test func `a system makes one problem of each equation`() throws {
    let file = try ProblemFile(
      parsing: """
        [spring]
        x' = v
        v' = -x
        x, v in [1, 2]
        trajectories 3 until 2 step 0.5
        """, name: "test")
    #expect(file.problems.map(\.id) == ["spring-1", "spring-2"])
    #expect(file.problems.map(\.target) == ["x_t", "v_t"])
    let observations = try Observations(of: file.problems[1], under: Conditions(), seed: 1)
    #expect(observations.table.rowCount == 3 * 4)
    let x = try #require(observations.table["x"])
    let v = try #require(observations.table["v"])
    for row in 0..<12 {
      let start = row / 4 * 4
      let energy = x[row] * x[row] + v[row] * v[row]
      // The method's error at a step of 0.025 over a time of 1.5 is about 1e-8.
      #expect(abs(energy - (x[start] * x[start] + v[start] * v[start])) < 1e-7)
      #expect(observations.table["v_t"]?[row] == -x[row])
    }
  }

  @Test(arguments: [
    ("", ProblemFileError.Reason.empty), ("f = x", .noProblem),
    ("[a]\nx in [0, 1]", .noFormula(id: "a")),
    ("[a]\nf = 1", .noRange(id: "a")),
    ("[a]\nf = x\nx in [1, 0]", .badRange("x in [1, 0]")),
    ("[a]\nf = x\nx in [-1, 1] logarithmic", .badRange("x in [-1, 1] logarithmic")),
    ("[a]\nf = x\nx in [0, 1] sometimes", .unreadable("x in [0, 1] sometimes")),
    ("[a]\nf = x\nx in [0, 1]\nrows many", .notANumber("many")),
    ("[a]\nx' = x\ny' = y\nx, y in [0, 1]", .badSystem(id: "a")),
    ("[a]\nf = x\nx in [0, 1]\n[a]\nf = x\nx in [0, 1]", .repeated("a")),
  ])
  func `what is wrong with a line is said`(text: String, reason: ProblemFileError.Reason) {
    let error = #expect(throws: ProblemFileError.self) {
      _ = try ProblemFile(parsing: text, name: "test")
    }
    guard case .invalid("test", _, let found) = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(found == reason)
  }

  @Test func `a name without a range is found and the right one suggested`() {
    let error = #expect(throws: ProblemFileError.self) {
      _ = try ProblemFile(parsing: "[a]\nf = theta1\ntheta in [0, 1]", name: "test")
    }
    #expect(error.map { "\($0)".contains("did you mean 'theta'?") } ?? false)
  }

  @Test(arguments: [
    (ShippedProblems.feynman, 50), (.nguyen, 12), (.keijzer, 14), (.vladislavleva, 8),
    (.pagie, 1), (.livermore, 22), (.strogatz, 14), (.empirical, 9), (.heldOut, 44),
  ])
  func `every shipped law can be observed`(file: ShippedProblems, count: Int) throws {
    let problems = try file.problems()
    #expect(problems.count == count)
    #expect(problems.allSatisfy { $0.group == file.rawValue })
    let conditions = Conditions(rows: 200, noise: nil, irrelevant: 1)
    for problem in problems {
      #expect(!problem.source.isEmpty)
      let observations = try Observations(of: problem, under: conditions, seed: 1)
      let sample = try TableSample(
        observations.table, path: problem.id, target: problem.target.name, rows: nil, seed: 1)
      // A name that were changed could not be compared with the law.
      #expect(
        sample.table.variables.map(\.name)
          == problem.variables.map(\.symbol.name) + ["other_1"])
      // Every variable matters: none was given a range in vain.
      #expect(Set(problem.formula.symbols).isSubset(of: problem.variables.map(\.symbol)))
      let isSystem = problem.measurement != .independent
      #expect(isSystem || problem.formula.symbols.count == problem.variables.count)
      #expect(
        Verdict(
          problem.formula, of: problem.formula, variables: problem.variables.map(\.symbol),
          ranges: observations.ranges) == .proved)
    }
  }
}

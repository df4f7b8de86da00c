import PINN
import Testing

@Suite("Warnings")
struct RecipeWarningTests {
  private func warnings(_ old: String, _ new: String) throws -> [String] {
    let text = heatRecipe.replacing(old, with: new)
    return try Recipe(parsing: text).problem.warnings.map(\.description)
  }

  @Test func `a well-posed problem has none`() throws {
    #expect(try Recipe(parsing: heatRecipe).problem.warnings == [])
  }

  @Test func `fewer conditions than derivatives are told`() throws {
    #expect(
      try warnings("    - {at: \"x = 1\", equation: \"u\"}\n", "") == [
        "the equations have derivatives of 'u' by 'x' up to order 2, but only 1 of 2 conditions fix "
          + "'x'; the solution may not be unique"
      ])
    #expect(
      try warnings("    - {at: \"t = 0\", equation: \"u - sin(pi*x)\"}\n", "") == [
        "the equations have derivatives of 'u' by 't' up to order 1, but no condition fixes 't'; "
          + "the solution may not be unique"
      ])
    // A boundary is as good as two ends, and so is a period.
    #expect(
      try warnings(
        "    - {at: \"x = 0\", equation: \"u\"}\n    - {at: \"x = 1\", equation: \"u\"}\n",
        "    - {at: \"x = 0\", periodic_with: \"x = 1\"}\n") == [])
  }

  @Test func `conditions that contradict each other where they meet are told`() throws {
    #expect(
      try warnings("\"x = 1\", equation: \"u\"", "\"x = 1\", equation: \"2*u - 1\"") == [
        "conditions 1 and 3 contradict each other at x = 1.0, t = 0.0: "
          + "1.2246467991473532e-16 and 0.5; correct one of them, a training can meet only one there"
      ])
  }

  @Test func `an unknown of a system without a condition is told`() throws {
    let problem = try Recipe(
      parsing: """
        problem:
          variables: {x: [0, 1], y: [0, 1]}
          unknowns: [u, p]
          equations: ["u_x + p_y", "u_y - p_x"]
          conditions: [{at: boundary, equation: "u"}]
        """
    ).problem
    #expect(problem.warnings == [.unknownWithoutCondition("p")])
  }
}

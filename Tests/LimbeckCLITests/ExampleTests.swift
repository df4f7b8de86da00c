import Foundation
import Testing

@Suite("The examples")
struct ExampleTests {
  @Test func `the heat equation's solution is found and proved`() throws {
    let scratch = try Scratch()
    let recipe = try String(
      contentsOf: CommandLineTool.root.appendingPathComponent("Examples/heat/heat.yaml"),
      encoding: .utf8)
    // A fifth of the time suffices, and steps do not depend on the machine.
    #expect(recipe.contains("\n  time: 12\n"))
    try scratch.write(recipe.replacing("\n  time: 12\n", with: "\n  steps: 250\n"), to: "heat.yaml")
    let outcome = try scratch.limbeck("run", "heat.yaml", "--json")
    #expect(outcome.status == 0)
    let distilled = try #require(try outcome.json()["distill"] as? [String: Any])
    #expect(distilled["stopped"] as? String == "target-reached")
    let front = try #require(distilled["front"] as? [[String: Any]])
    let best = front[try #require(distilled["best"] as? Int)]
    #expect(best["equation"] as? String == "sin(pi*x)*exp(-alpha*pi^2*t)")
    let residual = try #require(best["residual"] as? [String: Any])
    #expect(residual["exact_solution"] as? Bool == true)
    #expect(residual["symbolic_zero"] as? Bool == true)
    let constants = try #require(best["constants"] as? [[String: Any]])
    // The sine of -pi*x with a negative factor is as good a fit.
    let forms = Set(constants.compactMap { ($0["snapped"] as? String)?.trimmingPrefix("-") })
    #expect(forms.isSuperset(of: ["pi", "alpha*pi**2"]))
  }

  @Test(arguments: [("poisson", 8), ("helmholtz", 12), ("burgers", 6), ("soliton", 12)])
  func `the solution of an example is found and proved`(name: String, time: Int) throws {
    let scratch = try Scratch()
    let best = try Self.best(of: name, time: time, steps: 100, in: scratch)
    let residual = try #require(best["residual"] as? [String: Any])
    #expect(residual["exact_solution"] as? Bool == true)
  }

  @Test func `a recipe is solved without a network`() throws {
    let scratch = try Scratch()
    let recipe = CommandLineTool.root.appendingPathComponent("Examples/heat/heat.yaml").path
    let outcome = try scratch.limbeck("distill", recipe, "--json", "--evaluations", "20000")
    #expect(outcome.status == 0)
    let document = try outcome.json()
    #expect(document["stopped"] as? String == "target-reached")
    let front = try #require(document["front"] as? [[String: Any]])
    let best = front[try #require(document["best"] as? Int)]
    #expect(best["equation"] as? String == "sin(pi*x)*exp(-alpha*pi^2*t)")
  }

  /// Runs an example, with steps in the place of the training's time, and returns the chosen equation.
  private static func best(
    of name: String, time: Int, steps: Int, in scratch: Scratch
  ) throws -> [String: Any] {
    let recipe = try String(
      contentsOf: CommandLineTool.root.appendingPathComponent("Examples/\(name)/\(name).yaml"),
      encoding: .utf8)
    #expect(recipe.contains("\n  time: \(time)\n"))
    try scratch.write(
      recipe.replacing("\n  time: \(time)\n", with: "\n  steps: \(steps)\n"), to: "recipe.yaml")
    let outcome = try scratch.limbeck("run", "recipe.yaml", "--json")
    #expect(outcome.status == 0)
    let distilled = try #require(try outcome.json()["distill"] as? [String: Any])
    let front = try #require(distilled["front"] as? [[String: Any]])
    return front[try #require(distilled["best"] as? Int)]
  }

  @Test func `the quick start ends with the equation`() throws {
    let scratch = try Scratch()
    let outcome = try CommandLineTool.run([], product: "quickstart", in: scratch.url)
    #expect(outcome.status == 0)
    #expect(
      outcome.output.split(separator: "\n").last
        == "u = sin(pi*x)*exp(-alpha*pi^2*t) solves the problem, proved")
  }
}

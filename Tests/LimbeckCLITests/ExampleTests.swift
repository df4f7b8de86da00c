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
    let forms = Set(constants.compactMap { $0["snapped"] as? String })
    #expect(forms.isSuperset(of: ["pi", "-alpha*pi**2"]))
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

import Foundation
import Testing

@Suite("The choice of an equation")
struct ModelSelectionTests {
  @Test func `each criterion chooses from one front`() throws {
    let scratch = try Scratch()
    try scratch.write(SearchSession.noise, to: "data.csv")
    for criterion in ["best", "accuracy", "score", "mdl", "bic"] {
      let outcome = try scratch.limbeck(
        "distill", "data.csv", "--evaluations", "20000", "--select", criterion, "--json", "--quiet")
      #expect(outcome.status == 0)
      let document = try outcome.json()
      let front = try #require(document["front"] as? [[String: Any]])
      let best = try #require(document["best"] as? Int)
      func numbers(_ key: String) -> [Double] { front.compactMap { $0[key] as? Double } }
      switch criterion {
      case "accuracy": #expect(numbers("loss")[best] == numbers("loss").min())
      case "score": #expect(numbers("score")[best] == numbers("score").max())
      case "bic":
        // The rows are independent, and every number of these formulas is free or has a form.
        let costs = front.map { equation in
          let constants = equation["constants"] as? [[String: Any]] ?? []
          let free = constants.count { $0["snapped"] is NSNull }
          return 50 * log(equation["loss"] as? Double ?? .nan) + log(50) * Double(free)
        }
        #expect(costs[best] == costs.min())
      default: break
      }
    }
  }

  @Test func `an unknown criterion is refused`() throws {
    let outcome = try CommandLineTool.run(
      ["distill", "d.csv", "--select", "aic"], in: CommandLineTool.root)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("'aic'"))
  }
}

import Foundation
import Testing

@Suite("First run")
struct FirstRunTests {
  @Test func `the doctor says what there is and that it works`() throws {
    let scratch = try Scratch()
    let outcome = try CommandLineTool.run(["doctor", "--json"], in: scratch.url)
    #expect(outcome.status == 0)
    let json = try outcome.json()
    let machine = try #require(json["machine"] as? [String: String])
    #expect(machine["arrays"]?.hasPrefix("HDF5 1.") ?? false)
    let checks = try #require(json["checks"] as? [[String: Any]])
    #expect(checks.count == 3)
    #expect(checks.allSatisfy { $0["ok"] as? Bool == true })
  }

  @Test("a new recipe is one that trains", arguments: ["equation", "ode"])
  func new(kind: String) throws {
    let scratch = try Scratch()
    let written = try CommandLineTool.run(["new", "mine", "--kind", kind], in: scratch.url)
    #expect(written.status == 0)
    let again = try CommandLineTool.run(["new", "mine"], in: scratch.url)
    #expect(again.status == 74)
    #expect(again.errors.contains("--force"))
    let trained = try CommandLineTool.run(
      ["train", "mine.yaml", "--steps", "5", "--quiet"], in: scratch.url)
    #expect(trained.status == 0)
    #expect(trained.errors.isEmpty)
  }

  @Test func `a new recipe makes its folder and has a name`() throws {
    let scratch = try Scratch()
    let written = try CommandLineTool.run(["new", "studies/mine"], in: scratch.url)
    #expect(written.status == 0)
    #expect(written.output.contains("limbeck run studies/mine.yaml"))
    for name in ["", ".yaml"] {
      let refused = try CommandLineTool.run(["new", name], in: scratch.url)
      #expect(refused.status == 64)
      #expect(refused.errors.contains("is no name for a problem; give one such as my-problem"))
    }
  }

  @Test("recipes of tables read, and ask for their table", arguments: ["inverse", "table"])
  func tables(kind: String) throws {
    let scratch = try Scratch()
    _ = try CommandLineTool.run(["new", "mine", "--kind", kind], in: scratch.url)
    let trained = try CommandLineTool.run(["train", "mine.yaml", "--steps", "5"], in: scratch.url)
    #expect(trained.status == 66)
    #expect(trained.errors.contains(".csv"))
  }
}

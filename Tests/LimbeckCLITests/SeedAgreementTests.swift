import Foundation
import Testing

@Suite("Searches from several seeds")
struct SeedAgreementTests {
  private static func scratch() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write(SampleTable.text, to: "data.csv")
    return scratch
  }

  @Test func `what every seed finds is said to be found by all`() throws {
    let scratch = try Scratch()
    let rows = (0..<60).map { "\(Double($0) / 9),\(3 * sin(Double($0) / 9) + 1)\n" }
    try scratch.write("x,y\n" + rows.joined(), to: "data.csv")
    let arguments = ["distill", "data.csv", "--evaluations", "20000", "--quiet"]
    let outcome = try CommandLineTool.run(
      arguments + ["--seeds", "1...3", "--json"], in: scratch.url)
    #expect(outcome.status == 0)
    let document = try outcome.json()
    #expect(document["seeds"] as? [Int] == [1, 2, 3])
    let agreement = try #require(document["agreement"] as? [[String: Any]])
    #expect(agreement.count == 1)
    #expect(agreement[0]["equation"] as? String == "3*sin(x) + 1")
    #expect(agreement[0]["count"] as? Int == 3)
    #expect(agreement[0]["seeds"] as? [Int] == [1, 2, 3])
    #expect(agreement[0]["proved"] as? Bool == false)
    let searches = try #require(document["searches"] as? [[String: Any]])
    #expect(searches.compactMap { $0["seed"] as? Int } == [1, 2, 3])
    // A search is what its seed alone gives, but for the time that it took.
    var alone = try CommandLineTool.run(
      arguments + ["--seed", "2", "--json"], in: scratch.url
    ).json()
    var second = searches[1]
    (alone["seconds"], second["seconds"]) = (nil, nil)
    #expect(NSDictionary(dictionary: alone).isEqual(to: second))
    let text = try CommandLineTool.run(arguments + ["--seeds", "2,5"], in: scratch.url).output
    #expect(text.contains(/2 of 2 +2,5 .* 3\*sin\(x\) \+ 1\n/))
  }

  @Test func `the table is prepared once for all seeds`() throws {
    let scratch = try Scratch()
    let rows = (0..<40).map { "\(Double($0) / 7),1.5,\(3 * Double($0) / 7 + 1)\n" }
    try scratch.write("x,c,y\n" + rows.joined(), to: "data.csv")
    let outcome = try scratch.limbeck(
      "distill", "data.csv", "--seeds", "1...3", "--evaluations", "2000")
    #expect(outcome.status == 0)
    #expect(outcome.errors.components(separatedBy: "column 'c' is 1.5 in every row").count == 2)
  }

  @Test func `seeds whose equations differ are told apart`() throws {
    let scratch = try Self.scratch()
    // Too few formulas for any seed to find the law.
    let outcome = try scratch.limbeck(
      "distill", "data.csv", "--seeds", "1...4", "--evaluations", "200", "--json", "--quiet")
    let document = try outcome.json()
    let agreement = try #require(document["agreement"] as? [[String: Any]])
    let counts = agreement.compactMap { $0["count"] as? Int }
    #expect(counts.count > 1 && counts.reduce(0, +) == 4 && counts == counts.sorted(by: >))
    #expect(Set(agreement.flatMap { $0["seeds"] as? [Int] ?? [] }) == [1, 2, 3, 4])
  }

  @Test(
    "what is for one search is refused",
    arguments: [
      ("--out", ["--out", "results"]), ("--seed", ["--seed", "1"]), ("--resume", ["--resume"]),
      ("--trace", ["--trace", "t.jsonl"]), ("--target", ["--target", "a", "--target", "b"]),
    ])
  func refused(option: String, more: [String]) throws {
    let scratch = try Self.scratch()
    let outcome = try CommandLineTool.run(
      ["distill", "data.csv", "--seeds", "1...3"] + more, in: scratch.url)
    #expect(outcome.status == 64)
    #expect(
      outcome.errors
        == "error: '--seeds' makes several searches and '\(option)' is for one; use one of them.\n"
        + "See 'limbeck distill --help'.\n")
    #expect(!scratch.contains("results"))
  }
}

import Foundation
import Testing

@Suite("What a command line says about formulas")
struct FormulaOptionTests {
  @Test func `operators and limits take the place of the grammar's`() throws {
    let scratch = try Scratch()
    try scratch.write(SampleTable.text, to: "data.csv")
    let outcome = try scratch.limbeck(
      "distill", "data.csv", "--binary", "+,*", "--unary", "", "--maxsize", "7", "--json",
      "--quiet",
      "--evaluations", "20000")
    #expect(outcome.status == 0)
    let front = try #require(outcome.json()["front"] as? [[String: Any]])
    #expect(front.count > 1)
    for equation in front {
      let text = try #require(equation["fitted"] as? String)
      #expect(!text.contains("exp"), "\(text)")
      #expect(try #require(equation["complexity"] as? Int) <= 7)
    }
  }

  @Test(arguments: [
    (["--unary", "sine"], "'--unary': 'sine' is no such operator; did you mean 'sin'?"),
    (
      ["--rule", "maxsize 9", "--maxsize", "8"],
      "'maxsize' is given twice; remove one of the two."
    ),
    (["--loss", "l3"], "'--loss': 'l3' is no loss; did you mean 'l1'?"),
    (
      ["--rule", "nest sin: no sin", "--rule", "unery sin"],
      "'--rule': unknown word 'unery'; did you mean 'unary'?"
    ),
  ])
  func `a mistake is traced to its option`(options: [String], sentence: String) throws {
    let scratch = try Scratch()
    try scratch.write(SampleTable.text, to: "data.csv")
    let outcome = try CommandLineTool.run(["distill", "data.csv"] + options, in: scratch.url)
    #expect(outcome.status == 64)
    #expect(outcome.errors == "error: \(sentence)\nSee 'limbeck distill --help'.\n")
  }

  @Test func `the chosen equation is exported as source`() throws {
    let scratch = try Scratch()
    try scratch.write(SampleTable.text, to: "data.csv")
    let outcome = try scratch.limbeck("distill", "data.csv", "--export", "numpy", "--quiet")
    #expect(outcome.status == 0)
    #expect(
      outcome.output.contains(
        /^import numpy as np\n\n\ndef y\(a, b\):\n    return .*np\.exp\(.*\n$/))
    let wrong = try scratch.limbeck("distill", "data.csv", "--export", "julia")
    #expect(wrong.status == 64)
  }

  @Test func `targets are explained side by side, by none of each other`() throws {
    let scratch = try Scratch()
    let rows = (0..<60).map { i in
      let (a, b) = (1 + Double(i % 8) / 3, 1 + Double(i / 8) / 5)
      return "\(a),\(b),\(a * b),\(a / b)\n"
    }
    try scratch.write("a,b,p,q\n" + rows.joined(), to: "data.csv")
    let outcome = try scratch.limbeck(
      "distill", "data.csv", "--target", "q", "--target", "p", "--json", "--quiet")
    #expect(outcome.status == 0)
    let targets = try #require(outcome.json()["targets"] as? [[String: Any]])
    #expect(targets.map { $0["target"] as? String } == ["q", "p"])
    #expect(targets.allSatisfy { $0["variables"] as? [String] == ["a", "b"] })
    let best = try targets.map { target in
      let front = try #require(target["front"] as? [[String: Any]])
      return front[try #require(target["best"] as? Int)]["equation"] as? String
    }
    #expect(best == ["a/b", "a*b"])
  }

  @Test func `weights and columns have their roles`() throws {
    let scratch = try Scratch()
    // The rows without weight are nonsense, and the column c is the target under another name.
    let rows = (0..<60).map { i in
      let (a, isGood) = (Double(i) / 10, i % 3 != 0)
      let y = isGood ? 3 * a * a : 100
      return "\(a),\(y),\(isGood ? 1 : 0),\(y)\n"
    }
    try scratch.write("a,c,w,y\n" + rows.joined(), to: "data.csv")
    let outcome = try scratch.limbeck(
      "distill", "data.csv", "--weights", "w", "--columns", "a", "--json", "--quiet",
      "--time", "5")
    #expect(outcome.status == 0)
    let document = try outcome.json()
    #expect(document["variables"] as? [String] == ["a"])
    let front = try #require(document["front"] as? [[String: Any]])
    let best = front[try #require(document["best"] as? Int)]
    #expect(best["equation"] as? String == "3*a^2")
  }
}

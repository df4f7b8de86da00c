import Foundation
import Testing

@Suite("Grammars on the command line")
struct GrammarCommandTests {
  /// A table of `y = f(x, t)` on a grid, the columns `x`, `t` and `y`.
  private func table(_ f: (Double, Double) -> Double) -> String {
    let rows = (0..<200).map { i in
      let (x, t) = (Double(i % 20) / 4 - 2.3, 0.5 + Double(i / 20) / 6)
      return "\(x),\(t),\(f(x, t))\n"
    }
    return "x,t,y\n" + rows.joined()
  }

  private func best(_ outcome: CommandLineTool.Outcome) throws -> [String: Any] {
    let document = try outcome.json()
    let front = try #require(document["front"] as? [[String: Any]])
    return front[try #require(document["best"] as? Int)]
  }

  @Test func `a travelling wave is found with its speed`() throws {
    let best = try search("travelling-wave") { x, t in 1 / (cosh(x - t / 3) + 1) }
    #expect(best["equation"] as? String == "1/(cosh(t/3 - x) + 1)")
    // Numbers are written with all their digits: what is left is rounding.
    #expect(try #require(best["loss"] as? Double) < 1e-28)
  }

  @Test func `a similarity solution is found with its powers`() throws {
    let best = try search("similarity") { x, t in exp(-x * x / (4 * t)) / t.squareRoot() }
    #expect(best["equation"] as? String == "exp(-x^2/(4*t))/sqrt(t)")
    #expect(try #require(best["loss"] as? Double) < 1e-28)
  }

  private func search(
    _ grammar: String, _ f: (Double, Double) -> Double
  ) throws -> [String: Any] {
    let scratch = try Scratch()
    try scratch.write(table(f), to: "data.csv")
    let outcome = try scratch.limbeck(
      "distill", "data.csv", "--grammar", grammar, "--evaluations", "300000", "--json", "--quiet")
    #expect(outcome.status == 0)
    return try best(outcome)
  }

  @Test func `parameters by category are printed with their values`() throws {
    let scratch = try Scratch()
    let values = [1.5, -2, 0.75]
    try scratch.write(
      """
      binary + - *
      unary sin exp
      maxsize 12
      parameter a by site
      template y = a[site]*f(x) + 3
      """, to: "site.grammar")
    let rows = (0..<150).map { i in
      let x = Double(i) / 25 - 2.9
      return "\(x),\(i % 3),\(values[i % 3] * sin(x) + 3)\n"
    }
    try scratch.write("x,site,y\n" + rows.joined(), to: "data.csv")
    let arguments = [
      "distill", "data.csv", "--grammar", "site.grammar", "--evaluations", "60000", "--quiet",
    ]
    let outcome = try CommandLineTool.run(arguments + ["--json"], in: scratch.url)
    let best = try best(outcome)
    #expect(best["equation"] as? String == "a[site]*sin(x) + 3")
    let parameters = try #require(best["parameters"] as? [[String: Any]])
    #expect(parameters.count == 1)
    let found = try #require(parameters[0]["values"] as? [[String: Any]])
    for (index, entry) in found.enumerated() {
      #expect(entry["category"] as? Double == Double(index))
      #expect(abs(try #require(entry["value"] as? Double) - values[index]) < 1e-12)
      #expect(entry["standard_error"] is Double)
    }
    #expect(try #require(best["sympy"] as? String).contains("Piecewise"))
    let text = try CommandLineTool.run(arguments, in: scratch.url).output
    #expect(text.contains("\ny = a[site]*sin(x) + 3\n"))
    #expect(text.contains(/\n\ \ a\[1\] = -(2\.0|1\.9{12,}\d*|2\.0{12,}\d*) ±/))
  }

  @Test func `the loss asked for is named and measured`() throws {
    let scratch = try Scratch()
    try scratch.write(
      table { x, t in
        let isOutlier = (7 * Int(x * 4 + 10) + 3 * Int(t * 6 + 0.1)) % 10 == 3
        return 2 * x * t + (isOutlier ? 30 : 0)
      }, to: "data.csv")
    let outcome = try scratch.limbeck(
      "distill", "data.csv", "--loss", "l1", "--evaluations", "60000", "--json", "--quiet")
    #expect(try outcome.json()["loss_function"] as? String == "l1")
    #expect(try best(outcome)["equation"] as? String == "2*t*x")
    let text = try scratch.limbeck(
      "distill", "data.csv", "--loss", "huber 0.5", "--evaluations", "20000", "--quiet")
    #expect(text.output.contains(/size +huber 0\.5 +R²/))
  }

  @Test(arguments: [
    ("", "1: the grammar names no operator; add a line such as 'binary + - * /'"),
    (
      "binary + *\nmaxsize 2\n",
      "2: no formula can be derived: the smallest one with an operator, '+', has complexity 3, and "
        + "'maxsize' is 2; raise it or lower the weights"
    ),
    (
      "binary + *\nunary sin\nnest sin: no sin\nnest sin: sin <= 1\n",
      "4: 'sin' is limited inside 'sin' to 0 and to 1; remove one of the two rules"
    ),
    (
      "binary + *\nunary exp\ncomplexity 3\nconstraint exp: 2\n",
      "4: 'exp' can never be used: its constraint is below 3, the complexity of the lightest "
        + "constant or variable"
    ),
    (
      "binary + *\nunits x: metre\n",
      "2: unit 'metre', column 1: 'metre' is no unit; did you mean 'm'?"
    ),
    (
      "binary + *\nparameter c\ntemplate y = f(x)\n",
      "2: the template does not use the parameter 'c'; remove it or use it"
    ),
    (
      "binary + *\nloss abs(prediction - y)\n",
      "2: the loss's column 18: unknown name 'y', expected one of: prediction, target, weight"
    ),
  ])
  func `a grammar that makes no sense is refused in a sentence`(
    text: String, sentence: String
  ) throws {
    let scratch = try Scratch()
    try scratch.write(text, to: "bad.grammar")
    try scratch.write(table { x, t in x * t }, to: "data.csv")
    let outcome = try scratch.limbeck("distill", "data.csv", "--grammar", "bad.grammar")
    #expect(outcome.status == 65)
    #expect(outcome.errors == "error: bad.grammar:\(sentence)\n")
    #expect(outcome.output.isEmpty)
  }

  @Test(arguments: [
    (
      [
        "--rule", "dimensionless constants", "--rule", "units x: m", "--rule", "units t: s",
        "--rule", "units y: kg",
      ],
      "no formula of the columns has the target's dimension: 'y' is in kg; correct the units, or "
        + "let constants carry units"
    ),
    (
      ["--rule", "template y = f(q)"],
      "the grammar's template uses 'q', but the table has x, t; rename the column or change the "
        + "template"
    ),
    (
      ["--rule", "parameters c d", "--rule", "template y = f(x - c*t) + g(x + d*t)"],
      "the search cannot make use of more than one function of formulas, 'g', in the grammar; "
        + "remove it"
    ),
    (
      ["--loss", "poisson"],
      "the loss 'poisson' is not defined where the target is -1.15, as in row 1; choose another "
        + "loss or leave out the row"
    ),
  ])
  func `what does not fit the table is refused in a sentence`(
    options: [String], sentence: String
  ) throws {
    let scratch = try Scratch()
    try scratch.write(table { x, t in x * t }, to: "data.csv")
    let outcome = try CommandLineTool.run(["distill", "data.csv"] + options, in: scratch.url)
    #expect(outcome.status == 65)
    #expect(outcome.errors.hasSuffix("error: \(sentence)\n"), "\(outcome.errors)")
  }
}

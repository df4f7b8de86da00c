import Symbolic
import Testing

@Suite("Grammar")
struct GrammarTests {
  @Test(arguments: Grammar.shippedNames)
  func `every shipped grammar loads`(name: String) throws {
    let grammar = try Grammar(named: name)
    #expect(grammar.name == name)
    #expect(!grammar.operators.isEmpty)
  }

  @Test func `all words are read`() throws {
    let text = """
      # a comment
      binary + *   # another
      unary sin exp
      complexity sin exp 3
      complexity constant 2
      maxsize 25
      maxdepth 7
      nest sin: no sin exp
      nest exp: sin <= 1
      template u = X(x) * T(t) + 1
      """
    let grammar = try Grammar(contentsOf: text, file: "waves.grammar")
    #expect(grammar.operators == [.add, .multiply, .sin, .exp])
    #expect(grammar.maximumComplexity == 25)
    #expect(grammar.maximumDepth == 7)
    #expect(grammar.nesting.count == 3)
    let formula = try Expression(parsing: "2*sin(x) + y")
    // 2 for the constant, 3 for the sine, 1 for each of the other four nodes.
    #expect(grammar.complexity(of: formula) == 2 + 3 + 4)
    guard case .formula(_, let functions) = grammar.template else {
      Issue.record("the template was not read")
      return
    }
    #expect(functions.map(\.name) == ["X", "T"])
    #expect(functions.map(\.arguments) == [["x"], ["t"]])
  }

  @Test(arguments: [
    ("binary + -\nunray sin", "my.grammar:2: unknown word 'unray'; did you mean 'unary'?"),
    ("unary sine", "my.grammar:1: 'sine' is no such operator; did you mean 'sin'?"),
    (
      "binary +\nmaxsize ten",
      "my.grammar:2: 'maxsize' is followed by 'ten', expected a positive whole number"
    ),
    (
      "binary +\nmaxsize -3",
      "my.grammar:2: 'maxsize' is followed by '-3', expected a positive whole number"
    ),
    ("binary", "my.grammar:1: nothing follows 'binary', expected operators"),
    (
      "binary +\nnest sin cos",
      "my.grammar:2: 'sin cos' is no rule of nesting; expected 'nest sin: no sin cos' or "
        + "'nest exp: sin <= 1'"
    ),
    (
      "binary +\n\ntemplate u",
      "my.grammar:3: 'u' is no template; expected 'template u = X(x)*T(t)' or "
        + "'template product over variables'"
    ),
    (
      "# nothing",
      "my.grammar:1: the grammar names no operator; add a line such as 'binary + - * /'"
    ),
  ])
  func `errors name the line and what was meant`(text: String, sentence: String) throws {
    let error = try #require(throws: GrammarError.self) {
      try Grammar(contentsOf: text, file: "my.grammar")
    }
    #expect(error.description == sentence)
  }

  @Test func `unknown shipped grammars are answered with the nearest`() throws {
    let error = try #require(throws: GrammarError.self) { try Grammar(named: "seperable") }
    #expect(error.description == "there is no grammar 'seperable'; did you mean 'separable'?")
  }
}

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
    guard case .formula(_, let calls) = grammar.template else {
      Issue.record("the template was not read")
      return
    }
    #expect(calls.map(\.function) == ["X", "T"])
    #expect(calls.map(\.arguments) == [["x"], ["t"]])
  }

  @Test func `everything that PySR's users set is read`() throws {
    let text = """
      unary sin sech
      binary + * ^ gauss
      outer asin ^
      define sech(x) = 1/cosh(x)
      define gauss(x, s) = exp(-(x/s)^2/2)*sech(0)
      complexity sech 2
      complexity x1 3
      constraint ^: any 1
      constraint sech: 5
      nest sech: no sin sech
      warmup 0.1
      units x1: kg m/s
      dimensional penalised 10
      dimensionless constants
      loss huber 1.5
      """
    let grammar = try Grammar(contentsOf: text, file: "g")
    #expect(grammar.outerOperators == [.asin, .power])
    #expect(grammar.customOperatorNames == ["sech", "gauss"])
    let gauss = try #require(grammar.customOperators.last)
    let value = gauss(["y", 2]).evaluate(["y": 2])
    // exp(-1/2) to a few roundings.
    #expect(value.isNearly(0.6065306597126334))
    #expect(grammar.customWeights == ["sech": 2])
    #expect(grammar.variableWeights == ["x1": 3])
    #expect(grammar.complexity(of: try Expression(parsing: "x1 + x2")) == 5)
    #expect(grammar.operandLimits.map(\.term) == [.operation(.power), .custom("sech")])
    #expect(grammar.operandLimits.map(\.limits) == [[nil, 1], [5]])
    #expect(grammar.nesting.map(\.outer) == [.custom("sech"), .custom("sech")])
    #expect(grammar.nesting.map(\.inner) == [.operation(.sin), .custom("sech")])
    #expect(grammar.warmup == 0.1)
    #expect(grammar.units["x1"]?.dimension == (try Unit(parsing: "N s").dimension))
    #expect(grammar.dimensionalRule == .penalised(10))
    #expect(grammar.hasDimensionlessConstants)
    #expect(grammar.loss == .huber(1.5))
  }

  @Test func `templates apply functions to formulas in variables and parameters`() throws {
    let text = """
      binary + *
      parameter c[2]
      parameters a p by material
      template u = a*f(x - c[1]*t) + f(x + c[2]*t)*g(y) + p*g(y)
      """
    let grammar = try Grammar(contentsOf: text, file: "g")
    guard case .formula(let formula, let calls) = grammar.template else {
      Issue.record("the template was not read")
      return
    }
    #expect(grammar.template?.functionNames == ["f", "g"])
    #expect(calls.map(\.function) == ["f", "f", "g"])
    #expect(calls[1].arguments == [try Expression(parsing: "x + c_2*t")])
    #expect(formula.symbols.count == 5)
    #expect(grammar.parameters.map(\.count) == [2, 1, 1])
    #expect(grammar.parameters.map(\.category) == [nil, "material", "material"])
  }

  @Test(arguments: [
    ("binary + -\nunray sin", "my.grammar:2: unknown word 'unray'; did you mean 'unary'?"),
    ("unary sine", "my.grammar:1: 'sine' is no such operator; did you mean 'sin'?"),
    (
      "binary +\nmaxsize ten",
      "my.grammar:2: 'maxsize' is followed by 'ten', expected a whole number from 1 to 10000"
    ),
    (
      "binary +\nmaxsize -3",
      "my.grammar:2: 'maxsize' is followed by '-3', expected a whole number from 1 to 10000"
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
      "define f(x, x) = x\nunary f",
      "my.grammar:1: 'f(x, x) = x' is no definition; expected one such as "
        + "'define sech(x) = 1/cosh(x)'"
    ),
    (
      "define f(x) = x + y\nunary f",
      "my.grammar:1: the definition's column 5: unknown name 'y', expected one of: x"
    ),
    (
      "define f(x) = f(x)\nunary f",
      "my.grammar:1: the definition's column 1: unknown function 'f', expected one such as sin, exp "
        + "or sqrt; write * to multiply"
    ),
    ("define sin(x) = x", "my.grammar:1: 'sin' means something already; choose another name"),
    (
      "define f(x, y, z) = x",
      "my.grammar:1: 'f' has 3 operands, but operators have one or two; write it into a template "
        + "instead"
    ),
    (
      "binary +\nconstraint +: 3",
      "my.grammar:2: '+' has 2 operands, found 1"
    ),
    (
      "binary +\ncomplexity sine 3",
      "my.grammar:2: 'sine' is no such operator; did you mean 'sin'?"
    ),
    (
      "binary +\nunits x: metre",
      "my.grammar:2: unit 'metre', column 1: 'metre' is no unit; did you mean 'm'?"
    ),
    (
      "binary +\nloss hubr 1",
      "my.grammar:2: 'hubr' is no loss; did you mean 'huber'?"
    ),
    (
      "binary +\nloss abs(prediction - y)",
      "my.grammar:2: the loss's column 18: unknown name 'y', expected one of: prediction, target, "
        + "weight"
    ),
    (
      "binary +\nwarmup 2",
      "my.grammar:2: 'warmup' is followed by '2', expected a number from 0 to 1"
    ),
    (
      "binary +\nparameter c[2]\ntemplate u = f(x - c[3])",
      "my.grammar:3: there is no c[3]; 'c' counts from 1 to 2"
    ),
    (
      "binary +\ntemplate u = f(g(x))",
      "my.grammar:2: 'g' is called inside the arguments of 'f', but arguments are formulas in "
        + "variables and parameters; define 'g' or write it out"
    ),
    (
      "binary +\ntemplate u = f(x) + f(x, y)",
      "my.grammar:2: 'f' has 1 operand, found 2"
    ),
    (
      "binary +\ndimensional loose",
      "my.grammar:2: 'dimensional loose' is no rule; expected 'dimensional strict', "
        + "'dimensional penalised 10' or 'dimensionless constants'"
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

  @Test(arguments: [
    (
      "binary + *\ncomplexity 4\nmaxsize 11",
      "my.grammar:3: no formula can be derived: the smallest one with an operator, '+', has "
        + "complexity 12, and 'maxsize' is 11; raise it or lower the weights"
    ),
    (
      "binary +\nmaxdepth 1",
      "my.grammar:2: no formula of depth 1 has an operator; set 'maxdepth' to 2 or more"
    ),
    (
      "binary + ^\ncomplexity constant variable 3\nconstraint ^: 9 2",
      "my.grammar:3: '^' can never be used: its constraint is below 3, the complexity of the "
        + "lightest constant or variable"
    ),
    (
      "unary sin\nnest sin: no tan",
      "my.grammar:2: 'nest' speaks of 'tan', which no formula can contain; add 'tan' to the "
        + "operators or remove the rule"
    ),
    (
      "unary sin\nnest sin: no sin\nnest sin: sin <= 2",
      "my.grammar:3: 'sin' is limited inside 'sin' to 0 and to 2; remove one of the two rules"
    ),
    (
      "unary sin\nmaxsize 10\nmaxsize 20",
      "my.grammar:3: 'maxsize' was given in line 2 already; remove one of the two"
    ),
    (
      "unary sin\ndimensional strict",
      "my.grammar:2: there is a rule about units but no unit; add lines such as 'units x: m'"
    ),
    (
      "unary sin\nparameter c\ntemplate u = f(x)",
      "my.grammar:2: the template does not use the parameter 'c'; remove it or use it"
    ),
  ])
  func `contradictions are named`(text: String, sentence: String) throws {
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

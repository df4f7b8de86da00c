import Symbolic
import Testing

@Suite("Grammars revised by single lines")
struct GrammarRevisionTests {
  private static let text = """
    define sech(x) = 1/cosh(x)
    binary + - * /
    unary sin exp sech
    nest sin: no exp
    constraint exp: 5
    maxsize 30
    """

  private static func revised(_ lines: String...) throws -> Grammar {
    try Grammar(contentsOf: text, file: "g").revised(by: lines)
  }

  @Test func `lists replace those of their kind, with the rules about what is gone`() throws {
    let grammar = try Self.revised("unary sin cos")
    #expect(grammar.operators == [.add, .subtract, .multiply, .divide, .sin, .cos])
    #expect(grammar.customOperatorNames.isEmpty)
    #expect(grammar.nesting.isEmpty)
    #expect(grammar.operandLimits.isEmpty)
    #expect(try Self.revised("binary ^").operators == [.sin, .exp, .power])
    #expect(try Self.revised("unary").operators == [.add, .subtract, .multiply, .divide])
    #expect(try Self.revised("unary sech").customOperatorNames == ["sech"])
  }

  @Test func `settings replace the grammar's, and rules come on top`() throws {
    let grammar = try Self.revised(
      "maxsize 12", "maxdepth 4", "loss huber 2", "nest exp: no exp", "unary exp csch",
      "define csch(x) = 1/sinh(x)", "units x: m")
    #expect(grammar.maximumComplexity == 12)
    #expect(grammar.maximumDepth == 4)
    #expect(grammar.loss == .huber(2))
    #expect(grammar.nesting.map(\.limit) == [0])
    #expect(grammar.customOperatorNames == ["csch"])
    #expect(grammar.units.count == 1)
    #expect(try Self.revised() == Grammar(contentsOf: Self.text, file: "g"))
  }

  @Test(arguments: [
    (["maxsize 9", "unary sine"], 1, "'sine' is no such operator; did you mean 'sin'?"),
    (["loss l3"], 0, "'l3' is no loss; did you mean 'l1'?"),
    (
      ["unery sin"], 0, "unknown word 'unery'; did you mean 'unary'?"
    ),
    (
      ["unary", "binary"], 1,
      "the grammar names no operator; add a line such as 'binary + - * /'"
    ),
  ])
  func `the line to blame is named`(lines: [String], index: Int, sentence: String) throws {
    let grammar = try Grammar(contentsOf: Self.text, file: "g")
    let error = #expect(throws: Grammar.RevisionError.self) { try grammar.revised(by: lines) }
    #expect(error?.line == index)
    #expect(error?.reason.description == sentence)
  }
}

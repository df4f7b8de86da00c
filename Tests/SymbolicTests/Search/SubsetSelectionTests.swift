import Symbolic
import Tensors
import Testing

@Suite("Sums of few products")
struct SubsetSelectionTests {
  private func scorer(_ table: SearchTable, _ vocabulary: Vocabulary) throws -> Scorer {
    let view = try #require(
      View(
        table, derived: [], shape: ViewShape(columns: Array(table.columns.indices)),
        vocabulary: vocabulary, order: Array(0..<table.rowCount), options: SearchOptions()))
    return Scorer(view, form: view.form)
  }

  @Test("a planted sum of three products is recovered, each term of it", arguments: 0..<2)
  func planted(_ index: Int) throws {
    let sums: [(law: String, terms: Set<String>)] = [
      ("2*a*sin(b) - 0.7*b*c + 1.3*exp(a) + 0.4", ["a*sin(b)", "b*c", "exp(a)"]),
      ("0.1*a*b*c + 3*log(c) - 2*cos(a)*sin(b)", ["a*b*c", "log(c)", "cos(a)*sin(b)"]),
    ]
    let (law, terms) = sums[index]
    let table = try SearchExamples.table(
      law, rows: 256, ranges: [("a", 1...3), ("b", 1...4), ("c", 0.5...3)])
    let vocabulary = try SearchExamples.vocabulary(table)
    let library = TermLibrary(vocabulary, columns: [0, 1, 2], size: .small)
    let scorer = try scorer(table, vocabulary)
    let (columns, kept, stride) = scorer.columns(of: library.terms)
    let choices = SubsetSelection(
      columns: columns, count: kept.count, stride: stride, target: scorer.projectedTarget,
      projection: scorer.projection)()
    let choice = try #require(choices.first { $0.members.count == 3 })
    // Single precision: a hundred rows of rounding at 6e-8 of values ten times the spread.
    #expect(choice.loss < 1e-10)
    let found = choice.members.map {
      "\(Symbolic.Expression(library.terms[kept[$0]], variables: table.variables))"
    }
    let expected = try terms.map { "\(try Symbolic.Expression(parsing: $0))" }
    #expect(Set(found) == Set(expected))
    // Two of them are not enough.
    #expect(try #require(choices.first { $0.members.count == 2 }).loss > 1e-4)
  }

  @Test("every term of a library is a product that the grammar admits, once")
  func library() throws {
    let table = try SearchExamples.table(
      "a + b*c", rows: 50, ranges: [("a", 1...3), ("b", 1...3), ("c", 1...3)])
    let vocabulary = try SearchExamples.vocabulary(
      table, operators: [.add, .multiply, .sin, .exp], size: 6)
    let small = TermLibrary(vocabulary, columns: [0, 2], size: .small).terms
    let large = TermLibrary(vocabulary, columns: [0, 2], size: .large).terms
    for terms in [small, large] {
      let texts = terms.map { "\(Symbolic.Expression($0, variables: table.variables))" }
      #expect(Set(texts).count == texts.count)
      for term in terms {
        #expect(term.count <= 6)
        #expect(Gene.isTree(term, columns: 3))
        #expect(!term.contains { $0.operation == .symbol && $0.variable == 1 })
        #expect(!term.contains { $0.operation == .add })
      }
    }
    let texts = small.map { "\(Symbolic.Expression($0, variables: table.variables))" }
    for term in ["a", "c", "sin(a)", "a*c", "sin(a)*exp(c)"] {
      let expected = "\(try Symbolic.Expression(parsing: term))"
      #expect(texts.contains(expected), "\(term)")
    }
    let sums = try SearchExamples.vocabulary(table, operators: [.add, .sin])
    #expect(TermLibrary(sums, columns: [0], size: .large).terms.isEmpty)
  }

  @Test("members are exchanged where additions alone end wrong")
  func exchange() throws {
    let rows = 64
    let table = try SearchExamples.table(rows: rows) { $0 + $1 }
    let projection = try scorer(table, SearchExamples.vocabulary(table)).projection
    // Unit vectors as an orthonormal frame: target (e₀ + e₁)/√2, of which e₀ and e₁ explain one half
    // each, and twenty decoys three fifths each, nearly the same three fifths.
    let decoys = 20
    let stride = rows
    let columns = AlignedBuffer<Float>(count: (decoys + 2) * stride, repeating: 0)
    let half = Float(0.5).squareRoot()
    for k in 0..<decoys {
      let column = columns.pointer + k * stride
      column[0] = Float(0.6).squareRoot() * half
      column[1] = Float(0.6).squareRoot() * half
      column[2] = (Float(0.4) * 0.95).squareRoot()
      column[3 + k] = (Float(0.4) * 0.05).squareRoot()
    }
    columns.pointer[decoys * stride] = 1
    columns.pointer[(decoys + 1) * stride + 1] = 1
    var target = [Float](repeating: 0, count: rows)
    target[0] = half
    target[1] = half
    let choices = SubsetSelection(
      columns: columns, count: decoys + 2, stride: stride, target: target, projection: projection)()
    // Every start is a decoy, beside which e₀ is best; only an exchange brings e₁ in its place.
    let single = try #require(choices.first)
    #expect(single.members.count == 1 && single.members[0] < decoys)
    #expect(abs(single.loss - 0.4) < 1e-6)
    let pair = try #require(choices.first { $0.members.count == 2 })
    #expect(pair.members == [decoys, decoys + 1])
    #expect(pair.loss < 1e-12)
  }
}

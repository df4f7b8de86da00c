import Foundation
import Symbolic
import Tensors
import Testing

/// Searches that keep what a grammar asks for.
@Suite("Search by a grammar's rules")
struct GrammarSearchTests {
  private func search(
    _ lines: String, rows: Int = 200, evaluations: Int = 20_000, threads: Int = 2,
    options: SearchOptions = SearchExamples.small, _ f: (Double, Double) -> Double
  ) throws -> HallOfFame {
    let table = try SearchExamples.table(rows: rows, f)
    let grammar = try Grammar(contentsOf: lines, file: "g")
    let search = try IslandSearch(table, grammar: grammar, options: options, seed: 3)
    return search.run(budget: SearchBudget(evaluations: evaluations), threads: threads).hallOfFame
  }

  // MARK: Rules

  @Test func `operands stay within their limits`() throws {
    let hall = try search(
      "binary + - * / ^\nunary sin exp\nmaxsize 20\nconstraint ^: 1 1\nconstraint sin: 1"
    ) { a, b in Foundation.sin(a * b + 1) + Foundation.pow(a + b, 1.3) }
    #expect(hall.entries.count > 5)
    for entry in hall.entries {
      let nodes = entry.expression.nodes
      for (index, node) in nodes.enumerated() where [.sin, .power].contains(node.operation) {
        #expect(nodes[index - 1].length == 1, "\(entry.expression)")
        if node.operation == .power { #expect(nodes[index - 2].length == 1) }
      }
    }
  }

  @Test func `complexities count columns as the grammar weighs them`() throws {
    let text = "binary + - * /\nunary sin\nmaxsize 20\ncomplexity a 3\ncomplexity sin 2"
    let hall = try search(text) { a, b in Foundation.sin(a) * b + a / b }
    let grammar = try Grammar(contentsOf: text, file: "g")
    #expect(hall.entries.count > 3)
    for entry in hall.entries {
      #expect(entry.complexity == grammar.complexity(of: entry.expression))
      #expect(entry.complexity <= 20)
    }
  }

  @Test func `strict units admit only formulas that measure the target`() throws {
    let text = """
      binary + - * /
      unary sin sqrt
      maxsize 15
      units a: m
      units b: s
      units y: m/s
      dimensionless constants
      """
    let table = try SearchExamples.table(rows: 200) { a, b in a / b + 0.3 * a }
    let grammar = try Grammar(contentsOf: text, file: "g")
    let analysis = try #require(try grammar.dimensionalAnalysis(of: table))
    let search = try IslandSearch(
      table, grammar: grammar, options: SearchExamples.small, seed: 1)
    let hall = search.run(budget: SearchBudget(evaluations: 20_000), threads: 2).hallOfFame
    // 0.3 a is in metres: without units the sum would be found at once.
    #expect(hall.leastLoss > 1e-6)
    for entry in hall.entries where entry.complexity > 1 {
      let genes = try #require(entry.expression.genes(variables: table.variables))
      let violations = genes.withUnsafeBufferPointer { genes in
        genes.baseAddress.map { analysis.violations($0, count: genes.count) }
      }
      #expect(violations == 0, "\(entry.expression)")
    }
  }

  @Test func `penalised units cost a formula its place on the front`() throws {
    let units = "units a: m\nunits b: s\nunits y: m\ndimensionless constants\n"
    func front(_ rule: String) throws -> [HallOfFame.Entry] {
      try search("binary + *\nmaxsize 9\n" + units + rule) { a, b in a + b }.front
    }
    // With a small price the exact sum wins, with a high one no formula in seconds does.
    #expect(
      try front("dimensional penalised 1e-9").contains { $0.expression.symbols.contains("b") })
    #expect(try !front("dimensional penalised 10").contains { $0.expression.symbols.contains("b") })
  }

  @Test func `formulas grow while the search warms up`() throws {
    func largest(_ lines: String) throws -> Int {
      var options = SearchExamples.small
      options.usesTransforms = false
      options.usesMonomials = false
      options.usesQuadratics = false
      options.usesPeeling = false
      options.usesGroups = false
      options.usesSymmetries = false
      let table = try SearchExamples.table(rows: 100) { a, b in Foundation.sin(3 * a * b) / (a + b)
      }
      let grammar = try Grammar(
        contentsOf: "binary + - * /\nunary sin exp\nmaxsize 30\n" + lines, file: "g")
      let search = try IslandSearch(table, grammar: grammar, options: options, seed: 1)
      var epochs = 0
      let hall = search.run(budget: SearchBudget(), threads: 2) { _ in
        epochs += 1
        return epochs < 5 ? .proceed : .stop
      }.hallOfFame
      return hall.entries.map(\.complexity).max() ?? 0
    }
    // After four of twenty epochs a fifth of the way from 5 to 30 is allowed, and an offset of 2 on top.
    #expect(try largest("warmup 1") <= 12)
    #expect(try largest("") > 12)
  }

  // MARK: Functions of the grammar

  private static let functions = """
    define sech(x) = 1/cosh(x)
    define pull(x, y) = x*y^2/(x^2 + y^2 + x)
    binary + - * pull
    unary sech exp
    complexity pull 2
    maxsize 20
    """

  @Test func `functions of the grammar are found, weigh as one node and are written out`() throws {
    let hall = try search(Self.functions, evaluations: 200_000) { a, b in
      2 * a / Foundation.cosh(0.7 * b) + 1
    }
    let exact = try #require(hall.entries.first { $0.loss < 1e-20 })
    // The function written out has two nodes more than its call.
    #expect(exact.complexity <= 20)
    #expect(exact.expression.nodes.count > exact.complexity)
    #expect(exact.expression.description.contains("cosh"))
  }

  @Test func `losses of formulas with functions are those of what is written`() throws {
    let f = { (a: Double, b: Double) in Foundation.sin(a * b) + a }
    let table = try SearchExamples.table(rows: 200, f)
    let hall = try search(Self.functions, f)
    #expect(hall.entries.contains { $0.expression.description.contains("cosh") })
    for entry in hall.entries {
      let squares = (0..<table.rowCount).map { row in
        let value = entry.expression.evaluate(
          ["a": table.columns[0][row], "b": table.columns[1][row]])
        return (value - table.target[row]) * (value - table.target[row])
      }
      let mean = squares.reduce(0, +) / Double(table.rowCount)
      // Rounding in another order of operations, amplified where terms cancel.
      #expect((mean - entry.loss).magnitude <= 1e-7 * entry.loss, "\(entry.expression)")
    }
  }

  @Test func `a function is limited in nesting and operands as an operator is`() throws {
    let text = Self.functions + "\nnest sech: no sech exp\nconstraint pull: 1 1"
    let hall = try search(text) { a, b in Foundation.exp(-a * b) / Foundation.cosh(a) }
    for entry in hall.entries {
      let nodes = entry.expression.nodes
      for (index, node) in nodes.enumerated() where node.operation == .cosh {
        let operand = nodes[(index - nodes[index - 1].length)..<index]
        #expect(!operand.contains { [.cosh, .exp].contains($0.operation) }, "\(entry.expression)")
      }
    }
  }

  @Test func `calls are one skeleton each, and numbers in them are folded`() throws {
    let table = try SearchExamples.table(rows: 10) { a, b in a + b }
    let grammar = try Grammar(contentsOf: Self.functions, file: "g")
    let vocabulary = try Vocabulary(grammar, table: table)
    func hash(_ genes: [Gene]) -> UInt64 {
      genes.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { skeletonHash($0, count: buffer.count) } ?? 0
      }
    }
    let (a, b) = (Gene(variable: 0), Gene(variable: 1))
    let pull = Gene(callOf: 1, arity: 2, length: 3)
    #expect(hash([a, b, pull]) != hash([b, a, pull]))
    #expect(hash([a, b, pull]) != hash([a, b, Gene(.polygamma, length: 3)]))
    #expect(hash([a, Gene(callOf: 0, arity: 1, length: 2)]) != hash([a, Gene(.round, length: 2)]))
    var genes = [Gene(constant: 2), Gene(constant: 3), pull]
    let count = genes.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { Canonicaliser(vocabulary)($0, count: buffer.count) } ?? 0
    }
    #expect(count == 1)
    // 2·9/(4 + 9 + 2)
    #expect(genes[0].value == 1.2)
  }

  @Test func `a search with functions repeats on any number of threads and resumes`() throws {
    let table = try SearchExamples.table(rows: 200) { a, b in a / Foundation.cosh(b) + b }
    let grammar = try Grammar(contentsOf: Self.functions, file: "g")
    func run(_ evaluations: Int, threads: Int) throws -> IslandSearch {
      let search = try IslandSearch(
        table, grammar: grammar, options: SearchExamples.small, seed: 5)
      _ = search.run(budget: SearchBudget(evaluations: evaluations), threads: threads)
      return search
    }
    let whole = try run(12_000, threads: 2)
    let half = try run(5_000, threads: 1)
    let resumed = try IslandSearch(table, grammar: grammar, resuming: half.state)
    _ = resumed.run(budget: SearchBudget(evaluations: 12_000), threads: 1)
    #expect(resumed.state == whole.state)
    #expect(resumed.hallOfFame == whole.hallOfFame)
  }
}

import Symbolic
import Tensors
import Testing

@Suite("Variation of formulas")
struct VariationTests {
  private let columns = [0, 1]

  private func makeVocabulary() throws -> Vocabulary {
    let table = try SearchExamples.table(rows: 10) { $0 + $1 }
    return try SearchExamples.vocabulary(table)
  }

  /// Calls `body` with `count` offspring of random parents, and the parent's values for reference.
  private func forOffspring(
    count: Int, _ body: (GenePointer, Int, inout RandomStream) throws -> Void
  ) throws {
    let vocabulary = try makeVocabulary()
    let variation = Variation(vocabulary)
    let canonicalise = Canonicaliser(vocabulary)
    let capacity = Variation.capacity(vocabulary)
    let mother = GenePointer.allocate(capacity: capacity)
    let father = GenePointer.allocate(capacity: capacity)
    let child = GenePointer.allocate(capacity: capacity)
    defer {
      mother.deallocate()
      father.deallocate()
      child.deallocate()
    }
    var stream = RandomStream(seed: 11)
    var motherCount = variation.fresh(columns: columns, into: mother, &stream)
    for _ in 0..<count {
      let fatherCount = variation.fresh(columns: columns, into: father, &stream)
      let size =
        stream.uniform() < 0.35
        ? variation.cross(mother, motherCount, father, fatherCount, into: child, &stream)
        : variation.mutate(mother, motherCount, columns: columns, into: child, &stream)
      try body(child, size, &stream)
      let kept = canonicalise(child, count: size)
      // A walk through formulas of all sizes, back to a small one where it leaves the limits.
      if kept > 0 && vocabulary.admits(child, count: kept) {
        mother.update(from: child, count: kept)
        motherCount = kept
      } else {
        motherCount = variation.fresh(columns: columns, into: mother, &stream)
      }
    }
  }

  @Test("offspring are well-formed trees over the given columns")
  func wellFormed() throws {
    var sizes: Set<Int> = []
    try forOffspring(count: 20_000) { child, size, _ in
      let genes = Array(UnsafeBufferPointer(start: child, count: size))
      #expect(Gene.isTree(genes, columns: columns.count))
      sizes.insert(size)
    }
    // The walk must have met leaves and formulas of the largest size, or the test says little.
    #expect(sizes.contains(1))
    #expect((sizes.max() ?? 0) >= 25)
  }

  @Test("the canonical form is a well-formed tree with the value of the original")
  func canonicalValue() throws {
    let canonicalise = Canonicaliser(try makeVocabulary())
    let names: [Symbol] = ["a", "b"]
    let point: [Symbol: Double] = ["a": 1.37, "b": 2.11]
    var compared = 0
    try forOffspring(count: 5_000) { child, size, _ in
      let original = Array(UnsafeBufferPointer(start: child, count: size))
      let copy = GenePointer.allocate(capacity: size)
      defer { copy.deallocate() }
      copy.update(from: child, count: size)
      let kept = canonicalise(copy, count: size)
      guard kept > 0 else { return }
      let canonical = Array(UnsafeBufferPointer(start: copy, count: kept))
      #expect(kept <= size)
      #expect(Gene.isTree(canonical, columns: 2))
      let before = Expression(original, variables: names).evaluate(point)
      let after = Expression(canonical, variables: names).evaluate(point)
      // The rules may widen a domain (exp(log a)) but never change a value that was there. Huge
      // intermediate results lose digits when constants are moved through them.
      guard before.isFinite, before.magnitude < 1e6, condition(original, point) < 1e6 else {
        return
      }
      compared += 1
      #expect((after - before).magnitude <= 1e-8 * max(1, before.magnitude))
    }
    #expect(compared > 1_000)
  }

  /// The largest intermediate value: how many digits rearranging may cost.
  private func condition(_ genes: [Gene], _ point: [Symbol: Double]) -> Double {
    let expression = Expression(genes, variables: ["a", "b"])
    return expression.nodes.indices.map {
      let value = expression.subtree(endingAt: $0).evaluate(point).magnitude
      return value.isFinite ? max(value, 1 / max(value, 1e-300)) : .infinity
    }.max() ?? .infinity
  }

  @Test("canonicalising twice changes nothing")
  func idempotent() throws {
    let canonicalise = Canonicaliser(try makeVocabulary())
    try forOffspring(count: 5_000) { child, size, _ in
      let copy = GenePointer.allocate(capacity: size)
      defer { copy.deallocate() }
      copy.update(from: child, count: size)
      let kept = canonicalise(copy, count: size)
      guard kept > 0 else { return }
      let once = Array(UnsafeBufferPointer(start: copy, count: kept))
      let again = canonicalise(copy, count: kept)
      let twice = Array(UnsafeBufferPointer(start: copy, count: again))
      #expect(
        twice == once,
        "\(Expression(once, variables: ["a", "b"])) became \(Expression(twice, variables: ["a", "b"]))"
      )
    }
  }

  @Test(
    "skeletons forget the order of operands, brackets and free constants, and nothing else",
    arguments: [
      ("a+b*2.5", "7.25*b+a", true), ("(a+b)+sin(a)", "a+(sin(a)+b)", true),
      ("a*b*exp(a)", "exp(a)*(b*a)", true), ("a-b", "b-a", false), ("a/b", "b/a", false),
      ("sin(a)", "cos(a)", false), ("a+b*a", "(a+b)*a", false), ("a+a", "b+b", false),
    ])
  func skeletons(_ left: String, _ right: String, areEqual: Bool) throws {
    func hash(_ text: String) throws -> UInt64 {
      let genes = try #require(Expression(parsing: text).genes(variables: ["a", "b"]))
      return genes.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { skeletonHash($0, count: genes.count) } ?? 0
      }
    }
    #expect((try hash(left) == hash(right)) == areEqual)
  }

  @Test("admission counts complexity, depth and nesting")
  func admission() throws {
    let table = try SearchExamples.table(rows: 10) { $0 + $1 }
    func admits(_ text: String, size: Int = 20, depth: Int = 10, inside: Int = 0) throws -> Bool {
      let vocabulary = try SearchExamples.vocabulary(
        table, size: size, depth: depth,
        nesting: [Vocabulary.NestingLimit(outer: .sin, inner: .sin, count: inside)])
      let genes = try #require(Expression(parsing: text).genes(variables: ["a", "b"]))
      return genes.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { vocabulary.admits($0, count: genes.count) } ?? false
      }
    }
    #expect(try admits("sin(a)+b"))
    #expect(try admits("sin(a)+b", size: 4))
    #expect(try !admits("sin(a)+b", size: 3))
    #expect(try admits("sin(a)+b", depth: 3))
    #expect(try !admits("sin(a)+b", depth: 2))
    #expect(try !admits("sin(a+exp(sin(b)))"))
    #expect(try admits("sin(a+exp(sin(b)))", inside: 1))
    // Side by side is not one inside the other.
    #expect(try admits("sin(a)+sin(b)"))
    #expect(try admits("sin(sin(a)+sin(b))", inside: 1))
    #expect(try !admits("sin(sin(sin(a)))", inside: 1))
  }
}

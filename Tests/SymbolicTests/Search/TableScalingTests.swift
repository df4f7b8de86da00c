import Symbolic
import Tensors
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite("Tables of very large and very small numbers")
struct TableScalingTests {
  private static func search(_ table: SearchTable) throws -> HallOfFame {
    let search = try IslandSearch(table, grammar: try Grammar(named: "general"), seed: 1)
    return search.run(
      budget: SearchBudget(evaluations: 200_000, targetLoss: 1e-24), threads: 2
    ).hallOfFame
  }

  @Test func `the force between charges in SI units`() throws {
    let table = try SearchExamples.table(
      "8.9875517862e9*q*Q/r^2", rows: 300,
      ranges: [("q", 1e-19...9e-19), ("Q", 1e-19...9e-19), ("r", 1e-11...9e-11)])
    let hall = try Self.search(table)
    let best = try #require(hall.front.last)
    // Rounding of the target is 1e-32 of its variation.
    #expect(1 - best.rSquared < 1e-24)
    let value = best.expression.evaluate(["q": 2e-19, "Q": 3e-19, "r": 5e-11])
    let expected = 8.9875517862e9 * 6e-38 / 25e-22
    #expect((value / expected - 1).magnitude < 1e-10)
  }

  @Test("a power law over hundreds of orders of magnitude", arguments: [1e-140, 1, 1e140])
  func wide(scale: Double) throws {
    var stream = RandomStream(seed: 3)
    let x = (0..<200).map { _ in pow(10, stream.uniform(-150, 0)) * scale }
    let y = x.map { 2.5e-5 * $0.squareRoot() }
    let hall = try Self.search(
      try SearchTable(variables: ["x"], columns: [x], targetName: "y", target: y))
    let best = try #require(hall.front.last)
    #expect(1 - best.rSquared < 1e-20)
    #expect(hall.front.allSatisfy { $0.loss.isFinite && $0.rSquared.isFinite })
  }

  @Test func `masses that are added keep one scale`() throws {
    let table = try SearchExamples.table(
      "x^2/(m + M)", rows: 300,
      ranges: [("x", 1...3), ("m", 1e-27...9e-27), ("M", 1e-27...9e-27)])
    let best = try #require(try Self.search(table).front.last)
    #expect(1 - best.rSquared < 1e-24)
  }

  @Test func `a target that cannot be squared is refused`() throws {
    #expect(throws: SearchError.targetMagnitude(name: "y", value: 3e200)) {
      try SearchTable(
        variables: ["x"], columns: [[1, 2, 3, 4]], targetName: "y",
        target: [1e200, 2e200, 3e200, 0])
    }
  }
}

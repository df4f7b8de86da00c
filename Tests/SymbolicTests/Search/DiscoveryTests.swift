import Foundation
import Symbolic
import Tensors
import Testing

@Suite("Discoveries of a search")
struct DiscoveryTests {
  /// Tables in which powers are divided out, groups found and variables reduced.
  enum Law: CaseIterable {
    case gravitation
    case planck

    func table() throws -> SearchTable {
      switch self {
      case .gravitation:
        try SearchExamples.table(
          "m*n/((b - a)^2 + (d - c)^2)", rows: 800, noise: 1e-3,
          ranges: [
            ("m", 1...2), ("n", 1...2), ("a", 3...4), ("b", 1...2), ("c", 3...4), ("d", 1...2),
          ])
      case .planck:
        try SearchExamples.table(
          "w^3/(exp(h*w/t) - 1)", rows: 800, noise: 1e-3,
          ranges: [("w", 1...3), ("h", 1...3), ("t", 1...3)])
      }
    }

    /// What the search has learnt at its end, so that the tests are about what they say.
    func check(_ search: IslandSearch) {
      #expect(!search.derived.isEmpty)
      switch self {
      case .gravitation:
        #expect(search.archipelago.divisors.contains([1, 1, 0, 0, 0, 0]))
        #expect(search.derived.contains { !$0.isMonomial })
      case .planck: #expect(search.derived.contains { $0.isMonomial })
      }
    }
  }

  private func search(_ law: Law) throws -> IslandSearch {
    let table = try law.table()
    return IslandSearch(
      table, vocabulary: try SearchExamples.vocabulary(table), options: SearchExamples.small,
      seed: 8)
  }

  @Test("do not depend on the number of threads", arguments: Law.allCases)
  func threads(law: Law) throws {
    let searches = try [1, 2, 4].map { threads in
      let search = try search(law)
      _ = search.run(budget: SearchBudget(evaluations: 12_000), threads: threads)
      law.check(search)
      return search
    }
    for other in searches.dropFirst() {
      #expect(other.hallOfFame == searches[0].hallOfFame)
      #expect(other.totalCounts == searches[0].totalCounts)
      #expect(other.state == searches[0].state)
    }
  }

  @Test("are saved and resumed", arguments: Law.allCases)
  func resume(law: Law) throws {
    let straight = try search(law)
    _ = straight.run(budget: SearchBudget(evaluations: 12_000), threads: 2)

    let first = try search(law)
    _ = first.run(budget: SearchBudget(evaluations: 6_000), threads: 2)
    law.check(first)
    let saved = try JSONEncoder().encode(first.state)
    let state = try JSONDecoder().decode(SearchState.self, from: saved)
    let table = try law.table()
    let second = try IslandSearch(
      table, vocabulary: try SearchExamples.vocabulary(table), resuming: state)
    #expect(second.derived == first.derived)
    #expect(second.archipelago.divisors == first.archipelago.divisors)
    _ = second.run(budget: SearchBudget(evaluations: 12_000), threads: 2)

    #expect(second.hallOfFame == straight.hallOfFame)
    #expect(second.totalCounts == straight.totalCounts)
    #expect(second.state == straight.state)
  }
}

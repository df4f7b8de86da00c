import Interpretability
import Testing

@Suite("Attribution of edges")
struct EdgeAttributionTests {
  @Test("integrated gradients of all edges sum to the whole difference")
  func completeness() throws {
    var search = try ConstructedNetwork.search(outputs: 1, hasParts: false, seed: 6)
    let misses = try CircuitObjective.allCases.map { objective in
      try [2, 4, 16].map { nodes in
        search.method = .integrated(nodes: nodes)
        return try #require(try search.attribution(to: objective).incompleteness)
      }
    }
    for miss in misses {
      // Gauss and Legendre's rule converges geometrically for the analytic functions that networks are.
      #expect(miss[1] < miss[0] && miss[2] < 1e-9)
    }
  }

  @Test("without the integral, scores are what weakening an edge a little does")
  func local() throws {
    var search = try ConstructedNetwork.search(outputs: 1, hasParts: false, seed: 7)
    search.method = .local
    let scores = try search.attribution(to: .equations).scores
    let graph = search.graph
    for edge in [0, 9, 30, 77] {
      var strengths = [Double](repeating: 1, count: graph.edgeCount)
      strengths[edge] = 1 - 1e-6
      // The damage of a weakening of 1e-6 is its slope, up to 1e-6 of curvature and 1e-10 of rounding.
      let slope = try search.damage(strengths: strengths, to: .equations) / 1e-6
      #expect(abs(slope - scores[edge]) < 1e-4 * (1 + scores[edge]))
    }
  }

  @Test("attribution finds the part that an equation is about")
  func parts() throws {
    let search = try ConstructedNetwork.search(outputs: 2, hasParts: true, seed: 8)
    let scores = try search.attribution(to: .equations).scores
    for (index, score) in scores.enumerated() {
      let edge = search.graph.edge(index)
      let isFirst =
        edge.layer == 0
        ? edge.target < 4
        : edge.source < 4 && (edge.layer == 1 ? edge.target < 4 : edge.target == 0)
      #expect((score > 0) == isFirst)
    }
  }
}

import Testing

import Reporting

@Suite("Circuits")
struct CircuitTests {
  private static let edges: [(source: String, target: String, strength: Double)] = [
    ("x", "layer0.neuron10", 0.5), ("t", "layer0.neuron2", -2), ("layer0.neuron2", "u", 1),
    ("layer0.neuron10", "layer2.neuron0", 0.25), ("layer2.neuron0", "u", .nan),
  ]

  @Test func `nodes lie in the layers that their names say`() throws {
    let graph = try #require(CircuitGraph(title: "c", edges: Self.edges))
    #expect(graph.layers == ["inputs", "layer0", "layer2", "outputs"])
    #expect(graph.nodes.map(\.name) == ["t", "x", "neuron2", "neuron10", "neuron0", "u"])
    #expect(graph.nodes.map(\.layer) == [0, 0, 1, 1, 2, 3])
    #expect(graph.title == "c: the 4 strongest of 5 edges", "one has no strength")
    for edge in graph.edges {
      #expect(graph.nodes[edge.source].layer < graph.nodes[edge.target].layer)
    }
    // Strengths of neuron 2 add up to 3, those of neuron 10 to 0.75.
    #expect(graph.nodes[2].weight == 1 && graph.nodes[3].weight == 0.25)
  }

  @Test func `the strongest edges are kept`() throws {
    let graph = try #require(CircuitGraph(title: "c", edges: Self.edges, atMost: 2))
    #expect(graph.edges.map(\.strength) == [-2, 1])
    #expect(graph.nodes.map(\.name) == ["t", "neuron2", "u"])
  }

  @Test func `nothing is no circuit`() {
    #expect(CircuitGraph(title: "c", edges: []) == nil)
    #expect(CircuitGraph(title: "c", edges: [("x", "u", .nan)]) == nil)
  }
}

import Interpretability
import Networks
import PINN
import Tensors
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite("Circuits")
struct CircuitTests {
  /// The edges of the part that makes the first output: from both inputs to neurons 0 to 3, between
  /// neurons 0 to 3, and from them.
  private func firstPart(_ graph: LayeredGraph) -> [Int] {
    (0..<graph.edgeCount).filter { index in
      let edge = graph.edge(index)
      switch edge.layer {
      case 0: return edge.target < 4
      case 1: return edge.target < 4 && edge.source < 4
      default: return edge.target == 0 && edge.source < 4
      }
    }
  }

  @Test("the part of a network that an equation is about is found, to the edge", arguments: [1, 2])
  func part(seed: UInt64) throws {
    let search = try ConstructedNetwork.search(outputs: 2, hasParts: true, seed: seed)
    // So little that no edge of the part can be spared.
    let circuit = try search.circuit(for: .equations, tolerance: 1e-9)
    #expect(circuit.edges == firstPart(search.graph))
    #expect(circuit.components.map(\.count) == [8])
    #expect(circuit.damage <= 1e-9)
    #expect(circuit.faithfulness >= 1 - 1e-9)
    // Without the part nothing of the equation is left; with it cut, all is as if all were cut.
    #expect(abs(circuit.complementDamage - 1) < 1e-9)
    #expect(try #require(circuit.minimality) > 1)
    #expect(circuit.randomDamage > 0.1)
  }

  @Test("two subnetworks are told apart, and of one there is one", arguments: [1, 2])
  func components(seed: UInt64) throws {
    let two = try ConstructedNetwork.search(outputs: 2, hasParts: true, seed: seed)
    let apart = try two.circuit(for: .solution, tolerance: 1e-6)
    #expect(apart.components.map(\.count) == [8, 8])
    let one = try ConstructedNetwork.search(outputs: 2, hasParts: false, seed: seed)
    let joined = try one.circuit(for: .solution, tolerance: 1e-6)
    #expect(joined.components.map(\.count) == [16])
  }

  @Test("a circuit keeps to its tolerance and cannot be made smaller", arguments: [0.02, 0.2])
  func tolerance(tolerance: Double) throws {
    let search = try ConstructedNetwork.search(outputs: 1, hasParts: false, seed: 3)
    let circuit = try search.circuit(for: .solution, tolerance: tolerance)
    #expect(circuit.damage <= tolerance)
    #expect(try #require(circuit.minimality) > 1)
    #expect(circuit.edges.count < circuit.total)
    // The definition, by the network that has the circuit's edges alone.
    let rest = Set(0..<circuit.total).subtracting(circuit.edges)
    #expect(try search.damage(cutting: rest, to: .solution) == circuit.damage)
  }

  @Test("a part that keeps the conditions is found where there is one, and only there")
  func subnetworks() throws {
    let apart = try SubnetworkStudy(
      ConstructedNetwork.search(outputs: 2, hasParts: true, seed: 4), share: 0.25)
    #expect(apart.overlap == 0)
    #expect(apart.verdict == .separate)
    // What is cut for one is not used by the other.
    #expect(try #require(apart.cutConditions).equations == 0)
    #expect(try #require(apart.cutEquations).conditions == 0)
    let joined = try SubnetworkStudy(
      ConstructedNetwork.search(outputs: 1, hasParts: false, seed: 4), share: 0.25)
    #expect(joined.overlap > joined.chanceHigh)
    #expect(joined.verdict == .shared || joined.verdict == .specialised)
    #expect(joined.ceiling >= joined.overlap && joined.ceiling < 1)
  }

  @Test("a neuron whose edges are cut is a neuron held at its mean")
  func cuts() throws {
    let search = try ConstructedNetwork.search(outputs: 1, hasParts: false, seed: 5)
    let solution = search.graph.solution
    let study = try InterventionStudy(
      solution, solving: ConstructedNetwork.problem(unknowns: "u", condition: "u"), rows: 1024,
      threads: 1)
    let site = solution.network.sites[0]
    let held = study.effect(
      of: [.set([3: study.means(of: site, by: .mean)[3]], at: site)], named: "held")
    let edges = (0..<search.graph.edgeCount).map { index in
      let edge = search.graph.edge(index)
      return !(edge.layer == 1 && edge.source == 3)
    }
    let cut = TrainedNetwork(
      network: solution.network, parameters: search.graph.parameters(keeping: edges),
      variables: solution.variables, unknowns: solution.unknowns)
    let points = [[0.1, 0.5, 0.9], [0.2, 0.3, 0.8]]
    let problem = try ConstructedNetwork.problem(unknowns: "u", condition: "u")
    func values(_ network: TrainedNetwork) -> [Double] {
      FieldEvaluator(network, points: points, threads: 1).values(
        of: .value(of: 0, in: problem), parameters: network.parameters)
    }
    let other = solution.intervened([
      .set([3: study.means(of: site, by: .mean)[3]], at: site)
    ])
    // The same sums in another order.
    for (left, right) in zip(values(cut), values(other)) { #expect(abs(left - right) < 1e-13) }
    #expect(try #require(held.changes[0]) > 0)
  }

  @Test("networks that are no layers of edges are refused")
  func refusal() throws {
    var design = NetworkDesign(hidden: [8, 8], outputs: 1, lower: [0, 0], upper: [1, 1])
    design.kind = .modifiedMultilayerPerceptron
    let network = Network(design)
    var random = RandomStream(seed: 1)
    let solution = TrainedNetwork(
      network: network, parameters: network.initialParameters(random: &random),
      variables: ["x", "y"], unknowns: ["u"])
    let problem = try ConstructedNetwork.problem(unknowns: "u", condition: "u")
    let error = #expect(throws: CircuitError.self) {
      try LayeredGraph(solution, solving: problem, threads: 1)
    }
    #expect(
      error?.description == "circuits are found in fully connected networks (mlp, fourier, siren), "
        + "this one is 'modified-mlp', where neurons are multiplied by each other")
  }

  @Test("factorised weights have the circuits of their products")
  func factorized() throws {
    let plain = try ConstructedNetwork.search(outputs: 1, hasParts: false, seed: 11)
    var design = plain.graph.solution.network.design
    design.isFactorized = true
    let network = Network(design)
    var parameters = [Double](repeating: 0, count: network.parameterCount)
    var random = RandomStream(seed: 3)
    for tensor in network.tensors where tensor.name.hasSuffix(".scale") {
      for place in tensor.range { parameters[place] = random.uniform(-1, 1) }
    }
    // W = diag(exp s) V: V has each row of W divided by exp s.
    for source in plain.graph.solution.network.tensors {
      let target = try #require(network.tensors.first { $0.name == source.name })
      let layer = source.name.prefix { $0 != "." }
      let scales = try #require(network.tensors.first { $0.name == "\(layer).scale" })
      let width = source.range.count / scales.range.count
      for (index, place) in source.range.enumerated() {
        let scale = exp(parameters[scales.range.lowerBound + index / width])
        parameters[target.range.lowerBound + index] =
          plain.graph.solution.parameters[place] / (source.name.hasSuffix(".weight") ? scale : 1)
      }
    }
    let problem = try ConstructedNetwork.problem(unknowns: "u", condition: "u")
    let solution = TrainedNetwork(
      network: network, parameters: parameters, variables: ["x", "y"], unknowns: ["u"])
    var search = CircuitSearch(
      try LayeredGraph(solution, solving: problem, threads: 1), solving: problem)
    search.rows = 100
    for edge in [0, 17, 60, search.graph.edgeCount - 1] {
      // exp and its quotient, each to a rounding.
      #expect(abs(search.graph.weight(of: edge) - plain.graph.weight(of: edge)) < 1e-14)
    }
    let (found, expected) = (
      try search.attribution(to: .equations), try plain.attribution(to: .equations)
    )
    // The same numbers by other roundings; a jet of second order has a few more of them.
    for (left, right) in zip(found.scores, expected.scores) {
      #expect(abs(left - right) < 1e-10 * (1 + right))
    }
    let half = (0..<search.graph.edgeCount).map { $0.isMultiple(of: 2) ? 1.0 : 0.3 }
    #expect(
      abs(
        try search.damage(strengths: half, to: .solution)
          - plain.damage(strengths: half, to: .solution)) < 1e-10)
  }
}

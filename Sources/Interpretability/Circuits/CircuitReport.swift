internal import Networks
public import RunStore

/// A circuit with every edge's scores, and whether conditions have a part of the network to themselves: what
/// `limbeck circuit` prints and writes.
public struct CircuitReport: Sendable {
  /// The circuit.
  public let circuit: Circuit

  /// The attributions to everything that the problem has.
  public let attributions: [EdgeAttribution]

  /// One study for each share of edges; none for problems without conditions or equations.
  public let subnetworks: [SubnetworkStudy]

  private let graph: LayeredGraph

  /// Takes a network apart.
  ///
  /// - Parameters:
  ///   - search: The network, and how edges are attributed.
  ///   - objective: What the circuit is to do.
  ///   - tolerance: The damage that is allowed, between 0 and 1.
  ///   - shares: The shares of edges that make the sets of conditions and equations.
  /// - Throws: ``CircuitError`` if there is nothing to compute.
  public init(
    _ search: CircuitSearch, objective: CircuitObjective, tolerance: Double,
    shares: [Double] = [0.05, 0.1, 0.2]
  ) throws {
    graph = search.graph
    circuit = try search.circuit(for: objective, tolerance: tolerance)
    let known = try CircuitObjective.allCases.filter { objective in
      do {
        _ = try search.outputs(objective)
        return true
      } catch is CircuitError {
        return false
      }
    }
    attributions = try known.map(search.attribution)
    subnetworks =
      known.contains(.conditions) && known.contains(.equations)
      ? try shares.map { try SubnetworkStudy(search, share: $0) } : []
  }

  /// The document that `limbeck circuit --json` prints.
  public var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    let components = circuit.components.map { part in
      JSONValue.array(part.map { .string("layer\($0.layer).neuron\($0.index)") })
    }
    return .object([
      .init("objective", .string(circuit.objective.rawValue)),
      .init("tolerance", .number(circuit.tolerance)),
      .init("edges", .integer(circuit.edges.count)), .init("total", .integer(circuit.total)),
      .init("damage", .number(circuit.damage)),
      .init("faithfulness", .number(circuit.faithfulness)),
      .init("complement_damage", .number(circuit.complementDamage)),
      .init("random_damage", .number(circuit.randomDamage)),
      .init("minimality", number(circuit.minimality)), .init("components", .array(components)),
      .init(
        "incompleteness",
        .object(
          attributions.map { .init($0.objective.rawValue, number($0.incompleteness)) })),
      .init("subnetworks", .array(subnetworks.map(\.json))),
    ])
  }

  /// Every edge: `layer,source,target,weight,in_circuit,solution,equations,conditions`, the last three its
  /// scores; those of what the problem has not are empty.
  public var edges: CSVDocument {
    var document = CSVDocument(
      header: ["layer", "source", "target", "weight", "in_circuit"]
        + CircuitObjective.allCases.map(\.rawValue))
    let present = Set(circuit.edges)
    for index in 0..<graph.edgeCount {
      let edge = graph.edge(index)
      let names = graph.names(of: edge)
      document.append(
        [
          .integer(edge.layer), .text(names.source), .text(names.target),
          .number(graph.weight(of: index)), .integer(present.contains(index) ? 1 : 0),
        ]
          + CircuitObjective.allCases.map { objective in
            attributions.first { $0.objective == objective }.map { .number($0.scores[index]) }
              ?? .empty
          })
    }
    return document
  }

  /// The studies of subnetworks, a row for each size.
  public var subnetworkTable: CSVDocument {
    var document = CSVDocument(header: [
      "edges", "overlap", "chance", "chance_low", "chance_high", "ceiling",
      "cut_conditions_harms_conditions", "cut_conditions_harms_equations",
      "cut_equations_harms_conditions", "cut_equations_harms_equations", "dissociation",
      "dissociation_low", "dissociation_high", "verdict",
    ])
    func number(_ value: Double?) -> CSVDocument.Field { value.map { .number($0) } ?? .empty }
    for study in subnetworks {
      document.append([
        .integer(study.size), .number(study.overlap), .number(study.chance),
        .number(study.chanceLow), .number(study.chanceHigh), .number(study.ceiling),
        number(study.cutConditions?.conditions), number(study.cutConditions?.equations),
        number(study.cutEquations?.conditions), number(study.cutEquations?.equations),
        number(study.dissociation), number(study.dissociationLow), number(study.dissociationHigh),
        .text(study.verdict.rawValue),
      ])
    }
    return document
  }

  /// Writes `circuit.json`, `circuit-edges.csv` and `subnetworks.csv`.
  ///
  /// - Parameter directory: A run opened for writing.
  /// - Throws: `FileError` if a file cannot be written.
  public func write(to directory: RunDirectory) throws(FileError) {
    try directory.write((json.text(.indented) + "\n").utf8, as: .study(.circuit, .json))
    try directory.write(edges.text.utf8, as: .study(.circuitEdges, .csv))
    try directory.write(subnetworkTable.text.utf8, as: .study(.subnetworks, .csv))
  }
}

extension SubnetworkStudy {
  /// The study as a member of ``CircuitReport/json``.
  var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    func harm(_ damage: Damage?) -> JSONValue {
      .object([
        .init("conditions", number(damage?.conditions)),
        .init("equations", number(damage?.equations)),
      ])
    }
    return .object([
      .init("edges", .integer(size)), .init("overlap", .number(overlap)),
      .init("chance", .number(chance)),
      .init("chance95", .array([.number(chanceLow), .number(chanceHigh)])),
      .init("ceiling", .number(ceiling)), .init("cut_conditions", harm(cutConditions)),
      .init("cut_equations", harm(cutEquations)), .init("dissociation", number(dissociation)),
      .init(
        "dissociation95", .array([number(dissociationLow), number(dissociationHigh)])),
      .init("verdict", .string(verdict.rawValue)),
    ])
  }
}

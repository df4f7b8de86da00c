internal import RunStore

/// The part of a network that does what the whole network does, as `circuit.json` and
/// `circuit-edges.csv` hold it.
public struct CircuitResults: Sendable, Equatable {
  /// What the circuit does as the whole network does: `solution`, `equations` or `conditions`.
  public let objective: String

  /// Number of weights in the circuit.
  public let size: Int

  /// Number of weights of the whole network.
  public let total: Int

  /// How far the circuit is from the whole network: 0 for no distance, 1 for a network without weights.
  public let damage: Double

  /// The same of the network without the circuit.
  public let complementDamage: Double?

  /// The same of random circuits of as many weights.
  public let randomDamage: Double?

  /// The strongest weights of the circuit.
  public let graph: CircuitGraph

  /// Reads a circuit.
  ///
  /// - Parameters:
  ///   - summary: The contents of `circuit.json`.
  ///   - edges: The contents of `circuit-edges.csv`.
  ///   - path: The run's name for errors.
  /// - Throws: ``ReportingError/malformed(path:detail:)``.
  public init(
    parsing summary: [UInt8], edges: [UInt8], path: String
  ) throws(ReportingError) {
    let document: JSONValue
    do {
      document = try JSONValue(parsing: summary)
    } catch {
      throw .malformed(path: "\(path)/circuit.json", detail: error.description)
    }
    guard let objective = document["objective"]?.text, let size = document["edges"]?.int,
      let total = document["total"]?.int, let damage = document["damage"]?.double
    else {
      throw .malformed(
        path: "\(path)/circuit.json",
        detail: "'objective', 'edges', 'total' or 'damage' is missing")
    }
    let file = "\(path)/circuit-edges.csv"
    let table = try NamedRecords(parsing: edges, path: file)
    try table.require("source", "target", "weight", "in_circuit", objective)
    var strengths: [(source: String, target: String, strength: Double)] = []
    for row in table.indices {
      guard try table.number("in_circuit", row) == 1, let source = table.text("source", row),
        let target = table.text("target", row), let weight = try table.number("weight", row),
        let score = try table.number(objective, row)
      else { continue }
      // Scores are lengths: which way an edge acts is the sign of its weight.
      strengths.append((source, target, weight < 0 ? -score : score))
    }
    guard
      let graph = CircuitGraph(title: "Circuit for the \(objective)", edges: strengths)
    else { throw .malformed(path: file, detail: "no weight is in the circuit") }
    self.objective = objective
    self.size = size
    self.total = total
    self.damage = damage
    complementDamage = document["complement_damage"]?.double
    randomDamage = document["random_damage"]?.double
    self.graph = graph
  }
}

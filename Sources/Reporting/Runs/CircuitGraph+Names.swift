extension CircuitGraph {
  /// Lays out edges between nodes that are named as `limbeck` names them: `x`, `layer0.neuron5`, `u`.
  ///
  /// Inputs are what only acts, outputs what is only acted on. A node matters as much as the strengths
  /// of its edges add up to.
  ///
  /// - Parameters:
  ///   - title: What the circuit computes.
  ///   - edges: Names and strengths; those that are not finite are left out.
  ///   - limit: The largest number of edges; the strongest are kept.
  public init?(
    title: String, edges: [(source: String, target: String, strength: Double)],
    atMost limit: Int = 80
  ) {
    let kept = edges.filter { $0.strength.isFinite && $0.source != $0.target }
      .sorted { abs($0.strength) > abs($1.strength) }.prefix(limit)
    guard !kept.isEmpty else { return nil }
    let targets = Set(kept.map(\.target))
    var hidden: Set<Int> = []
    for edge in kept {
      hidden.formUnion([edge.source, edge.target].compactMap(Self.hiddenLayer))
    }
    let depth = hidden.sorted()
    func layer(_ name: String) -> Int {
      if let number = Self.hiddenLayer(name) { return 1 + (depth.firstIndex(of: number) ?? 0) }
      return targets.contains(name) ? depth.count + 1 : 0
    }
    var weights: [String: Double] = [:]
    for edge in kept {
      for name in [edge.source, edge.target] { weights[name, default: 0] += abs(edge.strength) }
    }
    let greatest = weights.values.max() ?? 1
    let names = weights.keys.sorted { (layer($0), Self.order($0)) < (layer($1), Self.order($1)) }
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    self.init(
      title: kept.count < edges.count
        ? "\(title): the \(kept.count) strongest of \(edges.count) edges" : title,
      layers: ["inputs"] + depth.map { "layer\($0)" } + ["outputs"],
      nodes: names.map { name in
        Node(
          name: name.split(separator: ".").last.map(String.init) ?? name, layer: layer(name),
          weight: greatest > 0 ? (weights[name] ?? 0) / greatest : 0)
      },
      edges: kept.compactMap { edge in
        guard let source = places[edge.source], let target = places[edge.target] else {
          return nil
        }
        return Edge(from: source, to: target, strength: edge.strength)
      })
  }

  /// The number of a name such as `layer1.neuron5`; nil for inputs and outputs.
  private static func hiddenLayer(_ name: String) -> Int? {
    let parts = name.split(separator: ".")
    guard parts.count > 1, parts[0].hasPrefix("layer") else { return nil }
    return Int(parts[0].dropFirst("layer".count))
  }

  /// Names of one kind by their numbers.
  private static func order(_ name: String) -> String {
    let letters = String(name.reversed().drop(while: \.isNumber).reversed())
    let digits = name.dropFirst(letters.count)
    return letters + String(repeating: "0", count: max(0, 9 - digits.count)) + digits
  }
}

/// All the ways found so far of writing a formula, sharing what they have in common.
///
/// An e-graph holds classes of equal parts. A node is an operation whose operands are classes, not
/// nodes, so that a few hundred of them stand for millions of formulas. Rules only ever add: the
/// left side stays beside the right one, and the order of application does not matter. Which form
/// reads best is decided at the end, by ``Reader``.
///
/// Sums and products are nodes of any number of operands with numbers as coefficients and exponents:
///
///     k₀ + Σ kᵢ·cᵢ        Π cᵢ^kᵢ
///
/// in which like operands are collected. Associativity, commutativity, subtraction, division, roots
/// and the folding of numbers need no rules then; in a graph of binary nodes these alone would make
/// a product of nine factors exceed any limit.
///
/// Source: Willsey et al., "egg: Fast and extensible equality saturation", POPL 2021,
/// doi:10.1145/3434304.
struct EGraph {
  typealias ClassID = Int32

  /// An operand of a sum with its coefficient, or of a product with its exponent.
  struct Part: Hashable {
    var id: ClassID
    var number: Coefficient
  }

  /// One way to compute a class.
  enum Node: Hashable {
    case number(Coefficient)
    case symbol(Symbol)
    case pi
    /// A number plus a sum of multiples of classes, ordered by class.
    case sum(Coefficient, [Part])
    /// A product of powers of classes, ordered by class.
    case product([Part])
    case function(Operator, [ClassID])
  }

  /// Equal parts of formulas.
  struct Class {
    var nodes: [Node]
    var bounds: Bounds
    /// The number that the class is, if it is one.
    var number: Coefficient?
    /// The value of a class without names, such as √2·π.
    var value: Double?
    /// The class as a multiple of another, if a way is known.
    var scale: Part?
  }

  /// The most nodes; beyond it rules are no longer applied.
  let nodeLimit: Int

  /// What the names may stand for.
  let domain: [Symbol: Bounds]

  fileprivate(set) var classes: [Class] = []
  private(set) var nodeCount = 0

  /// The functions that occur anywhere.
  private(set) var functions: Set<Operator> = []
  private var parents: [ClassID] = []
  private var known: [Node: ClassID] = [:]
  private var pending: [(ClassID, ClassID)] = []

  init(domain: [Symbol: Bounds], nodeLimit: Int) {
    self.domain = domain
    self.nodeLimit = nodeLimit
  }

  var isFull: Bool { nodeCount >= nodeLimit }

  /// The representative of a class.
  func find(_ id: ClassID) -> ClassID {
    var id = id
    while parents[Int(id)] != id { id = parents[Int(id)] }
    return id
  }

  subscript(id: ClassID) -> Class { classes[Int(find(id))] }

  /// All representatives, oldest first.
  var representatives: [ClassID] {
    parents.indices.lazy.map(ClassID.init).filter { parents[Int($0)] == $0 }
  }

  // MARK: Adding

  /// The class of a node whose operands are in order, a new one if it is not yet known.
  mutating func insert(_ node: Node) -> ClassID {
    if let id = known[node] { return find(id) }
    let id = ClassID(classes.count)
    classes.append(
      Class(
        nodes: [node], bounds: bounds(of: node), number: number(of: node), value: value(of: node),
        scale: scale(of: node)))
    parents.append(id)
    known[node] = id
    nodeCount += 1
    if case .function(let operation, _) = node { functions.insert(operation) }
    return id
  }

  private func number(of node: Node) -> Coefficient? {
    if case .number(let number) = node { number } else { nil }
  }

  private func scale(of node: Node) -> Part? {
    guard case .sum(let constant, let parts) = node, constant.isZero, parts.count == 1 else {
      return nil
    }
    return parts[0]
  }

  private func value(of node: Node) -> Double? {
    switch node {
    case .number(let number): return number.value
    case .symbol: return nil
    case .pi: return .pi
    case .sum(let constant, let parts):
      return parts.reduce(constant.value) { sum, part in
        guard let sum, let value = self[part.id].value else { return nil }
        return sum + part.number.value * value
      }
    case .product(let parts):
      return parts.reduce(1.0) { product, part in
        guard let product, let value = self[part.id].value else { return nil }
        return product * Operator.power(value, part.number.value)
      }
    case .function(let operation, let operands):
      let values = operands.compactMap { self[$0].value }
      guard values.count == operands.count else { return nil }
      return operation(values[0], values.count > 1 ? values[1] : .nan)
    }
  }

  private func bounds(of node: Node) -> Bounds {
    switch node {
    case .number(let number): return Bounds(number.value)
    case .symbol(let symbol): return domain[symbol] ?? .everything
    case .pi: return Bounds(Interval(Double.pi.nextDown, Double.pi.nextUp))
    case .sum(let constant, let parts):
      return parts.reduce(Bounds(constant.value)) {
        $0 + Bounds($1.number.value) * self[$1.id].bounds
      }
    case .product(let parts):
      return parts.reduce(Bounds(1)) { $0 * self[$1.id].bounds.raised(to: $1.number) }
    case .function(.power, let operands):
      return self[operands[0]].bounds.isPositive ? .positive : .everything
    case .function(let operation, let operands):
      return operands.count == 1 ? .of(operation, self[operands[0]].bounds) : .everything
    }
  }

  // MARK: Merging

  /// States that two classes are equal; takes effect with ``rebuild()``.
  mutating func merge(_ a: ClassID, _ b: ClassID) {
    if find(a) != find(b) { pending.append((a, b)) }
  }

  /// Unites the classes stated to be equal, and those whose nodes have become alike.
  ///
  /// - Returns: Whether anything changed.
  @discardableResult
  mutating func rebuild() -> Bool {
    var hasChanged = false
    // Each round may make nodes alike that were not; a few rounds do for graphs of this size.
    for _ in 0..<4 {
      guard unitePending() else { break }
      hasChanged = true
      for id in representatives { renew(id) }
    }
    _ = unitePending()
    return hasChanged
  }

  private mutating func unitePending() -> Bool {
    var hasChanged = false
    let stated = pending
    pending = []
    for (a, b) in stated {
      let (a, b) = (find(a), find(b))
      if a == b { continue }
      let (kept, dropped) = (Int(min(a, b)), Int(max(a, b)))
      parents[dropped] = ClassID(kept)
      let other = classes[dropped]
      classes[dropped].nodes = []
      classes[kept].nodes += other.nodes
      classes[kept].bounds = classes[kept].bounds.intersection(other.bounds)
      classes[kept].number = classes[kept].number ?? other.number
      classes[kept].value = classes[kept].value ?? other.value
      classes[kept].scale = classes[kept].scale ?? other.scale
      hasChanged = true
    }
    return hasChanged
  }

  /// Writes the nodes of a class with the representatives of today.
  private mutating func renew(_ id: ClassID) {
    let old = classes[Int(id)].nodes
    var nodes: [Node] = []
    var seen: Set<Node> = []
    for node in old {
      let canonical = canonical(node)
      if canonical == node {
        if seen.insert(node).inserted { nodes.append(node) }
        classes[Int(id)].bounds = classes[Int(id)].bounds.intersection(bounds(of: node))
        guard hasChangedOperands(node) else { continue }
      }
      // The node found again, or what has become of it, belongs to this class.
      merge(build(canonical), id)
    }
    nodeCount += nodes.count - old.count
    classes[Int(id)].nodes = nodes
  }

  /// Whether an operand has become a number or a multiple, which its node should take up.
  private func hasChangedOperands(_ node: Node) -> Bool {
    switch node {
    case .number, .symbol, .pi: false
    case .sum(_, let parts), .product(let parts):
      parts.contains { self[$0.id].number != nil || self[$0.id].scale != nil }
    case .function(_, let operands): operands.contains { self[$0].number != nil }
    }
  }

  /// A node with representatives for operands, not otherwise changed.
  private func canonical(_ node: Node) -> Node {
    switch node {
    case .number, .symbol, .pi: node
    case .sum(let constant, let parts):
      .sum(constant, parts.map { Part(id: find($0.id), number: $0.number) })
    case .product(let parts): .product(parts.map { Part(id: find($0.id), number: $0.number) })
    case .function(let operation, let operands): .function(operation, operands.map(find))
    }
  }

  /// The class of a node, by the rules of sums and products.
  private mutating func build(_ node: Node) -> ClassID {
    switch node {
    case .number, .symbol, .pi: insert(node)
    case .sum(let constant, let parts): sum(constant, parts)
    case .product(let parts): product(parts)
    case .function(let operation, let operands): function(operation, operands)
    }
  }
}

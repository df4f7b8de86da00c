/// The branch and bound behind ``Expression/domainSafety(over:limit:)``.
struct DomainInspector {
  /// A set for each of ``names``.
  private typealias Box = [Interval]

  /// The relative width at which halving ends: what is in doubt there stays so.
  private static let leastWidth = 0x1p-40

  private let formula: Expression
  private let names: [Symbol]
  private let whole: Box

  /// For each node the names that its subtree depends on, as indices.
  private let dependence: [[Int]]

  /// For each node with poles at zeros of an operand, the subtrees of which one vanishes there.
  private let zeros: [Int: [Int]]

  init(_ formula: Expression, _ box: [Symbol: Interval]) {
    let formula = formula.preparedForInspection()
    self.formula = formula
    let names = formula.symbols
    self.names = names
    whole = names.map { box[$0] ?? .whole }
    let nodes = formula.nodes
    dependence = nodes.indices.map { index in
      let used = Set(nodes[(index + 1 - nodes[index].length)...index].compactMap(\.symbol))
      return names.indices.filter { used.contains(names[$0]) }
    }
    var zeros: [Int: [Int]] = [:]
    for (index, node) in nodes.enumerated() {
      switch node.operation {
      case .divide, .reciprocal, .log, .mod: zeros[index] = Self.zeros(of: index - 1, nodes)
      case .power where nodes[index - 1].operation == .constant:
        zeros[index] = Self.zeros(of: index - 2, nodes)
      default: break
      }
    }
    self.zeros = zeros
  }

  mutating func inspect(limit: Int) -> DomainSafety {
    // An empty side has no point that could be unsafe.
    if whole.contains(where: \.isEmpty) { return .safe }
    var pending = [whole]
    var isProved = true
    var count = 0
    // Breadth first, so that an unsafe place is not missed behind a doubtful corner.
    while count < pending.count {
      guard count < limit else { return .unknown }
      let box = pending[count]
      count += 1
      let enclosures = enclosures(box)
      guard let doubt = doubt(enclosures) else { continue }
      if isUnsafe(doubt, enclosures, box) {
        return .unsafe(
          where: Dictionary(uniqueKeysWithValues: zip(names, box)),
          part: formula.subtree(endingAt: doubt))
      }
      if let place = unsafePoint(in: box) { return place }
      guard let (left, right) = halves(of: box, because: doubt) else {
        isProved = false
        continue
      }
      pending += [left, right]
    }
    return isProved ? .safe : .unknown
  }

  /// What is known of every subtree on a box.
  private func enclosures(_ box: Box) -> [Enclosure] {
    var result: [Enclosure] = []
    result.reserveCapacity(formula.nodes.count)
    for (index, node) in formula.nodes.enumerated() {
      var operands: [Enclosure] = []
      if node.arity > 1 { operands.append(result[index - 1 - formula.nodes[index - 1].length]) }
      if node.arity > 0 { operands.append(result[index - 1]) }
      result.append(
        node.enclosure(operands[...]) { symbol in
          names.firstIndex(of: symbol).map { box[$0] } ?? .whole
        })
    }
    return result
  }

  /// Whether the doubtful node has a pole or no value somewhere in the box for certain.
  private func isUnsafe(_ node: Int, _ enclosures: [Enclosure], _ box: Box) -> Bool {
    if enclosures[node].certainty == .undefined { return true }
    guard let zeros = zeros[node] else { return false }
    if mayBeRemovable(node, enclosures) { return false }
    let candidates = zeros.filter {
      enclosures[$0].certainty == .continuous && enclosures[$0].range.contains(0)
    }
    guard !candidates.isEmpty else { return false }
    let corners = corners(of: box).map(self.enclosures)
    return candidates.contains { candidate in
      corners.contains { $0[candidate].range.upper < 0 }
        && corners.contains { $0[candidate].range.lower > 0 }
    }
  }

  /// The lower and the upper corner of the box, and those that differ from one of them in one name.
  private func corners(of box: Box) -> [Box] {
    let lower = box.map { Interval($0.lower) }
    let upper = box.map { Interval($0.upper) }
    var result = [lower, upper]
    guard box.count > 1 else { return result }
    for side in box.indices {
      for (corner, other) in [(lower, upper), (upper, lower)] {
        result.append(corner)
        result[result.count - 1][side] = other[side]
      }
    }
    return result
  }

  /// The innermost node to blame for a formula that is not safe; nil if it is.
  private func doubt(_ enclosures: [Enclosure]) -> Int? {
    var index = enclosures.count - 1
    if enclosures[index].isSafe { return nil }
    while true {
      let node = formula.nodes[index]
      var operands = node.arity > 0 ? [index - 1] : []
      if node.arity > 1 { operands.insert(index - 1 - formula.nodes[index - 1].length, at: 0) }
      // The value of a condition that may fail need not exist: the condition is to blame.
      if node.operation == .cond, enclosures[operands[0]].range.lower <= 0 {
        operands.removeLast()
      }
      guard let next = operands.first(where: { !enclosures[$0].isSafe }) else { return index }
      index = next
    }
  }

  /// Whether the node is a quotient whose dividend may vanish too.
  private func mayBeRemovable(_ node: Int, _ enclosures: [Enclosure]) -> Bool {
    formula.nodes[node].operation == .divide
      && enclosures[node - 1 - formula.nodes[node - 1].length].range.contains(0)
  }

  /// A corner or the centre of the box where the formula has no value.
  private func unsafePoint(in box: Box) -> DomainSafety? {
    let points = [box.map(\.lower), box.map(\.upper), box.map(\.middle)]
    for point in points where point.allSatisfy(\.isFinite) {
      let place = point.map { Interval($0) }
      let enclosures = enclosures(place)
      if enclosures.last?.certainty == .undefined, let node = doubt(enclosures),
        !mayBeRemovable(node, enclosures)
      {
        return .unsafe(
          where: Dictionary(uniqueKeysWithValues: zip(names, place)),
          part: formula.subtree(endingAt: node))
      }
    }
    return nil
  }

  /// The box cut in two, across the relatively widest side that the doubtful node depends on.
  private func halves(of box: Box, because node: Int) -> (Box, Box)? {
    // Sides are compared with the original ones, so that units do not matter.
    let sides = dependence[node].map { side in
      let original = whole[side].width
      return (side, width: original.isFinite ? box[side].width / original : box[side].width)
    }
    guard let (side, width) = sides.max(by: { $0.width < $1.width }), width > Self.leastWidth
    else { return nil }
    let (lower, upper) = box[side].halves
    var left = box
    var right = box
    left[side] = lower
    right[side] = upper
    return (left, right)
  }

  /// Subtrees of which one vanishes where a subtree does, and the other way round.
  private static func zeros(of index: Int, _ nodes: [Expression.Node]) -> [Int] {
    switch nodes[index].operation {
    case .negate, .square, .cube, .sqrt, .cbrt, .abs, .sinh, .tanh, .atan, .asin, .erf:
      zeros(of: index - 1, nodes)
    case .multiply:
      zeros(of: index - 1 - nodes[index - 1].length, nodes) + zeros(of: index - 1, nodes)
    case .power where nodes[index - 1].value > 0: zeros(of: index - 2, nodes)
    default: [index]
    }
  }
}

extension Expression {
  /// The formula in a form that shows more to interval arithmetic.
  ///
  /// `x*x` is never negative, which the product of two unrelated sets does not show; the poles of
  /// the tangent are where the cosine changes its sign.
  fileprivate func preparedForInspection() -> Expression {
    fold { (node, operands: ArraySlice<Expression>) in
      guard let first = operands.first, let last = operands.last else {
        return Expression(unchecked: [node])
      }
      switch node.operation {
      case .tan: return sin(first) / cos(first)
      case .multiply where first == last: return Expression(.square, first)
      default:
        return node.arity == 1
          ? Expression(node.operation, first) : Expression(node.operation, first, last)
      }
    }
  }
}

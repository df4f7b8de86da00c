import Networks
import RunStore

/// How a recipe's learning rate decays.
private enum DecayKind: String, CaseIterable {
  case constant
  case exponential
  case cosine
}

extension LearningRate {
  /// Reads a number, or a map such as `{start: 1e-3, warmup: 100, decay: cosine, steps: 5000}`.
  ///
  /// - Parameters:
  ///   - node: The value of `learning_rate`.
  ///   - limit: The limits of numbers of steps.
  ///   - steps: How long the rate is used, where that is known.
  /// - Throws: ``RecipeError`` with the line.
  init(
    reading node: RecipeNode, steps limit: ClosedRange<Int>, lasting steps: Int?
  ) throws(RecipeError) {
    guard node.isMap else {
      self.init(try node.positiveNumber())
      return
    }
    let section = try node.section([
      "start", "warmup", "decay", "factor", "every", "end", "steps",
    ])
    self.init(1e-3)
    if let value = section["start"] { start = try value.positiveNumber() }
    if let value = section["warmup"] { warmup = try value.integer(limit) }
    let kind: DecayKind? = try section["decay"]?.choice(of: DecayKind.self)
    let own = [
      "factor": DecayKind.exponential, "every": .exponential, "end": .cosine, "steps": .cosine,
    ]
    for (key, owner) in own.sorted(by: { $0.key < $1.key }) where kind != owner {
      guard let value = section[key] else { continue }
      throw value.outOfRange(expected: "nothing: it belongs to 'decay: \(owner.rawValue)'")
    }
    switch kind ?? .constant {
    case .constant: break
    case .exponential:
      let factor = try section["factor"]?.positiveNumber() ?? 0.9
      decay = .exponential(factor: factor, interval: try section["every"]?.integer(limit) ?? 1000)
    case .cosine:
      let end = try section["end"]?.positiveNumber() ?? start * 1e-3
      let length = try section["steps"]?.integer(limit) ?? steps.map { $0 - warmup }
      guard let length, length > 0 else {
        throw node.error(.missingKey("steps", place: node.place))
      }
      decay = .cosine(end: end, steps: length)
    }
  }
}

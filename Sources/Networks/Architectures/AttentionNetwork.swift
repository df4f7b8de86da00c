/// A network whose layers let their parts attend to one another.
///
/// A layer's w units are T tokens of d = w/T numbers. From queries, keys and values, each a dense
/// function of the layer, token t receives `Σₛ softmaxₛ(qₜ · kₛ / √d) vₛ`, which is added to it; a dense
/// layer with an activation follows. Scaled dot-product attention: Vaswani et al. (2017),
/// [doi:10.48550/arXiv.1706.03762](https://doi.org/10.48550/arXiv.1706.03762); here within the features of
/// one point rather than between points, so that derivatives stay local.
enum AttentionNetwork: Architecture {
  static let options: Set<NetworkOption> = [.activation, .tokens]

  static func check(
    hidden: [Int], features: Int, tokens: Int
  ) throws(NetworkDesignError) {
    // The last layer feeds the outputs and is not split.
    guard hidden.dropLast().allSatisfy({ $0.isMultiple(of: tokens) }) else {
      throw NetworkDesignError(
        option: .hidden, found: "\(hidden)",
        expected: "multiples of the \(tokens) tokens of attention")
    }
    guard hidden.count > 1 else {
      throw NetworkDesignError(
        option: .hidden, found: "\(hidden)",
        expected: "two layers or more: attention stands between them")
    }
  }

  static func build(_ design: NetworkDesign, in graph: inout LayerGraph) {
    var units = graph.embed(design)
    for (l, width) in design.hidden.enumerated() {
      if l > 0 { units = graph.attend(units, tokens: design.tokens, name: "layer\(l)") }
      units = graph.layer(
        units, units: width, activation: design.activations[l], name: "layer\(l)")
      units = graph.site("layer\(l)", units)
    }
    _ = graph.dense(units, units: design.outputs, name: "layer\(design.hidden.count)")
  }
}

extension LayerGraph {
  /// Adds attention between the tokens of a layer.
  fileprivate mutating func attend(
    _ units: LayerSlice, tokens: Int, name: String
  ) -> LayerSlice {
    let size = units.units / tokens
    let queries = dense(units, units: units.units, name: "\(name).query")
    let keys = dense(units, units: units.units, name: "\(name).key")
    let values = dense(units, units: units.units, name: "\(name).value")
    let pairs = (0..<tokens).flatMap { t in (0..<tokens).map { s in (t, s) } }
    let scores = products(
      queries, keys, units: pairs.count,
      runs: pairs.enumerated().map { pair, tokens in
        .init(
          count: size, left: tokens.0 * size, right: tokens.1 * size, output: pair, outputStep: 0)
      })
    let weights = softmax(scores, groups: tokens, scale: 1 / Double(size).squareRoot())
    return products(
      weights, values, units: units.units, base: units,
      runs: pairs.enumerated().map { pair, tokens in
        .init(
          count: size, left: pair, leftStep: 0, right: tokens.1 * size, output: tokens.0 * size)
      })
  }

  /// Adds the softmax of groups of units of equal size.
  private mutating func softmax(_ scores: LayerSlice, groups: Int, scale: Double) -> LayerSlice {
    let (count, size) = (scores.units, scores.units / groups)
    func inGroup(_ value: (Int, Int) -> Double) -> [Double] {
      (0..<count).flatMap { i in (0..<count).map { i / size == $0 / size ? value(i, $0) : 0 } }
    }
    // The softmax does not change when the mean is subtracted, and large scores do not overflow.
    let centred = map(
      scores, weights: inGroup { scale * (($0 == $1 ? 1 : 0) - 1 / Double(size)) },
      biases: Array(repeating: 0, count: count))
    let exponentials = apply(.exponential, to: centred)
    let sums = map(
      exponentials,
      weights: (0..<groups).flatMap { g in (0..<count).map { $0 / size == g ? 1.0 : 0 } },
      biases: Array(repeating: 0, count: groups))
    let inverses = apply(.reciprocal, to: sums)
    return products(
      exponentials, inverses, units: count,
      runs: (0..<groups).map {
        .init(count: size, left: $0 * size, right: $0, rightStep: 0, output: $0 * size)
      })
  }
}

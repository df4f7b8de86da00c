internal import Tensors

/// Finds directions that a dictionary lacks.
///
/// What the reconstruction leaves of a sample is, beside noise, made of features that no direction
/// stands for: along those the residuals have a heavy tail. From a residual drawn with a probability
/// proportional to its fourth power, the fixed-point iteration
///
/// ```
/// v ← Σ_b max(0, r_b · v)³ r_b,   v ← v / ‖v‖
/// ```
///
/// climbs to such a direction: FastICA's cubic rule, Hyvärinen & Oja (1997),
/// [doi:10.1162/neco.1997.9.7.1483](https://doi.org/10.1162/neco.1997.9.7.1483), on one side of zero.
/// Where one and the same feature is active in most of the tail, that feature stands for two true ones
/// and the residuals only tell them apart; then its part is added back, and the direction is one of the
/// two.
struct ResidualPursuit {
  /// What is left of each sample, `[rows, outputWidth]`; found directions are taken out.
  private var residuals: Matrix<Float>

  /// The samples without the output's bias, `[rows, inputWidth]`.
  private let inputs: Matrix<Float>

  /// The active features of each sample.
  private let codes: [[Activity]]

  /// A feature and its activation.
  typealias Activity = (feature: Int, value: Float)

  /// A direction to decode to, and one to encode with.
  typealias Directions = (decoder: [Float], encoder: [Float])

  private static let iterations = 12

  /// Directions that are tried for one feature.
  private static let attempts = 30

  /// A feature stands for directions whose cosine with its own exceeds this.
  private static let known: Float = 0.7

  init(residuals: Matrix<Float>, inputs: Matrix<Float>, codes: [[Activity]]) {
    self.residuals = residuals
    self.inputs = inputs
    self.codes = codes
  }

  /// The next direction.
  ///
  /// - Parameters:
  ///   - parameters: The present decoder.
  ///   - random: Where the iteration begins.
  /// - Returns: Unit vectors; nil where nothing is left.
  mutating func next(
    _ parameters: ParameterArray, _ random: inout RandomStream
  ) -> Directions? {
    for _ in 0..<Self.attempts {
      guard let (found, isNew) = climb(parameters, &random) else { return nil }
      if isNew { return found }
    }
    return nil
  }

  /// A direction, and whether no feature stands for it yet.
  private mutating func climb(
    _ parameters: ParameterArray, _ random: inout RandomStream
  ) -> (Directions, isNew: Bool)? {
    guard let start = draw(&random) else { return nil }
    var direction = residuals.row(start)
    scaleToUnit(&direction, count: direction.count)
    var tail = tailWeights(direction)
    for _ in 0..<Self.iterations {
      direction = Self.weightedSum(residuals, tail.weights)
      scaleToUnit(&direction, count: direction.count)
      tail = tailWeights(direction)
    }
    var decoder = Self.weightedSum(residuals, tail.weights)
    if let partner = partner(tail.weights) {
      let share = partner.value
      let row = parameters.decoderRow(partner.feature)
      for i in decoder.indices { decoder[i] += share * row[i] }
    }
    scaleToUnit(&decoder, count: decoder.count)
    var encoder = decoder
    if !parameters.layout.centresInput {
      encoder = Self.weightedSum(inputs, tail.weights)
      scaleToUnit(&encoder, count: encoder.count)
    }
    remove(direction, tail.projections)
    return ((decoder, encoder), parameters.largestCosine(with: direction) < Self.known)
  }

  private func draw(_ random: inout RandomStream) -> Int? {
    let (rows, width) = (residuals.rows, residuals.columns)
    let weights = residuals.withUnsafePointer { residuals in
      (0..<rows).map { row in
        let residual = residuals + row * width
        let square = innerProduct(residual, residual, count: width)
        return square * square
      }
    }
    let total = weights.reduce(0, +)
    guard total > 0, total.isFinite else { return nil }
    var place = random.uniform() * total
    var row = 0
    while row + 1 < rows, place >= weights[row] {
      place -= weights[row]
      row += 1
    }
    return row
  }

  /// The projections on a direction, and the cubes of the positive ones.
  private func tailWeights(_ direction: [Float]) -> (projections: [Float], weights: [Float]) {
    let (rows, width) = (residuals.rows, residuals.columns)
    var projections = [Float](repeating: 0, count: rows)
    residuals.withUnsafePointer {
      Float.gemv(
        transpose: false, m: rows, n: width, alpha: 1, a: $0, lda: width, x: direction, beta: 0,
        y: &projections)
    }
    return (projections, projections.map { $0 > 0 ? $0 * $0 * $0 : 0 })
  }

  private static func weightedSum(_ table: Matrix<Float>, _ weights: [Float]) -> [Float] {
    var sum = [Float](repeating: 0, count: table.columns)
    table.withUnsafePointer {
      Float.gemv(
        transpose: true, m: table.rows, n: table.columns, alpha: 1, a: $0, lda: table.columns,
        x: weights, beta: 0, y: &sum)
    }
    return sum
  }

  /// The feature that is active in more than half of the tail, and its weighted activation there.
  private func partner(_ weights: [Float]) -> Activity? {
    var mass: [Int: (weight: Float, activation: Float)] = [:]
    var total: Float = 0
    for (row, weight) in weights.enumerated() where weight > 0 {
      total += weight
      for (feature, value) in codes[row] {
        let known = mass[feature] ?? (0, 0)
        mass[feature] = (known.weight + weight, known.activation + weight * value)
      }
    }
    // At most one feature of a sparse code is expected there; of several the first is as good as any.
    let found = mass.filter { $0.value.weight > total / 2 }.keys.min()
    return found.flatMap { feature in mass[feature].map { (feature, $0.activation) } }
  }

  private mutating func remove(_ direction: [Float], _ projections: [Float]) {
    let (rows, width) = (residuals.rows, residuals.columns)
    residuals.withUnsafeMutablePointer { residuals in
      for row in 0..<rows where projections[row] > 0 {
        for i in 0..<width { residuals[row * width + i] -= projections[row] * direction[i] }
      }
    }
  }
}

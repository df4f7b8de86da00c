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
/// and the residuals only tell them apart; then its part is added back, and each of the two gets a
/// feature: left to themselves, the old one would stay between them.
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
  struct Directions {
    var decoder: [Float]
    var encoder: [Float]
  }

  /// Where a dead feature starts anew, and where the feature does that stood for two.
  struct Finding {
    var directions: Directions
    var partner: (feature: Int, directions: Directions)?
  }

  private static let iterations = 12

  /// Climbs from different samples, the highest of which counts.
  private static let starts = 2

  /// How often a direction that some feature already stands for is taken out, to look for another.
  private static let rounds = 5

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
  /// - Returns: Unit vectors; nil where no feature is missing.
  mutating func next(
    _ parameters: ParameterArray, _ random: inout RandomStream
  ) -> Finding? {
    for _ in 0..<Self.rounds {
      let climbs = (0..<Self.starts).compactMap { _ in climb(&random) }
      guard let best = climbs.max(by: { $0.weight < $1.weight }) else { return nil }
      let found = finding(best, parameters)
      remove(best)
      if parameters.largestCosine(with: best.direction) < Self.known { return found }
    }
    return nil
  }

  /// A direction, the samples' projections on it and the cubes of the positive ones.
  private struct Climb {
    var direction: [Float]
    var projections: [Float] = []
    var weights: [Float] = []

    /// The fourth moment of the tail.
    var weight: Float { zip(projections, weights).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  private func climb(_ random: inout RandomStream) -> Climb? {
    guard let start = draw(&random) else { return nil }
    var climb = Climb(direction: residuals.row(start))
    scaleToUnit(&climb.direction, count: climb.direction.count)
    project(&climb)
    for _ in 0..<Self.iterations {
      climb.direction = Self.weightedSum(residuals, climb.weights)
      scaleToUnit(&climb.direction, count: climb.direction.count)
      project(&climb)
    }
    return climb
  }

  private func finding(_ climb: Climb, _ parameters: ParameterArray) -> Finding {
    guard let partner = partner(climb.weights) else {
      return Finding(directions: directions(climb.weights, nil, parameters))
    }
    // On the other side of zero lies the partner's other half.
    var others = climb.projections.map { $0 < 0 ? -$0 * $0 * $0 : 0 }
    for row in others.indices where !codes[row].contains(where: { $0.feature == partner }) {
      others[row] = 0
    }
    return Finding(
      directions: directions(climb.weights, partner, parameters),
      partner: (partner, directions(others, partner, parameters)))
  }

  /// The mean of what is left of samples, with a feature's part added back.
  private func directions(
    _ weights: [Float], _ partner: Int?, _ parameters: ParameterArray
  ) -> Directions {
    var decoder = Self.weightedSum(residuals, weights)
    if let partner {
      let share = weights.indices.reduce(Float(0)) { sum, row in
        guard weights[row] > 0 else { return sum }
        return codes[row].reduce(sum) { $1.feature == partner ? $0 + weights[row] * $1.value : $0 }
      }
      let row = parameters.decoderRow(partner)
      for i in decoder.indices { decoder[i] += share * row[i] }
    }
    scaleToUnit(&decoder, count: decoder.count)
    guard !parameters.layout.centresInput else {
      return Directions(decoder: decoder, encoder: decoder)
    }
    var encoder = Self.weightedSum(inputs, weights)
    scaleToUnit(&encoder, count: encoder.count)
    return Directions(decoder: decoder, encoder: encoder)
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

  private func project(_ climb: inout Climb) {
    let (rows, width) = (residuals.rows, residuals.columns)
    var projections = [Float](repeating: 0, count: rows)
    residuals.withUnsafePointer {
      Float.gemv(
        transpose: false, m: rows, n: width, alpha: 1, a: $0, lda: width, x: climb.direction,
        beta: 0, y: &projections)
    }
    climb.weights = projections.map { $0 > 0 ? $0 * $0 * $0 : 0 }
    climb.projections = projections
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

  /// The feature that is active in more than half of the tail.
  private func partner(_ weights: [Float]) -> Int? {
    var mass: [Int: Float] = [:]
    for (row, weight) in weights.enumerated() where weight > 0 {
      for (feature, _) in codes[row] { mass[feature, default: 0] += weight }
    }
    let half = weights.reduce(0, +) / 2
    // A sparse code has at most one there as a rule; of several the first is as good as any.
    return mass.filter { $0.value > half }.keys.min()
  }

  private mutating func remove(_ climb: Climb) {
    let (rows, width) = (residuals.rows, residuals.columns)
    residuals.withUnsafeMutablePointer { residuals in
      for row in 0..<rows where climb.projections[row] > 0 {
        for i in 0..<width {
          residuals[row * width + i] -= climb.projections[row] * climb.direction[i]
        }
      }
    }
  }
}

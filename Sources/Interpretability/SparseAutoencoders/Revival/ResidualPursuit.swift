internal import Tensors

/// Finds directions that a dictionary lacks.
///
/// What the reconstruction leaves of a sample is, beside noise, made of features that no direction
/// stands for: along those the residuals have a heavy tail. From a residual drawn with a probability
/// proportional to its fourth power, the iteration
///
/// ```
/// v ← Σ_b (r_b · v) r_b  over the tail r_b · v > 3σ,   v ← v / ‖v‖,   σ² = mean ‖r‖² / width
/// ```
///
/// climbs to a direction that a feature of its own would explain much of: the mean of `(r · v)²` over
/// the tail. (Higher powers, as in independent component analysis, follow single large residuals.)
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
    /// The mean square of what a feature there would take off the residuals.
    var gain: Double
    var directions: Directions
    var partner: (feature: Int, directions: Directions)?
  }

  private static let iterations = 8

  /// Standard deviations from which on the tail counts: noise has one sample in 740 there.
  private static let tail: Float = 3

  /// Samples of the tail that a direction needs: fewer are outliers.
  private static let fewestSamples = 6

  /// Climbs from different samples, the highest of which counts.
  private static let starts = 2

  /// How often a direction that some feature already stands for is taken out, to look for another.
  private static let rounds = 5

  /// A feature stands for directions whose cosine with its own exceeds this.
  private static let known: Float = 0.7

  /// Where the tail begins.
  private let bound: Float

  init(residuals: Matrix<Float>, inputs: Matrix<Float>, codes: [[Activity]]) {
    self.residuals = residuals
    self.inputs = inputs
    self.codes = codes
    let squares = residuals.withUnsafePointer {
      innerProduct($0, $0, count: residuals.rows * residuals.columns)
    }
    bound = Self.tail * Float((squares / Double(residuals.elements.count)).squareRoot())
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
      guard let best = climbs.max(by: { $0.gain < $1.gain }) else { return nil }
      let found = finding(best, parameters)
      remove(best)
      if parameters.largestCosine(with: best.direction) < Self.known { return found }
    }
    return nil
  }

  /// A direction, and the samples' projections on it where they are in the tail, else zero.
  private struct Climb {
    var direction: [Float]
    var projections: [Float] = []

    /// What a feature there would explain of all samples together.
    var gain: Double { projections.reduce(0) { $0 + Double($1) * Double($1) } }
  }

  private func climb(_ random: inout RandomStream) -> Climb? {
    guard let start = draw(&random) else { return nil }
    var climb = Climb(direction: residuals.row(start))
    scaleToUnit(&climb.direction, count: climb.direction.count)
    climb.projections = tail(along: climb.direction)
    for _ in 0..<Self.iterations {
      guard climb.projections.contains(where: { $0 > 0 }) else { return nil }
      climb.direction = Self.weightedSum(residuals, climb.projections)
      scaleToUnit(&climb.direction, count: climb.direction.count)
      climb.projections = tail(along: climb.direction)
    }
    return climb.projections.count { $0 > 0 } < Self.fewestSamples ? nil : climb
  }

  private func finding(_ climb: Climb, _ parameters: ParameterArray) -> Finding {
    let gain = climb.gain / Double(residuals.rows)
    if let partner = partner(climb.projections) {
      // On the other side of zero lies the partner's other half.
      var others = tail(along: climb.direction.map { -$0 })
      for row in others.indices where !codes[row].contains(where: { $0.feature == partner }) {
        others[row] = 0
      }
      if others.count(where: { $0 > 0 }) >= Self.fewestSamples {
        return Finding(
          gain: gain, directions: directions(climb.projections, partner, parameters),
          partner: (partner, directions(others, partner, parameters)))
      }
    }
    return Finding(gain: gain, directions: directions(climb.projections, nil, parameters))
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

  /// The projections of the samples on a direction where they are in the tail, else zero.
  private func tail(along direction: [Float]) -> [Float] {
    let (rows, width) = (residuals.rows, residuals.columns)
    var projections = [Float](repeating: 0, count: rows)
    residuals.withUnsafePointer {
      Float.gemv(
        transpose: false, m: rows, n: width, alpha: 1, a: $0, lda: width, x: direction,
        beta: 0, y: &projections)
    }
    for row in 0..<rows where projections[row] <= bound { projections[row] = 0 }
    return projections
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

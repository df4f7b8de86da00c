internal import CVectorMath
internal import Tensors

/// Finds directions that a dictionary lacks, in what it leaves of some samples.
///
/// A feature may be missing altogether. Then the residuals have a heavy tail along it, and from a
/// residual drawn with a probability proportional to its fourth power the iteration
///
/// ```
/// v ← Σ_b (r_b · v) r_b  over the tail r_b · v > 3σ,   v ← v / ‖v‖,   σ² = mean ‖r‖² / width
/// ```
///
/// climbs to it. (Higher powers, as in independent component analysis, follow single large residuals.)
/// Or two features share one direction between them; then the residuals of the samples that use it
/// scatter along their difference, which is the principal component of these few residuals across the
/// shared direction. Such a feature is split: left to itself, it would stay between the two.
///
/// Either is worth the mean square that it would take off the residuals, beyond what noise would yield.
/// The two take turns: worths of the one kind do not tell how useful the other is, and with more features
/// than there are directions either kind alone would use up all restarts on little.
struct ResidualPursuit {
  /// Where a weak feature starts anew, and where the feature does that stood for two.
  struct Finding {
    var directions: Directions
    var split: (feature: Int, directions: Directions)?
  }

  /// A direction to decode to, and one to encode with.
  struct Directions {
    var decoder: [Float]
    var encoder: [Float]
  }

  /// A feature that stands for two, and the direction of their difference.
  private struct Split {
    var feature: Int
    var direction: [Float]
    var gain: Double
  }

  private let sample: ResidualSample

  /// Whether it is the turn of features that stand for two.
  private var splitsNext = true

  /// The most promising last.
  private var splits: [Split] = []

  /// The mean square of a residual's component, σ².
  private let variance: Double

  /// Where the tail begins.
  private let bound: Float

  private static let iterations = 8

  /// Standard deviations from which on the tail counts: noise has one sample in 740 there.
  private static let tail: Float = 3

  /// Samples that a direction needs: fewer are outliers.
  private static let fewestSamples = 6

  /// Climbs before no direction is taken to be missing.
  private static let climbs = 8

  /// A feature stands for directions whose cosine with its own exceeds this.
  private static let known: Float = 0.7

  /// Looks for features that stand for two.
  init(_ sample: ResidualSample, _ parameters: ParameterArray, threads: Int) {
    self.sample = sample
    variance = sample.variance
    bound = Self.tail * Float(variance.squareRoot())
    let pursuit = self
    splits = parallelMap(count: sample.uses.count, threads: threads) {
      pursuit.split(of: $0, parameters)
    }
    .compactMap { $0 }
    .sorted { ($0.gain, $1.feature) < ($1.gain, $0.feature) }
  }

  /// The next direction.
  ///
  /// - Parameters:
  ///   - least: What it has to be worth.
  ///   - parameters: The present decoder.
  ///   - random: Where the iteration begins.
  /// - Returns: Unit vectors; nil where no feature worth so much is missing.
  mutating func next(
    above least: Double, _ parameters: ParameterArray, _ random: inout RandomStream
  ) -> Finding? {
    defer { splitsNext.toggle() }
    return splitsNext
      ? nextSplit(above: least, parameters) ?? nextMissing(above: least, parameters, &random)
      : nextMissing(above: least, parameters, &random) ?? nextSplit(above: least, parameters)
  }

  // MARK: Missing directions

  private mutating func nextMissing(
    above least: Double, _ parameters: ParameterArray, _ random: inout RandomStream
  ) -> Finding? {
    for _ in 0..<Self.climbs {
      guard let direction = climb(&random) else { continue }
      let gain = tail(along: direction, rows: sample.half..<sample.rowCount)
        .reduce(0) { $0 + Double($1) * Double($1) }
      let isKnown = parameters.largestCosine(with: direction) >= Self.known
      let found = directions(
        tail(along: direction, rows: 0..<sample.rowCount), direction, parameters)
      remove(direction)
      if !isKnown, gain > least * Double(sample.half) { return Finding(directions: found) }
    }
    return nil
  }

  private func climb(_ random: inout RandomStream) -> [Float]? {
    guard let start = draw(&random) else { return nil }
    let residual = sample.residual(start)
    var direction = Array(UnsafeBufferPointer(start: residual, count: sample.stride))
    scaleToUnit(&direction, count: direction.count)
    var tail = tail(along: direction, rows: 0..<sample.half)
    for _ in 0..<Self.iterations {
      guard tail.count(where: { $0 > 0 }) >= Self.fewestSamples else { return nil }
      direction = sample.direction(tail)
      tail = self.tail(along: direction, rows: 0..<sample.half)
    }
    return direction
  }

  private func draw(_ random: inout RandomStream) -> Int? {
    let weights = (0..<sample.half).map { row in
      let square = innerProduct(sample.residual(row), sample.residual(row), count: sample.stride)
      return square * square
    }
    let total = weights.reduce(0, +)
    guard total > 0, total.isFinite else { return nil }
    var place = random.uniform() * total
    var row = 0
    while row + 1 < weights.count, place >= weights[row] {
      place -= weights[row]
      row += 1
    }
    return row
  }

  /// The projections of samples on a direction where they are in the tail, else zero.
  private func tail(along direction: [Float], rows: Range<Int>) -> [Float] {
    sample.projections(direction, rows: rows).map { $0 > bound ? $0 : 0 }
  }

  private func directions(
    _ weights: [Float], _ direction: [Float], _ parameters: ParameterArray
  ) -> Directions {
    let decoder = Array(direction.prefix(parameters.layout.outputWidth))
    guard !parameters.layout.centresInput else {
      return Directions(decoder: decoder, encoder: decoder)
    }
    let rows = weights.indices.filter { weights[$0] > 0 }
    return Directions(decoder: decoder, encoder: meanInput(rows, rows.map { weights[$0] }))
  }

  private func remove(_ direction: [Float]) {
    let projections = tail(along: direction, rows: 0..<sample.rowCount)
    for (row, projection) in projections.enumerated() where projection > 0 {
      let residual = sample.residual(row)
      for i in direction.indices { residual[i] -= projection * direction[i] }
    }
  }

  // MARK: Features that stand for two

  private mutating func nextSplit(
    above least: Double, _ parameters: ParameterArray
  ) -> Finding? {
    guard let split = splits.last, split.gain > least else { return nil }
    splits.removeLast()
    return finding(split, parameters)
  }

  private func split(of feature: Int, _ parameters: ParameterArray) -> Split? {
    let uses = sample.uses[feature]
    let stride = sample.stride
    let isOften = min(uses.firstHalf, uses.rows.count - uses.firstHalf) >= 2 * Self.fewestSamples
    guard isOften, parameters.decoderNorm(feature) > 0 else { return nil }
    var own = Array(
      UnsafeBufferPointer(start: parameters.decoderRow(feature), count: stride))
    scaleToUnit(&own, count: stride)
    func project(_ v: inout [Float]) {
      let along = Float(innerProduct(v, own, count: stride))
      for i in 0..<stride { v[i] -= along * own[i] }
      scaleToUnit(&v, count: stride)
    }
    let largest = uses.rows.prefix(uses.firstHalf).max { a, b in
      let (a, b) = (sample.residual(Int(a)), sample.residual(Int(b)))
      return innerProduct(a, a, count: stride) < innerProduct(b, b, count: stride)
    }
    guard let largest else { return nil }
    var direction = Array(
      UnsafeBufferPointer(start: sample.residual(Int(largest)), count: stride))
    project(&direction)
    var projections = [Float](repeating: 0, count: uses.rows.count)
    for _ in 0..<Self.iterations {
      sparseKernels.gather_dots(
        uses.firstHalf, uses.rows, sample.residuals.pointer, stride, stride, direction,
        &projections)
      sparseKernels.gather_sum(
        uses.firstHalf, uses.rows, projections, sample.residuals.pointer, stride, stride, 0,
        &direction)
      project(&direction)
    }
    sparseKernels.gather_dots(
      uses.rows.count, uses.rows, sample.residuals.pointer, stride, stride, direction, &projections)
    let scatter = projections[uses.firstHalf...].reduce(0) {
      $0 + Double($1) * Double($1) - variance
    }
    return Split(feature: feature, direction: direction, gain: scatter / Double(sample.half))
  }

  private func finding(_ split: Split, _ parameters: ParameterArray) -> Finding {
    let uses = sample.uses[split.feature]
    var projections = [Float](repeating: 0, count: uses.rows.count)
    sparseKernels.gather_dots(
      uses.rows.count, uses.rows, sample.residuals.pointer, sample.stride, sample.stride,
      split.direction, &projections)
    let finding = Finding(
      directions: part(of: split.feature, projections.map { max(0, $0) }, parameters),
      split: (split.feature, part(of: split.feature, projections.map { max(0, -$0) }, parameters)))
    for (use, row) in uses.rows.enumerated() {
      let residual = sample.residual(Int(row))
      for i in split.direction.indices { residual[i] -= projections[use] * split.direction[i] }
    }
    return finding
  }

  /// The mean of what a feature contributes to some samples and what is left of these.
  private func part(
    of feature: Int, _ weights: [Float], _ parameters: ParameterArray
  ) -> Directions {
    let uses = sample.uses[feature]
    let (row, width) = (parameters.decoderRow(feature), parameters.layout.outputWidth)
    var decoder = [Float](repeating: 0, count: width)
    for (use, weight) in weights.enumerated() where weight > 0 {
      let residual = sample.residual(Int(uses.rows[use]))
      for i in 0..<width { decoder[i] += weight * (residual[i] + uses.values[use] * row[i]) }
    }
    scaleToUnit(&decoder, count: width)
    guard !parameters.layout.centresInput else {
      return Directions(decoder: decoder, encoder: decoder)
    }
    return Directions(decoder: decoder, encoder: meanInput(uses.rows.map(Int.init), weights))
  }

  private func meanInput(_ rows: [Int], _ weights: [Float]) -> [Float] {
    var sum = [Float](repeating: 0, count: sample.inputs.columns)
    for (row, weight) in zip(rows, weights) where weight > 0 {
      for i in sum.indices { sum[i] += weight * sample.inputs[row, i] }
    }
    scaleToUnit(&sum, count: sum.count)
    return sum
  }
}

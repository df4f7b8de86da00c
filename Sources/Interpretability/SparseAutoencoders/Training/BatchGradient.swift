internal import CVectorMath
internal import Tensors

/// The loss of a batch and its gradient, computed over the active entries alone.
///
/// Rows are cut into blocks and features into groups whose number depends on neither threads nor
/// processor, and sums run in a fixed order: the same bits come out of any number of threads.
///
/// 1. In each block of rows: preactivations by one matrix product, active entries, reconstruction from
///    the few decoder rows, slopes.
/// 2. The entries are ordered by feature.
/// 3. For each feature: the gradient of its rows as sums over its entries.
final class BatchGradient: @unchecked Sendable {
  let layout: ParameterLayout
  let rule: any SparsityRule
  let rowCount: Int
  let threads: Int

  /// Whether the gradient of the decoder's rows loses its part along them, which a step on the unit
  /// sphere cannot use.
  let staysOnSphere: Bool

  /// The gradient of the loss after ``evaluate(inputs:targets:parameters:norms:strength:revival:)``.
  let gradient: ParameterArray

  /// For each feature the sum over the batch of its squared activations.
  let squares: AlignedBuffer<Double>

  /// The inputs without the output's bias, `[rows, inputStride]`.
  let centred: AlignedBuffer<Float>

  /// `[rows, featureStride]`.
  private let preactivations: AlignedBuffer<Float>

  /// Slopes of the loss along the reconstruction, one plane for each nested dictionary and one for the
  /// revival of dead features: `[planes][rows][outputStride]`.
  private let residuals: AlignedBuffer<Float>

  /// What the rule needs of each feature at this step.
  private let derived: AlignedBuffer<Float>

  private let product: EncoderProduct
  let rowsPerBlock: Int
  let blocks: [RowBlock]
  private let byFeature: FeatureEntries

  /// Ends of the nested dictionaries; a single one ends with the last feature.
  let prefixes: [Int]

  /// Below it nothing was among the largest of the last batch; see ``chooseLargestOfBatch(_:)``.
  private var candidateBound: Float = 0

  /// The smallest activation that the last batch kept, where a batch chooses; nil if it kept all.
  private(set) var smallestKept: Float?

  private static let blockLimit = 8
  private static let smallestBlock = 32
  private static let featureGroup = 16

  /// Reserves the memory of a step.
  ///
  /// - Parameters:
  ///   - layout: The parameters' places.
  ///   - rule: The variant.
  ///   - rows: Rows of a batch.
  ///   - staysOnSphere: Whether the decoder's rows keep their length.
  ///   - threads: Workers.
  init(
    layout: ParameterLayout, rule: any SparsityRule, rows: Int, staysOnSphere: Bool, threads: Int
  ) {
    self.layout = layout
    self.rule = rule
    self.staysOnSphere = staysOnSphere
    self.threads = threads
    rowCount = rows
    prefixes = rule.prefixes ?? [layout.featureCount]
    gradient = ParameterArray(layout)
    squares = AlignedBuffer(count: layout.featureCount, repeating: 0)
    centred = AlignedBuffer(count: rows * layout.inputStride, repeating: 0)
    preactivations = AlignedBuffer(count: rows * layout.featureStride, repeating: 0)
    residuals = AlignedBuffer(
      count: (prefixes.count + 1) * rows * layout.outputStride, repeating: 0)
    derived = AlignedBuffer(count: layout.featureStride, repeating: 0)
    let perBlock = max(Self.smallestBlock, (rows + Self.blockLimit - 1) / Self.blockLimit)
    rowsPerBlock = perBlock
    let extraVectors = rule.vectorCount - 1
    let product = EncoderProduct(layout)
    self.product = product
    blocks = stride(from: 0, to: rows, by: perBlock).map { first in
      RowBlock(
        rows: first..<min(rows, first + perBlock), layout: layout, extraVectors: extraVectors,
        packedInputs: product.samples(perBlock))
    }
    byFeature = FeatureEntries(
      featureCount: layout.featureCount, blockCount: blocks.count, extraVectors: extraVectors)
  }

  /// Computes the loss and its gradient.
  ///
  /// - Parameters:
  ///   - inputs: `[rows, inputWidth]`.
  ///   - targets: `[rows, outputWidth]`; the inputs themselves for an autoencoder.
  ///   - parameters: Where the gradient is wanted.
  ///   - norms: The norms of the decoder's rows; nil where all are one.
  ///   - strength: The coefficient of the penalty.
  ///   - revival: Dead features that explain what the others leave; nil for none.
  ///   - isGradientWanted: Whether more than the loss, the residuals and the entries is computed.
  /// - Returns: The loss.
  func evaluate(
    inputs: Matrix<Float>, targets: Matrix<Float>, parameters: ParameterArray,
    norms: AlignedBuffer<Float>? = nil, strength: Float = 0, revival: AuxiliaryLoss? = nil,
    isGradientWanted: Bool = true
  ) -> BatchLoss {
    inputs.withUnsafePointer { inputs in
      targets.withUnsafePointer { targets in
        evaluate(
          inputs: inputs, targets: targets, parameters: parameters, norms: norms,
          strength: strength, revival: revival, isGradientWanted: isGradientWanted)
      }
    }
  }

  private func evaluate(
    inputs: UnsafePointer<Float>, targets: UnsafePointer<Float>, parameters: ParameterArray,
    norms: AlignedBuffer<Float>?, strength: Float, revival: AuxiliaryLoss?,
    isGradientWanted: Bool
  ) -> BatchLoss {
    nonisolated(unsafe) let inputs = inputs
    nonisolated(unsafe) let targets = targets
    let step = RuleStep(
      parameters: parameters, norms: norms.map { UnsafePointer($0.pointer) }, strength: strength,
      derived: derived.pointer, candidateBound: candidateBound)
    rule.prepare(parameters, derived.pointer)
    product.pack(parameters, threads: threads)
    if let budget = rule.batchBudget {
      parallelFor(count: blocks.count, threads: threads) { encode(blocks[$0], inputs, step) }
      chooseLargestOfBatch(budget * rowCount, step)
      parallelFor(count: blocks.count, threads: threads) { decode($0, targets, step, revival) }
    } else {
      parallelFor(count: blocks.count, threads: threads) {
        encode(blocks[$0], inputs, step)
        decode($0, targets, step, revival)
      }
    }
    guard isGradientWanted else { return loss }
    byFeature.arrange()
    parallelFor(count: blocks.count, threads: threads) {
      byFeature.place(
        [blocks[$0].active, blocks[$0].revived], asBlock: $0, firstRow: blocks[$0].rows.lowerBound)
    }
    let groups = (layout.featureCount + Self.featureGroup - 1) / Self.featureGroup
    parallelFor(count: groups, threads: threads) { group in
      let first = group * Self.featureGroup
      for feature in first..<min(layout.featureCount, first + Self.featureGroup) {
        sumGradient(of: feature, step)
      }
    }
    finishOutputBias(parameters)
    return loss
  }

  // MARK: Rows

  private func encode(_ block: RowBlock, _ inputs: UnsafePointer<Float>, _ step: RuleStep) {
    let (width, stride) = (layout.inputWidth, layout.inputStride)
    let bias = step.parameters.outputBias
    for row in block.rows {
      let (source, target) = (inputs + row * width, centred.pointer + row * stride)
      if layout.centresInput {
        for i in 0..<width { target[i] = source[i] - bias[i] }
      } else {
        target.update(from: source, count: width)
      }
      (preactivations.pointer + row * layout.featureStride).update(
        from: step.parameters.vector(0), count: layout.featureCount)
    }
    let first = block.rows.lowerBound
    product.add(
      rows: block.rows.count, of: centred.pointer + first * stride, packedIn: block.packedInputs,
      to: preactivations.pointer + first * layout.featureStride)
    activate(block, step)
  }

  private func activate(_ block: RowBlock, _ step: RuleStep) {
    block.active.removeAll()
    for row in block.rows {
      rule.activate(preactivations.pointer + row * layout.featureStride, step, into: block.active)
    }
  }

  /// Keeps the largest activations of the whole batch, exactly `budget` of them if there are as many;
  /// of equal ones the first rows' and features' are kept.
  ///
  /// Entries were collected above a bound a little below the last batch's smallest kept one. Should
  /// that have left none to spare, all positive ones are collected: the guess saves time and changes nothing.
  private func chooseLargestOfBatch(_ budget: Int, _ step: RuleStep) {
    func sizes() -> [Float] {
      blocks.flatMap { block in
        (0..<block.active.count).map { block.active.rank($0, step) }
      }
    }
    var ranks = sizes()
    if ranks.count <= budget && step.candidateBound > 0 {
      let all = RuleStep(
        parameters: step.parameters, norms: step.norms, strength: step.strength,
        derived: step.derived, candidateBound: 0)
      parallelFor(count: blocks.count, threads: threads) { activate(blocks[$0], all) }
      ranks = sizes()
    }
    guard ranks.count > budget else {
      candidateBound = 0
      smallestKept = nil
      return
    }
    let smallest = ranks.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { sparseKernels.kth_largest($0, buffer.count, budget) } ?? 0
    }
    var ties =
      budget
      - blocks.reduce(0) { sum, block in
        sum + (0..<block.active.count).count { block.active.rank($0, step) > smallest }
      }
    for block in blocks {
      block.active.filter { entry in
        let rank = block.active.rank(entry, step)
        if rank != smallest { return rank > smallest }
        ties -= 1
        return ties >= 0
      }
    }
    candidateBound = smallest * 0.8
    smallestKept = smallest
  }

  private func decode(
    _ index: Int, _ targets: UnsafePointer<Float>, _ step: RuleStep, _ revival: AuxiliaryLoss?
  ) {
    let block = blocks[index]
    block.reset()
    for row in block.rows {
      let target = targets + row * layout.outputWidth
      decode(row, of: block, target, step)
      let slopes = RowSlopes(
        block: block.active, entries: block.active.entries(ofRow: row - block.rows.lowerBound),
        preactivations: preactivations.pointer + row * layout.featureStride, target: target,
        scale: 2 / Float(rowCount))
      block.penalty += rule.differentiate(slopes, step)
      if let revival {
        block.penalty += revival.add(
          to: block.revived, preactivations: slopes.preactivations,
          residual: residual(plane: prefixes.count - 1, row: row),
          into: residual(plane: prefixes.count, row: row),
          row: UInt32(prefixes.count * rowCount + row), step.parameters, scale: slopes.scale)
      }
    }
    byFeature.count([block.active, block.revived], asBlock: index)
  }

  /// How much the loss of a nested dictionary counts: by its share of all features.
  private func weight(ofPlane plane: Int) -> Float {
    Float(prefixes[plane]) / Float(layout.featureCount)
  }

  func residual(plane: Int, row: Int) -> UnsafeMutablePointer<Float> {
    residuals.pointer + (plane * rowCount + row) * layout.outputStride
  }

  /// Reconstructs a row, by each nested dictionary, and finds the slope of its squared error along each
  /// entry.
  private func decode(
    _ row: Int, of block: RowBlock, _ target: UnsafePointer<Float>, _ step: RuleStep
  ) {
    let stride = layout.outputStride
    let entries = block.active
    let range = entries.entries(ofRow: row - block.rows.lowerBound)
    let scale = 2 / Float(rowCount)
    var ends: [Int] = []
    ends.reserveCapacity(prefixes.count)
    var begin = range.lowerBound
    for (plane, prefix) in prefixes.enumerated() {
      var end = range.upperBound
      if plane < prefixes.count - 1 {
        end = begin
        while end < range.upperBound && entries.features.pointer[end] < UInt32(prefix) { end += 1 }
      }
      let sum = residual(plane: plane, row: row)
      if plane == 0 {
        for i in 0..<layout.outputWidth { sum[i] = step.parameters.outputBias[i] - target[i] }
      } else {
        sum.update(from: residual(plane: plane - 1, row: row), count: stride)
      }
      sparseKernels.gather_sum(
        end - begin, entries.features.pointer + begin, entries.values.pointer + begin,
        step.parameters.decoder, stride, stride, 1, sum)
      let error = innerProduct(sum, sum, count: stride)
      block.loss += Double(weight(ofPlane: plane)) * error
      if plane == prefixes.count - 1 { block.squaredError += error }
      ends.append(end)
      begin = end
    }
    // An entry is part of its own dictionary and of all larger ones.
    for plane in prefixes.indices.reversed() {
      let slope = residual(plane: plane, row: row)
      let share = scale * weight(ofPlane: plane)
      for i in 0..<stride { slope[i] *= share }
      if plane + 1 < prefixes.count {
        let outer = residual(plane: plane + 1, row: row)
        for i in 0..<stride { slope[i] += outer[i] }
      }
      let begin = plane == 0 ? range.lowerBound : ends[plane - 1]
      sparseKernels.gather_dots(
        ends[plane] - begin, entries.features.pointer + begin, step.parameters.decoder, stride,
        stride, slope, entries.slopes.pointer + begin)
      for entry in begin..<ends[plane] {
        entries.residualRows.pointer[entry] = UInt32(plane * rowCount + row)
      }
    }
    let outermost = residual(plane: 0, row: row)
    for i in 0..<stride { block.biasGradient.pointer[i] += outermost[i] }
    for entry in range where entries.values.pointer[entry] != 0 {
      let value = Double(entries.values.pointer[entry])
      block.squares.pointer[Int(entries.features.pointer[entry])] += value * value
      block.activeCount += 1
    }
  }

  // MARK: Features

  private func sumGradient(of feature: Int, _ step: RuleStep) {
    let range = byFeature.entries(of: feature)
    let (first, count) = (range.lowerBound, range.count)
    let decoderRow = gradient.decoderRow(feature)
    sparseKernels.gather_sum(
      count, byFeature.residualRows.pointer + first, byFeature.values.pointer + first,
      residuals.pointer, layout.outputStride, layout.outputStride, 0, decoderRow)
    sparseKernels.gather_sum(
      count, byFeature.rows.pointer + first, byFeature.slopes.pointer + first, centred.pointer,
      layout.inputStride, layout.inputStride, layout.isTied ? 1 : 0, gradient.encoderRow(feature))
    if let norms = step.norms { addNormSlopes(feature, norm: norms[feature], step) }
    if staysOnSphere {
      let row = step.parameters.decoderRow(feature)
      let along = Float(innerProduct(decoderRow, row, count: layout.outputStride))
      for i in 0..<layout.outputStride { decoderRow[i] -= along * row[i] }
    }
    gradient.vector(0)[feature] = range.reduce(0) { $0 + byFeature.slopes.pointer[$1] }
    for (vector, slopes) in byFeature.vectorSlopes.enumerated() {
      gradient.vector(vector + 1)[feature] = range.reduce(0) { $0 + slopes.pointer[$1] }
    }
    squares.pointer[feature] = blocks.reduce(0) { $0 + $1.squares.pointer[feature] }
  }

  /// What a penalty on activity adds along a decoder row.
  private func addNormSlopes(_ feature: Int, norm: Float, _ step: RuleStep) {
    let punished = UInt32(prefixes.count * rowCount)
    var sum: Float = 0
    for entry in byFeature.entries(of: feature)
    where byFeature.residualRows.pointer[entry] < punished {
      sum += rule.normSlope(
        byFeature.values.pointer[entry], norm: norm, strength: step.strength)
    }
    guard sum != 0 else { return }
    let (target, row) = (gradient.decoderRow(feature), step.parameters.decoderRow(feature))
    let share = sum / (Float(rowCount) * norm)
    for i in 0..<layout.outputStride { target[i] += share * row[i] }
  }

  /// `Σ residuals`, less what the bias takes off the inputs where it does.
  private func finishOutputBias(_ parameters: ParameterArray) {
    let sum = gradient.outputBias
    for i in 0..<layout.outputStride {
      sum[i] = blocks.reduce(0) { $0 + $1.biasGradient.pointer[i] }
    }
    guard layout.centresInput else { return }
    Float.gemv(
      transpose: true, m: layout.featureCount, n: layout.inputStride, alpha: -1,
      a: parameters.encoder, lda: layout.inputStride, x: gradient.vector(0), beta: 1, y: sum)
  }

  private var loss: BatchLoss {
    var result = BatchLoss()
    let rows = Double(rowCount)
    let error = blocks.reduce(0) { $0 + $1.squaredError }
    result.squaredError = error / rows
    result.total = blocks.reduce(0) { $0 + $1.loss + $1.penalty } / rows
    result.l0 = Double(blocks.reduce(0) { $0 + $1.activeCount }) / rows
    return result
  }
}

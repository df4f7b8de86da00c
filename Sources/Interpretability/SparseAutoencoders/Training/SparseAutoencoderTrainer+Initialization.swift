internal import CVectorMath
internal import Tensors

extension SparseAutoencoderTrainer {
  /// Samples that normalisation and first parameters are fitted to.
  static let fittedRows = 8192

  /// Preactivations that decide where features begin to be active.
  private static let boundEntries = 1 << 20

  /// The first samples of a source.
  static func firstSamples(
    of source: inout any ActivationSource, _ plan: SparseAutoencoderPlan
  ) throws(ActivationSourceError) -> ActivationBatch {
    var batch = ActivationBatch(
      rows: max(plan.batchRows, fittedRows), inputWidth: source.inputWidth,
      targetWidth: source.targetWidth)
    try source.fill(&batch, step: 0)
    return batch
  }

  /// Sets the parameters to what the plan starts with.
  ///
  /// - Parameters:
  ///   - inputs: Some normalised samples of what is encoded.
  ///   - targets: The same samples of what is decoded.
  func initialize(inputs: Matrix<Float>, targets: Matrix<Float>) {
    let bias: [Double] =
      switch plan.initialization.bias {
      case .zero: Array(repeating: 0, count: layout.outputWidth)
      case .mean: CentredSamples(targets).mean
      case .geometricMedian: geometricMedian(targets)
      }
    for i in 0..<layout.outputWidth { parameters.outputBias[i] = Float(bias[i]) }
    var random = stream.child(0)
    let randomRows = Matrix<Float>.randomUnitRows(
      layout.featureCount, width: layout.outputWidth, &random)
    for feature in 0..<layout.featureCount {
      var row = randomRows.row(feature)
      if plan.initialization.directions == .samples {
        let sample = targets.row(random.below(targets.rows))
        let seen = zip(sample, bias).map { $0 - Float($1) }
        // A sample at the bias has no direction; the random one stays.
        if seen.contains(where: { $0 != 0 }) { row = seen }
        scaleToUnit(&row, count: row.count)
      }
      parameters.decoderRow(feature).update(from: row, count: row.count)
      guard !layout.isTied else { continue }
      if layout.inputWidth == layout.outputWidth {
        parameters.encoderRow(feature).update(from: row, count: row.count)
      }
    }
    if layout.inputWidth != layout.outputWidth {
      let encoder = Matrix<Float>.randomUnitRows(
        layout.featureCount, width: layout.inputWidth, &random)
      for feature in 0..<layout.featureCount {
        parameters.encoderRow(feature).update(
          from: encoder.row(feature), count: layout.inputWidth)
      }
    }
    let rule = plan.variant.rule
    let bound = rule.penalty?.target.map { initialBound(active: $0, in: inputs) }
    restore(
      strength: rule.initialCoefficient(bound: bound), bound: bound ?? 0, threshold: 0)
    for vector in 0..<layout.vectorCount {
      parameters.vector(vector).update(
        repeating: rule.initialValue(ofVector: vector, bound: bound), count: layout.featureCount)
    }
  }

  /// The preactivation that as many features of a row exceed on average as are wanted, before the
  /// encoder has a bias.
  private func initialBound(active wanted: Double, in inputs: Matrix<Float>) -> Float {
    let rows = min(inputs.rows, max(1, Self.boundEntries / layout.featureCount))
    let count = rows * layout.featureCount
    let bias = parameters.outputBias
    var samples = Matrix<Float>(rows: rows, columns: layout.inputWidth)
    for row in 0..<rows {
      for i in 0..<layout.inputWidth {
        samples[row, i] = inputs[row, i] - (layout.centresInput ? bias[i] : 0)
      }
    }
    let preactivations = AlignedBuffer<Float>(count: count, repeating: 0)
    samples.withUnsafePointer { samples in
      Float.gemm(
        transposeA: false, transposeB: true, m: rows, n: layout.featureCount, k: layout.inputWidth,
        alpha: 1, a: samples, lda: layout.inputWidth, b: parameters.encoder,
        ldb: layout.inputStride, beta: 0, c: preactivations.pointer, ldc: layout.featureCount)
    }
    let rank = min(count, max(1, Int((wanted * Double(rows)).rounded())))
    return max(
      .leastNormalMagnitude, sparseKernels.kth_largest(preactivations.pointer, count, rank))
  }
}

internal import Tensors

extension SparseAutoencoderTrainer {
  /// Samples that normalisation and first parameters are fitted to.
  static let fittedRows = 8192

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
  /// - Parameter targets: Some normalised samples of what is decoded.
  func initialize(_ targets: Matrix<Float>) {
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
    for vector in 0..<layout.vectorCount {
      parameters.vector(vector).update(
        repeating: rule.initialValue(ofVector: vector), count: layout.featureCount)
    }
  }
}

internal import Tensors

extension SparseAutoencoderTrainer {
  /// Samples whose residuals say where features are missing.
  private static let pursuedRows = 8192

  /// Whether dead features are to start anew before the next step.
  var isRestartDue: Bool {
    guard let interval = plan.revival.restartEvery, step > 0 else { return false }
    return step % max(1, interval / plan.batchRows) == 0
      && Double(step) < plan.revival.restartUntil * Double(plan.steps)
  }

  /// Lets the weakest features start anew where the dictionary lacks stronger ones: as features like
  /// the average live one, in a new direction.
  ///
  /// - Throws: ``ActivationSourceError`` if no samples can be had.
  func restartWeakFeatures() throws(ActivationSourceError) {
    let revival = plan.revival
    let silent = Set(usage.silent(for: revival.deadAfter))
    let live = (0..<layout.featureCount).filter { !silent.contains($0) }
    guard usage.samples >= revival.deadAfter, !live.isEmpty else { return }
    var random = stream.child(1).child(step)
    var pursuit = ResidualPursuit(try residualSample(), parameters, threads: threads)
    for feature in usage.weakestFirst(parameters).prefix(revival.restartLimit) {
      let least = revival.restartGain * usage.worth(feature, parameters)
      guard let found = pursuit.next(above: least, parameters, &random) else { return }
      restart(feature, found.directions, like: live)
      if let split = found.split, split.feature != feature {
        restart(split.feature, split.directions, like: live)
      }
    }
  }

  private func restart(
    _ feature: Int, _ directions: ResidualPursuit.Directions, like live: [Int]
  ) {
    let share = 1 / Float(live.count)
    let encoderNorm = share * live.reduce(0) { $0 + parameters.encoderNorm($1) }
    let decoderNorm = share * live.reduce(0) { $0 + parameters.decoderNorm($1) }
    for (i, component) in directions.decoder.enumerated() {
      parameters.decoderRow(feature)[i] = decoderNorm * component
    }
    if !layout.isTied {
      for (i, component) in directions.encoder.enumerated() {
        parameters.encoderRow(feature)[i] = encoderNorm * component
      }
    }
    parameters.averageVectors(of: live, into: feature)
    adam.restart(feature, like: live)
    usage.restart(feature)
  }

  /// What the dictionary leaves of the coming samples.
  private func residualSample() throws(ActivationSourceError) -> ResidualSample {
    var sample = ResidualSample(rows: Self.pursuedRows, layout: layout)
    for (index, first) in stride(from: 0, to: sample.rowCount, by: plan.batchRows).enumerated() {
      try fillBatch(step: step + index)
      evaluate(revival: nil, isGradientWanted: false)
      sample.take(gradient, at: first)
    }
    return sample
  }
}

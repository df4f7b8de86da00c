public import Tensors

/// Trains a sparse autoencoder, or a transcoder, batch by batch.
///
/// ```swift
/// let plan = SparseAutoencoderPlan(.topK(TopK(8)), featureCount: 512, samples: 2_000_000)
/// let source = try ShuffledRows(activations, seed: 1)
/// let trainer = try SparseAutoencoderTrainer(plan, source: source)
/// while !trainer.isFinished { try trainer.advance() }
/// let autoencoder = trainer.autoencoder
/// ```
///
/// The memory is that of a batch, the parameters, their gradient and two moments, however many samples
/// there are. The result depends on the plan and the source, not on the number of threads.
public final class SparseAutoencoderTrainer {
  /// What is trained and how.
  public let plan: SparseAutoencoderPlan

  /// Steps taken.
  public var step: Int { adam.stepCount }

  /// Whether all steps were taken.
  public var isFinished: Bool { step >= plan.steps }

  /// Features that no sample has activated for as long as the plan's revival asks for.
  public var deadCount: Int { usage.silent(for: plan.revival.deadAfter).count }

  let layout: ParameterLayout
  let parameters: ParameterArray
  let gradient: BatchGradient
  let stream: RandomStream
  var adam: AdamState
  var usage: FeatureUsage
  private let threads: Int
  private var source: any ActivationSource
  private var batch: ActivationBatch

  /// Prepares a training.
  ///
  /// - Parameters:
  ///   - plan: What is trained and how.
  ///   - source: Where the batches come from.
  ///   - threads: Workers; the result does not depend on them.
  /// - Throws: ``ActivationSourceError`` if the first samples cannot be had.
  public init(
    _ plan: SparseAutoencoderPlan, source: any ActivationSource,
    threads: Int = defaultThreadCount
  ) throws(ActivationSourceError) {
    let rule = plan.variant.rule
    self.plan = plan
    self.source = source
    self.threads = threads
    layout = ParameterLayout(
      inputWidth: source.inputWidth, outputWidth: source.outputWidth,
      featureCount: plan.featureCount, vectorCount: rule.vectorCount, isTied: plan.isTied,
      centresInput: true)
    parameters = ParameterArray(layout)
    adam = AdamState(layout)
    stream = RandomStream(seed: plan.seed)
    usage = FeatureUsage(featureCount: plan.featureCount)
    batch = ActivationBatch(rows: plan.batchRows, inputWidth: source.inputWidth)
    gradient = BatchGradient(
      layout: layout, rule: rule, rows: plan.batchRows,
      staysOnSphere: plan.decoderNorm == .unit, threads: threads)
    initialize(rule)
  }

  /// Takes one step.
  ///
  /// - Returns: What the step's batch lost before it.
  /// - Throws: ``ActivationSourceError`` if the batch cannot be had.
  @discardableResult
  public func advance() throws(ActivationSourceError) -> BatchLoss {
    if isRestartDue { try restartDeadFeatures() }
    try fillBatch(step: step)
    let loss = evaluate(revival: auxiliaryLoss)
    adam.update(
      parameters, gradient: gradient.gradient,
      rate: plan.learningRate * plan.schedule(at: step, of: plan.steps),
      keepsUnitDecoder: plan.decoderNorm == .unit, threads: threads)
    usage.record(
      gradient.squares.pointer, rows: plan.batchRows, memory: plan.revival.deadAfter)
    return loss
  }

  /// The autoencoder as it is now.
  public var autoencoder: SparseAutoencoder {
    SparseAutoencoder(
      encoder: parameters.encoderMatrix, encoderBias: parameters.vectorElements(0),
      directions: parameters.decoderMatrix, outputBias: parameters.outputBiasElements,
      activation: plan.variant.rule.activation(parameters), centresInput: layout.centresInput)
  }

  /// Reads the batch of a step.
  func fillBatch(step: Int) throws(ActivationSourceError) {
    try source.fill(&batch, step: step)
  }

  /// The loss of the batch that was read, and its gradient.
  @discardableResult
  func evaluate(revival: AuxiliaryLoss?) -> BatchLoss {
    gradient.evaluate(
      inputs: batch.inputs, targets: batch.targets ?? batch.inputs, parameters: parameters,
      revival: revival)
  }

  private var auxiliaryLoss: AuxiliaryLoss? {
    let revival = plan.revival
    guard revival.auxiliaryWeight > 0 else { return nil }
    let dead = usage.silent(for: revival.deadAfter)
    guard !dead.isEmpty else { return nil }
    return AuxiliaryLoss(
      features: dead.map(UInt32.init),
      count: min(dead.count, revival.auxiliaryCount ?? max(1, layout.outputWidth / 2)),
      weight: Float(revival.auxiliaryWeight))
  }

  private func initialize(_ rule: any SparsityRule) {
    var random = stream.child(0)
    let rows = Matrix<Float>.randomUnitRows(
      layout.featureCount, width: layout.outputWidth, &random)
    for feature in 0..<layout.featureCount {
      let row = rows.row(feature)
      parameters.decoderRow(feature).update(from: row, count: row.count)
      parameters.encoderRow(feature).update(from: row, count: row.count)
    }
    for vector in 0..<layout.vectorCount {
      parameters.vector(vector).update(
        repeating: rule.initialValue(ofVector: vector), count: layout.featureCount)
    }
  }
}

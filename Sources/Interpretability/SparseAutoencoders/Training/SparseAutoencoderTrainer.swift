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
  let threads: Int
  private let norms: AlignedBuffer<Float>?

  /// The coefficient of the penalty, before its warm-up.
  private(set) var strength: Double

  /// The preactivation that features had to exceed in the beginning, where the penalty has a target.
  private(set) var bound: Float = 0

  /// The running mean of the smallest activation that batches kept, where a batch chooses.
  private(set) var threshold: Float = 0
  private var source: any ActivationSource
  private var batch: ActivationBatch

  /// What the plan's normalisation does to inputs and outputs; nil for nothing.
  let inputMap: AffineMap?
  let outputMap: AffineMap?

  /// Prepares a training.
  ///
  /// - Parameters:
  ///   - plan: What is trained and how.
  ///   - source: Where the batches come from.
  ///   - threads: Workers; the result does not depend on them.
  /// - Throws: ``SparseAutoencoderError`` if the plan makes no sense or the first samples cannot be had.
  public convenience init(
    _ plan: SparseAutoencoderPlan, source: any ActivationSource,
    threads: Int = defaultThreadCount
  ) throws(SparseAutoencoderError) {
    var source = source
    var first: ActivationBatch
    do {
      first = try Self.firstSamples(of: &source, plan)
    } catch {
      throw .activations(error)
    }
    var maps: (input: AffineMap?, output: AffineMap?) = (nil, nil)
    if plan.normalization != .none {
      do {
        maps.input = try AffineMap(plan.normalization, fittedTo: first.inputs)
        maps.output =
          if let targets = first.targets {
            try AffineMap(plan.normalization, fittedTo: targets)
          } else {
            maps.input
          }
      } catch {
        throw .normalization(error)
      }
    }
    try self.init(plan, source: source, threads: threads, maps: maps)
    var inputs = first.inputs
    inputMap?.apply(to: &inputs)
    var targets = first.targets ?? first.inputs
    outputMap?.apply(to: &targets)
    initialize(inputs: inputs, targets: targets)
  }

  /// Makes room for a training whose parameters are still zero.
  init(
    _ plan: SparseAutoencoderPlan, source: any ActivationSource, threads: Int,
    maps: (input: AffineMap?, output: AffineMap?)
  ) throws(SparseAutoencoderError) {
    try plan.check(isTranscoder: source.targetWidth != nil)
    let rule = plan.variant.rule
    self.plan = plan
    self.source = source
    self.threads = threads
    (inputMap, outputMap) = maps
    layout = ParameterLayout(
      inputWidth: source.inputWidth, outputWidth: source.targetWidth ?? source.inputWidth,
      featureCount: plan.featureCount, vectorCount: rule.vectorCount, isTied: plan.isTied,
      centresInput: source.targetWidth == nil)
    parameters = ParameterArray(layout)
    adam = AdamState(layout)
    stream = RandomStream(seed: plan.seed)
    usage = FeatureUsage(featureCount: plan.featureCount)
    batch = ActivationBatch(
      rows: plan.batchRows, inputWidth: source.inputWidth, targetWidth: source.targetWidth)
    norms =
      plan.decoderNorm == .free ? AlignedBuffer(count: plan.featureCount, repeating: 0) : nil
    strength = 0
    gradient = BatchGradient(
      layout: layout, rule: rule, rows: plan.batchRows,
      staysOnSphere: plan.decoderNorm == .unit, threads: threads)
  }

  /// Begins with a coefficient, or goes on with the state of an earlier training.
  func restore(strength: Double, bound: Float, threshold: Float) {
    self.strength = strength
    self.bound = bound
    self.threshold = threshold
  }

  /// Takes one step.
  ///
  /// - Returns: What the step's batch lost before it.
  /// - Throws: ``ActivationSourceError`` if the batch cannot be had.
  @discardableResult
  public func advance() throws(ActivationSourceError) -> BatchLoss {
    if isRestartDue { try restartWeakFeatures() }
    try fillBatch(step: step)
    let loss = evaluate(revival: auxiliaryLoss)
    if let limit = plan.gradientLimit { gradient.gradient.shorten(to: limit) }
    adam.update(
      parameters, gradient: gradient.gradient,
      rate: plan.learningRate * plan.schedule(at: step, of: plan.steps),
      keepsUnitDecoder: plan.decoderNorm == .unit, threads: threads)
    adapt(to: loss)
    usage.record(
      gradient.squares.pointer, rows: plan.batchRows, memory: plan.revival.deadAfter)
    return loss
  }

  /// The autoencoder as it is now.
  public var autoencoder: SparseAutoencoder {
    let trained = SparseAutoencoder(
      encoder: parameters.encoderMatrix, encoderBias: parameters.vectorElements(0),
      directions: parameters.decoderMatrix, outputBias: parameters.outputBiasElements,
      activation: activation, centresInput: layout.centresInput)
    let unit = plan.decoderNorm == .free ? trained.withUnitDirections : trained
    guard let inputMap, let outputMap else { return unit }
    return unit.folding(input: inputMap, output: outputMap)
  }

  private var activation: SparseAutoencoder.Activation {
    plan.variant.rule.activation(parameters)
      ?? .jumpReLU(
        thresholds: (0..<layout.featureCount).map {
          plan.decoderNorm == .unit ? threshold : threshold / parameters.decoderNorm($0)
        })
  }

  /// The share of the penalty that its warm-up has reached; one that is adapted needs none.
  private var warmth: Double {
    plan.penaltyWarmup > 0 && plan.variant.rule.penalty?.target == nil
      ? min(1, Double(step + 1) / (plan.penaltyWarmup * Double(plan.steps))) : 1
  }

  private func adapt(to loss: BatchLoss) {
    let rule = plan.variant.rule
    if let penalty = rule.penalty, penalty.target != nil {
      let excess = penalty.excess(loss.l0)
      strength = penalty.adapted(strength, excess: excess)
      if let (vector, amount) = rule.restraint(bound: bound) {
        let move = Float(SparsityPenalty.thresholdGain * excess) * amount
        for feature in 0..<layout.featureCount { parameters.vector(vector)[feature] += move }
      }
    }
    if let smallest = gradient.smallestKept {
      // In the beginning the mean is that of all steps so far.
      threshold += max(0.01, 1 / Float(step)) * (smallest - threshold)
    }
  }

  /// Reads the batch of a step.
  func fillBatch(step: Int) throws(ActivationSourceError) {
    try source.fill(&batch, step: step)
    inputMap?.apply(to: &batch.inputs)
    if var targets = batch.targets {
      outputMap?.apply(to: &targets)
      batch.targets = targets
    }
  }

  /// The loss of the batch that was read, and its gradient where it is wanted.
  @discardableResult
  func evaluate(revival: AuxiliaryLoss?, isGradientWanted: Bool = true) -> BatchLoss {
    if let norms {
      for feature in 0..<layout.featureCount {
        norms.pointer[feature] = parameters.decoderNorm(feature)
      }
    }
    return gradient.evaluate(
      inputs: batch.inputs, targets: batch.targets ?? batch.inputs, parameters: parameters,
      norms: norms, strength: Float(strength * warmth), revival: revival,
      isGradientWanted: isGradientWanted)
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
}

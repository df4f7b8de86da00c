public import Tensors

/// Trains a transformer on a task, step by step, with AdamW in single precision.
///
/// ```swift
/// let task = BracketMatching()
/// let design = TransformerDesign(
///   vocabulary: task.vocabulary, context: task.length, width: 32, heads: 4, layers: 2)
/// let trainer = try TransformerTrainer(design, on: task, plan: TransformerPlan(steps: 600))
/// while !trainer.isFinished { try trainer.advance() }
/// print(trainer.transformer.score(on: trainer.heldOut).accuracy)
/// ```
///
/// The result depends on design, task and plan, not on the number of threads.
public final class TransformerTrainer<Task: TokenTask> {
  /// What is learned.
  public let task: Task

  /// How.
  public let plan: TransformerPlan

  /// Examples that training never sees.
  public let heldOut: TokenBatch

  /// Steps taken.
  public private(set) var step = 0

  /// Whether all steps were taken.
  public var isFinished: Bool { step >= plan.steps }

  /// The transformer as it is now.
  public var transformer: Transformer { Transformer(design, parameters: parameters) }

  private let design: TransformerDesign
  private let engine: TransformerEngine<Float>
  private var parameters: [Double]
  private var gradient: [Double]
  private var adam: Adam
  private var examples: RandomStream

  /// Draws a transformer and the examples to test it with.
  ///
  /// - Parameters:
  ///   - design: What it is like.
  ///   - task: What it learns.
  ///   - plan: How.
  ///   - heldOutCount: Number of examples to test with.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: ``TransformerTrainingError/unfit(_:)``.
  public init(
    _ design: TransformerDesign, on task: Task, plan: TransformerPlan, heldOutCount: Int = 512,
    threads: Int = defaultThreadCount
  ) throws(TransformerTrainingError) {
    self.design = design
    self.task = task
    self.plan = plan
    let stream = RandomStream(seed: plan.seed)
    var initial = stream.child(0)
    examples = stream.child(1)
    var tests = stream.child(2)
    do {
      heldOut = try task.batch(heldOutCount, .heldOut, in: design, random: &tests)
    } catch {
      throw .unfit(error)
    }
    parameters = Transformer(design, random: &initial).parameters
    gradient = Array(repeating: 0, count: parameters.count)
    adam = Adam(
      parameterCount: parameters.count, learningRate: plan.learningRate,
      weightDecay: plan.weightDecay)
    engine = TransformerEngine(
      design, length: task.length, sequences: plan.batch, threads: threads)
  }

  /// Takes one step.
  ///
  /// - Returns: How well the transformer did on the step's batch before it.
  /// - Throws: ``TransformerTrainingError``.
  @discardableResult
  public func advance() throws(TransformerTrainingError) -> TransformerScore {
    let batch: TokenBatch
    do {
      batch = try task.batch(plan.batch, .training, in: design, random: &examples)
    } catch {
      throw .unfit(error)
    }
    engine.load(parameters)
    let score = engine.gradient(of: batch, into: &gradient)
    guard score.loss.isFinite else { throw .diverged(step: step) }
    adam.update(&parameters, gradient: gradient)
    step += 1
    return score
  }
}

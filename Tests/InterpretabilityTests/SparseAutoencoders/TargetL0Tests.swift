@testable import Interpretability
import Tensors
import Testing

@Suite("Number of active features as a target")
struct TargetL0Tests {
  private static let target = 3.0

  private static let variants: [SparseAutoencoderVariant] = [
    .relu(PenalizedReLU(.targetL0(target))), .jumpReLU(JumpReLU(.targetL0(target))),
    .gated(Gated(.targetL0(target))),
  ]

  private static let model = SuperpositionModel(
    featureCount: 96, width: 24, probability: 0.03, seed: 3)

  private static func trainer(
    _ variant: SparseAutoencoderVariant, steps: Int
  ) throws -> SparseAutoencoderTrainer {
    var plan = SparseAutoencoderPlan(variant, featureCount: 96, samples: steps * 256)
    plan.batchRows = 256
    return try SparseAutoencoderTrainer(
      plan, source: SuperpositionSource(model, seed: 5), threads: 1)
  }

  @Test(arguments: variants)
  func `a training begins with as many as it is to end with`(
    _ variant: SparseAutoencoderVariant
  ) throws {
    let first = try Self.trainer(variant, steps: 100).advance()
    // Counted in other samples than those that set the thresholds.
    #expect(abs(first.l0 / Self.target - 1) < 0.15)
  }

  @Test(arguments: variants, [100, 300, 1000])
  func `a short training ends with as many as are wanted`(
    _ variant: SparseAutoencoderVariant, _ steps: Int
  ) throws {
    let trainer = try Self.trainer(variant, steps: steps)
    var counted: [Double] = []
    while !trainer.isFinished {
      let l0 = try trainer.advance().l0
      if trainer.step > steps * 9 / 10 { counted.append(l0) }
    }
    let mean = counted.reduce(0, +) / Double(counted.count)
    // What is asked of the controller.
    #expect(abs(mean / Self.target - 1) < 0.1, "L0 \(mean)")
  }
}

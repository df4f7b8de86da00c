import Interpretability
import Tensors
import Testing

/// With the defaults, every variant finds known features again.
@Suite("Recovery of known features")
struct RecoveryTests {
  private static let variants: [SparseAutoencoderVariant] = [
    .topK(TopK(2)), .absTopK(AbsTopK(2)), .batchTopK(BatchTopK(2)),
    .matryoshka(Matryoshka(2, ends: [16, 32, 64])), .relu(PenalizedReLU(.targetL0(2))),
    .jumpReLU(JumpReLU(.targetL0(2))), .gated(Gated(.targetL0(2))),
  ]

  @Test(arguments: variants, [1, 2] as [UInt64])
  func `nearly all features are found, and none is dead`(
    _ variant: SparseAutoencoderVariant, _ seed: UInt64
  ) throws {
    let model = SuperpositionModel(
      featureCount: 64, width: 24, probability: 0.03, seed: 10 + seed)
    var plan = SparseAutoencoderPlan(variant, featureCount: 64, samples: 400_000)
    plan.seed = seed
    let trainer = try SparseAutoencoderTrainer(
      plan, source: SuperpositionSource(model, seed: seed), threads: 2)
    while !trainer.isFinished { try trainer.advance() }
    let recovery = FeatureRecovery(of: model.features, by: trainer.autoencoder.directions)
    let mean = try #require(recovery.meanMaximalCosine.value)
    // What is asked of every variant on 512 features in 64 dimensions. Here directions are closer, and
    // the small dictionaries of nested ones do better as mixtures of close features.
    #expect(mean > (isNested(variant) ? 0.9 : 0.97), "\(mean)")
    #expect(trainer.deadCount == 0)
  }

  private func isNested(_ variant: SparseAutoencoderVariant) -> Bool {
    if case .matryoshka = variant { true } else { false }
  }
}

@testable import Interpretability
import RunStore
import Tensors
import Testing

@Suite("Checkpoints of sparse autoencoders")
struct CheckpointTests {
  private static let model = SuperpositionModel(
    featureCount: 24, width: 12, probability: 0.08, seed: 3)

  private static var source: SuperpositionSource { SuperpositionSource(model, seed: 5) }

  @Test(arguments: TrainerTests.variants)
  func `a resumed training ends with the same bits`(_ variant: SparseAutoencoderVariant) throws {
    var plan = SparseAutoencoderPlan(variant, featureCount: 24, samples: 4000)
    plan.batchRows = 100
    plan.normalization = .whitened
    plan.revival.deadAfter = 300
    plan.revival.restartEvery = 500
    plan.revival.auxiliaryWeight = 0.1
    let whole = try SparseAutoencoderTrainer(plan, source: Self.source, threads: 2)
    while !whole.isFinished { try whole.advance() }

    let begun = try SparseAutoencoderTrainer(plan, source: Self.source, threads: 1)
    while begun.step < 17 { try begun.advance() }
    let bytes = try begun.checkpoint().serialized
    let resumed = try SparseAutoencoderTrainer(
      resuming: SafetensorsFile(parsing: bytes, path: "checkpoint"), source: Self.source, threads: 2
    )
    #expect(resumed.step == 17)
    while !resumed.isFinished { try resumed.advance() }
    #expect(resumed.autoencoder == whole.autoencoder)
  }

  @Test func `a file that is no checkpoint is refused`() throws {
    #expect(
      throws: SparseAutoencoderError.invalidCheckpoint(
        problem: "it has no record of a training")
    ) {
      try SparseAutoencoderTrainer(resuming: SafetensorsFile(), source: Self.source)
    }
  }

  @Test func `a plan that makes no sense is refused`() throws {
    let plan = SparseAutoencoderPlan(.topK(TopK(24)), featureCount: 24, samples: 100)
    #expect(throws: SparseAutoencoderError.tooManyActive(k: 24, features: 24)) {
      try SparseAutoencoderTrainer(plan, source: Self.source)
    }
    let nested = SparseAutoencoderPlan(
      .matryoshka(Matryoshka(2, ends: [8, 8, 24])), featureCount: 24, samples: 100)
    #expect(throws: SparseAutoencoderError.invalidEnds([8, 8, 24], features: 24)) {
      try SparseAutoencoderTrainer(nested, source: Self.source)
    }
  }
}

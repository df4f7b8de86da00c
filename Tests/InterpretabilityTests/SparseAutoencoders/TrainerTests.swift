@testable import Interpretability
import Tensors
import Testing

@Suite("Sparse autoencoder trainer")
struct TrainerTests {
  static let variants: [SparseAutoencoderVariant] = [
    .topK(TopK(2)), .absTopK(AbsTopK(2)), .batchTopK(BatchTopK(2)),
    .matryoshka(Matryoshka(2, ends: [8, 24])), .relu(PenalizedReLU(.coefficient(0.1))),
    .jumpReLU(JumpReLU(.targetL0(2, initial: 0.01))), .gated(Gated(.coefficient(0.1))),
  ]

  private static let model = SuperpositionModel(
    featureCount: 24, width: 12, probability: 0.08, seed: 3)

  private static func plan(_ variant: SparseAutoencoderVariant) -> SparseAutoencoderPlan {
    var plan = SparseAutoencoderPlan(variant, featureCount: 24, samples: 40 * 100)
    plan.batchRows = 100
    plan.revival.deadAfter = 300
    plan.revival.restartEvery = 500
    return plan
  }

  private static func train(
    _ plan: SparseAutoencoderPlan, threads: Int
  ) throws -> SparseAutoencoderTrainer {
    let trainer = try SparseAutoencoderTrainer(
      plan, source: SuperpositionSource(model, seed: 5), threads: threads)
    while !trainer.isFinished { try trainer.advance() }
    return trainer
  }

  @Test(arguments: variants)
  func `any number of threads gives the same bits`(_ variant: SparseAutoencoderVariant) throws {
    let one = try Self.train(Self.plan(variant), threads: 1).autoencoder
    let three = try Self.train(Self.plan(variant), threads: 3).autoencoder
    #expect(one == three)
    let isFinite = one.directions.elements.allSatisfy { $0.isFinite }
    #expect(isFinite)
  }

  @Test(arguments: variants)
  func `the loss falls`(_ variant: SparseAutoencoderVariant) throws {
    var plan = Self.plan(variant)
    plan.samples = 300 * 100
    plan.learningRate = 3e-3
    let trainer = try SparseAutoencoderTrainer(
      plan, source: SuperpositionSource(Self.model, seed: 5), threads: 1)
    let first = try trainer.advance()
    var last = first
    while !trainer.isFinished { last = try trainer.advance() }
    #expect(last.squaredError < 0.7 * first.squaredError)
  }

  @Test func `a table is shuffled anew in each epoch, and no row is left out`() throws {
    let table = Matrix<Float>(rows: 10, columns: 1, elements: (0..<10).map(Float.init))
    var source = try ShuffledRows(table, seed: 1)
    var batch = ActivationBatch(rows: 4, inputWidth: 1)
    var seen: [Float] = []
    for step in 0..<5 {
      try source.fill(&batch, step: step)
      seen += batch.inputs.elements
    }
    #expect(seen[..<10].sorted() == table.elements)
    #expect(seen[10...].sorted() == table.elements)
    #expect(Array(seen[..<10]) != Array(seen[10...]))
  }

  @Test func `a table that does not fit the memory is read in windows, each row once an epoch`()
    throws
  {
    let table = Matrix<Float>(rows: 23, columns: 2, elements: (0..<46).map(Float.init))
    // Chunks of 4 rows of 8 bytes, two of them in memory.
    var source = try ShuffledRows(table, seed: 1, memory: 64, chunkRows: 4)
    var again = source
    var batch = ActivationBatch(rows: 23, inputWidth: 2)
    try source.fill(&batch, step: 3)
    #expect(batch.inputs.column(0).sorted() == table.column(0))
    let order = batch.inputs
    // Whatever was read before, a step's batch is the same.
    try again.fill(&batch, step: 0)
    #expect(batch.inputs != order)
    try again.fill(&batch, step: 3)
    #expect(batch.inputs == order)
  }

  @Test func `a number that is none is an error that says where`() throws {
    var table = Matrix<Float>(rows: 3, columns: 2, repeating: 1)
    table[1, 1] = .infinity
    var source = try ShuffledRows(table, seed: 1)
    var batch = ActivationBatch(rows: 2, inputWidth: 2)
    #expect(throws: ActivationSourceError.notFinite(row: 1, column: 1, value: .infinity)) {
      try source.fill(&batch, step: 0)
    }
  }
}

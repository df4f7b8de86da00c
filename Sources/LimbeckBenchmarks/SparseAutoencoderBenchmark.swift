import Limbeck

/// Vectors a second that trainings of sparse autoencoders take in: whole steps, with Adam.
///
/// The oracle is the matrix product that the encoder alone needs: no training that computes all
/// preactivations can be faster.
enum SparseAutoencoderBenchmark {
  /// Measures every variant at two sizes.
  static func measure(threads: Int) throws -> [Measurement] {
    var measurements: [Measurement] = []
    for size in [Size.small, .large] {
      for variant in size.variants {
        measurements.append(try measure(variant, size, threads: threads))
      }
    }
    return measurements
  }

  private struct Size {
    var width: Int
    var features: Int
    var active: Int
    var rows: Int
    var steps: Int
    var firstSteps: Int

    /// A layer of a PINN.
    static let small = Size(
      width: 64, features: 512, active: 8, rows: 1024, steps: 30, firstSteps: 300)

    /// A layer of a language model.
    static let large = Size(
      width: 768, features: 6144, active: 32, rows: 4096, steps: 1, firstSteps: 1)

    /// All variants, those with a penalty with as many active features as the others.
    var variants: [(name: String, variant: SparseAutoencoderVariant)] {
      let target = SparsityPenalty.targetL0(Double(active))
      return [
        ("topk", .topK(TopK(active))),
        ("abstopk", .absTopK(AbsTopK(active))),
        ("batchtopk", .batchTopK(BatchTopK(active))),
        (
          "matryoshka",
          .matryoshka(Matryoshka(active, ends: [features / 4, features / 2, features]))
        ),
        ("l1", .relu(PenalizedReLU(target))),
        ("jumprelu", .jumpReLU(JumpReLU(target))),
        ("gated", .gated(Gated(target))),
      ]
    }
  }

  private static func measure(
    _ variant: (name: String, variant: SparseAutoencoderVariant), _ size: Size, threads: Int
  ) throws -> Measurement {
    let model = SuperpositionModel(
      featureCount: size.features, width: size.width,
      probability: Double(size.active) / Double(size.features), seed: 1)
    var random = RandomStream(seed: 2)
    var samples = Matrix<Float>(rows: 4 * size.rows, columns: size.width)
    model.draw(into: &samples, &random)
    // Far more samples than are trained on: neither does the rate fall nor the training end.
    var plan = SparseAutoencoderPlan(
      variant.variant, featureCount: size.features, samples: 1_000_000 * size.rows)
    plan.batchRows = size.rows
    plan.schedule = TrainingSchedule()
    let trainer = try SparseAutoencoderTrainer(
      plan, source: try ShuffledRows(samples, seed: 3), threads: threads)
    for _ in 0..<size.firstSteps { try trainer.advance() }
    let batch = Matrix<Float>(rows: size.rows, columns: size.width, repeating: 1)
    let encoder = Matrix<Float>(rows: size.width, columns: size.features, repeating: 1)
    // One thread's processor time is what a busy machine does not lengthen.
    let clock = threads == 1 ? Clock.processor : .wall
    let times = alternate(rounds: size.steps > 1 ? 7 : 3, by: clock) {
      for _ in 0..<size.steps { _ = try? trainer.advance() }
    } _: {
      for _ in 0..<size.steps { _ = batch * encoder }
    }
    let vectors = Double(size.rows * size.steps)
    return Measurement(
      name: "\(variant.name) \(size.width)-\(size.features)", unit: "vectors/s",
      value: vectors / times.first, oracle: "the encoder's product, one thread",
      oracleValue: vectors / times.second, ratio: times.second / times.first)
  }
}

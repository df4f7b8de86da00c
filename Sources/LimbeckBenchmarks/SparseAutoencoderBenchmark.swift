import ArgumentParser
import Limbeck

/// Vectors a second that trainings of sparse autoencoders take in: whole steps, with Adam.
///
/// The oracle is the matrix product that the encoder alone needs: no training that computes all
/// preactivations can be faster.
enum SparseAutoencoderBenchmark {
  /// Width and number of features.
  enum Size: String, CaseIterable, ExpressibleByArgument {
    /// A layer of a PINN.
    case small = "64-512"

    /// A layer of a language model.
    case large = "768-6144"
  }

  /// Measures every variant.
  static func measure(_ sizes: [Size], threads: Int) throws -> [Measurement] {
    try sizes.flatMap { size in
      try size.variants.map { try measure($0, size, threads: threads) }
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
    let times = alternate(rounds: size.rounds, by: clock) {
      for _ in 0..<size.steps { _ = try? trainer.advance() }
    } _: {
      for _ in 0..<size.steps { _ = batch * encoder }
    }
    let vectors = Double(size.rows * size.steps)
    return Measurement(
      name: "\(variant.name) \(size.rawValue)", unit: "vectors/s",
      value: vectors / times.first, oracle: "the encoder's product, one thread",
      oracleValue: vectors / times.second, ratio: times.second / times.first)
  }
}

extension SparseAutoencoderBenchmark.Size {
  fileprivate var width: Int { self == .small ? 64 : 768 }
  fileprivate var features: Int { self == .small ? 512 : 6144 }
  fileprivate var active: Int { self == .small ? 8 : 32 }
  fileprivate var rows: Int { self == .small ? 1024 : 4096 }

  /// Steps of a timing, timings, and steps before the first.
  fileprivate var steps: Int { self == .small ? 30 : 1 }
  fileprivate var rounds: Int { self == .small ? 7 : 3 }
  fileprivate var firstSteps: Int { self == .small ? 300 : 1 }

  /// All variants, those with a penalty with as many active features as the others.
  fileprivate var variants: [(name: String, variant: SparseAutoencoderVariant)] {
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

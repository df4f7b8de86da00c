// Superposition: a network that has more features than dimensions, and a sparse autoencoder that finds
// them in it.
//
// swift run -c release superposition

import Foundation
import Limbeck

// 1. Five features in two dimensions. Dense ones get a dimension each, and the rest nothing; the sparser
// they are, the more of them share the plane, until all five form a pentagon.
print("p     features  dimensions a feature  angles between neighbours")
for probability in [1, 0.3, 0.1, 0.03] {
  let importances = (0..<5).map { pow(0.9, Float($0)) }
  let models = (1...6).map { seed in
    ToyModel(
      width: 2, importances: importances, probability: probability, steps: 3000,
      seed: UInt64(seed))
  }
  guard let best = models.min(by: { $0.loss < $1.loss }) else { continue }
  let angles = best.represented.map { feature in
    atan2(best.directions[feature, 1], best.directions[feature, 0]) * 180 / .pi
  }.sorted()
  let gaps = angles.indices.map { i in
    let next = i + 1 < angles.count ? angles[i + 1] : angles[0] + 360
    return String(Int((next - angles[i]).rounded())) + "°"
  }
  print(
    String(format: "%-4g  %8d  %20.2f  ", probability, angles.count, best.dimensionsPerFeature)
      + gaps.joined(separator: " "))
}

// 2. Forty-eight features in sixteen dimensions, and a sparse autoencoder of what happens in these.
let model = ToyModel(
  width: 16, importances: Array(repeating: 1, count: 48), probability: 0.04, steps: 3000, seed: 1)
let plan = SparseAutoencoderPlan(.topK(TopK(2)), featureCount: 48, samples: 500_000)
let trainer = try SparseAutoencoderTrainer(plan, source: HiddenActivations(model: model))
while !trainer.isFinished { try trainer.advance() }
let recovery = FeatureRecovery(of: model.directions, by: trainer.autoencoder.directions)
func text(_ metric: Metric) -> String { metric.value.map(NumberFormat.short) ?? "–" }
print(
  """

  \(model.represented.count) of \(model.featureCount) features in \(model.directions.columns) \
  dimensions, of which a sparse autoencoder finds \(text(recovery.recoveredFraction)) \
  (mean |cosine| \(text(recovery.meanMaximalCosine)))
  """)

import Foundation
import Interpretability
import Networks
import PINN
import Tensors
import Testing

/// Features of the two neurons `a = tanh(2x − 0.8)` and `b = tanh(4x − 2)` of `u = 3a − b`.
@Suite("Interventions on features")
struct FeatureInterventionTests {
  /// Where a is above 1/16 and −b above zero, along their own axes.
  private static let autoencoder = SparseAutoencoder(
    encoder: Matrix(rows: 2, columns: 2, elements: [1, 0, 0, -1]), encoderBias: [-0.0625, 0],
    directions: Matrix(rows: 2, columns: 2, elements: [1, 0, 0, -1]), outputBias: [0, 0],
    activation: .relu)

  private static let site = TwoNeuronSolution.site
  private static let grid = (0...100).map { Double($0) / 100 }

  private static func study() throws -> InterventionStudy {
    try InterventionStudy(
      TwoNeuronSolution.solution, solving: TwoNeuronSolution.problem, rows: 101, threads: 1)
  }

  private static func rms(_ function: (Double) -> Double) -> Double {
    (grid.reduce(0) { $0 + function($1) * function($1) } / 101).squareRoot()
  }

  private static func a(_ x: Double) -> Double { max(0, tanh(2 * x - 0.8) - 0.0625) }

  // Sums of a hundred terms of order one: a few roundings.
  private let tolerance = 1e-12

  /// A directory with the autoencoder, in which a closure reads interventions.
  private func withAutoencoder<Result>(
    _ body: (_ directory: String) throws -> Result
  ) throws -> Result {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("features-\(UUID().uuidString)")
    let folder = directory.appendingPathComponent("layer0")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try Self.autoencoder.write(to: folder.path, model: "test", site: "layer0")
    return try body(directory.path)
  }

  @Test("a feature is taken out, scaled, held and steered by")
  func verbs() throws {
    let study = try Self.study()
    let norm = Self.rms(TwoNeuronSolution.u)
    let mean = Self.grid.reduce(0) { $0 + Self.a($1) } / 101
    try withAutoencoder { directory in
      func effect(_ text: String, _ verb: InterventionText.Verb) throws -> InterventionEffect {
        study.effect(
          of: try InterventionText.interventions(
            "sae.layer0.feature0\(text)", by: verb, in: study, autoencoders: directory),
          named: text)
      }
      func expect(
        _ text: String, _ verb: InterventionText.Verb, _ change: (Double) -> Double,
        tolerance: Double
      ) throws {
        let found = try #require(try effect(text, verb).changes[0])
        #expect(abs(found - 3 * Self.rms(change) / norm) < tolerance, "\(verb)")
      }
      try expect("", .zero, { -Self.a($0) }, tolerance: tolerance)
      try expect("=3", .scale, { 2 * Self.a($0) }, tolerance: tolerance)
      try expect("=0.5", .set, { 0.5 - Self.a($0) }, tolerance: tolerance)
      try expect("=-0.3", .add, { _ in -0.3 }, tolerance: tolerance)
      // Features are averaged as they are encoded, in single precision.
      try expect("", .mean, { mean - Self.a($0) }, tolerance: 1e-6)
      try expect("", .remove, { tanh(2 * $0 - 0.8) }, tolerance: tolerance)

      // A constant has no derivative; a feature takes its own along.
      #expect(abs(try #require(try effect("=1", .add).residualRMS[0])) < tolerance)
      let slope = Self.rms { Self.a($0) > 0 ? 6 / (cosh(2 * $0 - 0.8) * cosh(2 * $0 - 0.8)) : 0 }
      #expect(abs(try #require(try effect("", .zero).residualRMS[0]) - slope) < tolerance)
      // At x = 0 the feature is not active.
      #expect(try #require(try effect("", .zero).conditionRMS[0]) < tolerance)
    }
  }

  @Test("what is no feature is refused in a sentence")
  func refusals() throws {
    let study = try Self.study()
    try withAutoencoder { directory in
      func read(_ text: String, _ verb: InterventionText.Verb = .zero) throws {
        _ = try InterventionText.interventions(text, by: verb, in: study, autoencoders: directory)
      }
      for text in ["sae.layer0.feature2", "sae.layer0", "sae.layer0.neuron1", "sae.layer0.feature"]
      {
        #expect(throws: DistillationError.noFeature(text, layer: "layer0", features: 2)) {
          try read(text)
        }
      }
      #expect(throws: ExtractionError.self) { try read("sae.layer4.feature0") }
      #expect(throws: InterventionError.self) { try read("sae.layer0.feature0", .scale) }
      let bounds = #expect(throws: InterventionError.self) {
        try read("sae.layer0.feature0=0:1", .clamp)
      }
      #expect(bounds?.description.contains("and neurons clamped") == true)
    }
    #expect(throws: DistillationError.noAutoencoder(layer: "layer0", path: "nowhere")) {
      try InterventionText.interventions(
        "sae.layer0.feature0", by: .zero, in: study, autoencoders: "nowhere")
    }
  }

  @Test("a sweep has the effect of each feature on its own")
  func sweep() throws {
    let study = try Self.study()
    let norm = Self.rms(TwoNeuronSolution.u)
    let effects = study.sweep(Self.autoencoder, at: Self.site, by: .zero)
    #expect(effects.map(\.name) == ["sae.layer0.feature0 = zero", "sae.layer0.feature1 = zero"])
    #expect(abs(try #require(effects[0].changes[0]) - 3 * Self.rms(Self.a) / norm) < tolerance)
    let part = Self.rms { max(0, -tanh(4 * $0 - 2)) } / norm
    #expect(abs(try #require(effects[1].changes[0]) - part) < tolerance)
    // Only the second is active at x = 0.
    #expect(abs(try #require(effects[1].conditionRMS[0]) - tanh(2)) < tolerance)
  }

  @Test(
    "a sweep takes out what takes features out one by one, also where they compete",
    arguments: [
      SparseAutoencoder.Activation.relu, .topK(2), .absTopK(3),
      .jumpReLU(thresholds: [0, 0.1, 0.5, 1, 0.2, -1, 0.3]),
      .gated(
        offsets: [0.1, -0.2, 0, 0.3, -0.5, 1, 0], logGains: [0, 0.1, -0.3, 0.2, 0.5, -1, 0.4]),
    ])
  func competing(activation: SparseAutoencoder.Activation) throws {
    var random = RandomStream(seed: 6)
    func numbers(_ count: Int) -> [Float] { (0..<count).map { _ in Float(random.normal()) } }
    let autoencoder = SparseAutoencoder(
      encoder: Matrix(rows: 7, columns: 2, elements: numbers(14)), encoderBias: numbers(7),
      directions: Matrix(rows: 7, columns: 2, elements: numbers(14)), outputBias: numbers(2),
      activation: activation)
    let study = try Self.study()
    let means = study.means(of: autoencoder, at: Self.site)
    let swept = study.sweep(autoencoder, at: Self.site, by: .zero)
    let held = study.sweep(autoencoder, at: Self.site, by: .mean)
    let resampled = study.sweep(autoencoder, at: Self.site, by: .resample(seed: 4))
    func expectEqual(_ left: InterventionEffect, _ right: InterventionEffect) throws {
      let pairs = zip(
        left.changes + left.residualRMS + left.conditionRMS,
        right.changes + right.residualRMS + right.conditionRMS)
      for (a, b) in pairs { #expect(abs(try #require(a) - #require(b)) < tolerance) }
    }
    for feature in 0..<7 {
      let part = Intervention.takeOut(autoencoder.featureMap(of: feature), at: Self.site)
      try expectEqual(swept[feature], study.effect(of: [part], named: "out"))
      let steered = Intervention.add(
        autoencoder.directions.row(feature).map { means[feature] * Double($0) }, at: Self.site)
      try expectEqual(held[feature], study.effect(of: [part, steered], named: "mean"))
      let other = Resampling(features: [feature], of: autoencoder, at: Self.site)
      try expectEqual(
        resampled[feature],
        study.effect(of: [], resampling: [other], seed: 4, named: "resample"))
    }
    #expect(swept.contains { $0.changes[0] ?? 0 > 0.1 } && resampled != swept)
  }
}

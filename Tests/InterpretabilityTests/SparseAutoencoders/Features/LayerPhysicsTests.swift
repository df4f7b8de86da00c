import Interpretability
import Networks
import PINN
import RunStore
import Tensors
import Testing

/// Features of a network whose two neurons are known: each neuron's positive and negative part.
@Suite("The physics of a layer's features")
struct LayerPhysicsTests {
  private let parts = SparseAutoencoder(
    encoder: Matrix(rows: 4, columns: 2, elements: [1, 0, -1, 0, 0, 1, 0, -1]),
    encoderBias: [0, 0, 0, 0],
    directions: Matrix(rows: 4, columns: 2, elements: [1, 0, -1, 0, 0, 1, 0, -1]),
    outputBias: [0, 0], activation: .relu)

  /// On points none of which is where a neuron is zero: there both of its parts have no slope.
  private func study() throws -> SparseAutoencoderStudy {
    SparseAutoencoderStudy(
      try LayerPhysics(
        of: TwoNeuronSolution.solution, at: TwoNeuronSolution.site,
        solving: TwoNeuronSolution.problem, rows: 1000, threads: 2))
  }

  // Weights and features are of single precision.
  private let tolerance = 1e-6

  @Test("an exact reconstruction recovers everything")
  func exact() throws {
    let splice = try #require(try study().report(on: parts).splice)
    #expect(try #require(splice.reconstruction.largestChange) < tolerance)
    // u is zero without the layer, and a constant with its mean.
    #expect(abs(try #require(splice.zero.largestChange) - 1) < tolerance)
    for other in [splice.zero, splice.mean] {
      for errors: (InterventionEffect) -> [Double?] in [
        \.changes, \.residualRMS, \.conditionRMS, \.relativeL2,
      ] {
        let recovered = try #require(splice.recovered(errors, comparedWith: other)[0].value)
        #expect(abs(recovered - 1) < tolerance)
      }
    }
  }

  @Test("half of the layer recovers half of everything that zero takes away")
  func half() throws {
    let halves = SparseAutoencoder(
      encoder: parts.encoder, encoderBias: parts.encoderBias,
      directions: Matrix(
        rows: 4, columns: 2, elements: parts.directions.elements.map { $0 / 2 }),
      outputBias: parts.outputBias, activation: .relu)
    let splice = try #require(try study().report(on: halves).splice)
    #expect(abs(try #require(splice.reconstruction.largestChange) - 0.5) < tolerance)
    for errors: (InterventionEffect) -> [Double?] in [\.changes, \.residualRMS, \.relativeL2] {
      let recovered = try #require(splice.recovered(errors, comparedWith: splice.zero)[0].value)
      #expect(abs(recovered - 0.5) < tolerance)
    }
    let mean = try #require(splice.mean.largestChange)
    let recovered = try #require(splice.recovered(\.changes, comparedWith: splice.mean)[0].value)
    #expect(abs(recovered - (mean - 0.5) / mean) < tolerance / mean)
  }

  @Test("a footprint is where the feature was active")
  func footprint() throws {
    let figures = try #require(try study().report(on: parts).figures)
    let grid = (0..<2500).map { Double($0) / 2499 }
    for (feature, weight) in [3.0, -3, -1, 1].enumerated() {
      let squares = grid.map { x in
        let part = TwoNeuronSolution.activations(x)[feature / 2]
        let active = max(0, feature % 2 == 0 ? part : -part)
        return weight * weight * active * active
      }
      let norm = grid.reduce(0) { $0 + TwoNeuronSolution.u($1) * TwoNeuronSolution.u($1) }
      let change = (squares.reduce(0, +) / norm).squareRoot()
      let top = squares.sorted(by: >).prefix(250).reduce(0, +) / squares.reduce(0, +)
      #expect(abs(figures.footprints[feature].change - change) < tolerance)
      #expect(abs(try #require(figures.footprints[feature].concentration) - top) < tolerance)
    }
  }

  @Test("baselines have the same figures; the principal components of two neurons are exact")
  func baselines() throws {
    let report = try study().report(on: parts, beside: FeatureBaseline.allCases)
    #expect(
      report.baselines.map(\.name)
        == ["neurons", "principal components", "independent components", "random directions"])
    #expect(report.baselines.map(\.featureCount) == [2, 2, 2, 4])
    // Two features of a sample are active on average, and two components are all there is.
    for baseline in report.baselines.prefix(3) {
      #expect(abs(try #require(baseline.metrics.explainedVariance.value) - 1) < tolerance)
      #expect(try #require(baseline.physics?.spliced.largestChange) < 1e-5)
    }
    // The first neuron is almost u itself; correlations are those of the neurons with u and u_x.
    #expect(try #require(report.baselines[0].physics?.correlation.meanStrongest) > 0.8)
  }

  @Test("the table of features is complete")
  func table() throws {
    let report = try study().report(on: parts)
    let table = FeatureTable(report)
    #expect(table.rows.map(\.density) == report.metrics.densities.sorted(by: >))
    let row = try #require(table.rows.first { $0.feature == 0 })
    #expect(row.footprint == report.figures?.footprints[0])
    // The mean of tanh over the part of the domain where it is positive, by its antiderivative:
    // ∫ tanh(2x − 0.8) dx = ln cosh(2x − 0.8) / 2 from 0.4 to 1, over 0.6.
    #expect(abs(try #require(row.mean) - 0.4947) < 1e-3)
    #expect(
      table.csv.text.split(separator: "\n").first
        == "feature,density,mean,field,correlation,change,concentration,equation,r2,complexity")
  }
}

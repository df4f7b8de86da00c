internal import Foundation
public import Networks
public import PINN
internal import RunStore
internal import Symbolic
public import Tensors

/// The physics around a layer of a trained network: fields at the samples, and what becomes of the
/// solution when the layer is changed.
public struct LayerPhysics: Sendable {
  /// The layer.
  public let site: ActivationSite

  /// Physical fields by name, one number for each sample.
  public let fields: [(name: String, values: [Double])]

  /// The names of the network's inputs.
  public let variables: [String]

  /// Where the samples lie, one array for each variable.
  public let points: [[Double]]

  /// The activations, `[samples, units]`.
  public let activations: Matrix<Float>
  private let interventions: InterventionStudy
  private let ablations: AblationStudy

  /// Samples that baselines are fitted to.
  private static let fittedRows = 4096

  /// Takes the activations and the fields of a trained network on a regular grid.
  ///
  /// - Parameters:
  ///   - solution: The network.
  ///   - site: The layer.
  ///   - problem: The problem that it was trained on, its parameters those that were found.
  ///   - rows: About how many points to take.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: ``ExtractionError`` if there are no points, and `ProgramError` if a formula of the problem
  ///   cannot be compiled.
  public init(
    of solution: TrainedNetwork, at site: ActivationSite, solving problem: Problem,
    rows: Int = 10_000, threads: Int
  ) throws {
    self.site = site
    variables = solution.variables
    let side = SamplePoints.side(ofAbout: rows, in: problem)
    points = try SamplePoints(gridOf: problem, side: side, threads: threads).coordinates
    let values = SiteActivations(solution, sites: [site], threads: threads).values(at: points)[0]
    activations = Matrix<Float>(
      rows: points[0].count, columns: site.units, elements: values.map(Float.init))
    let known = try FieldValues(problem, threads: threads)
    fields = Array(zip(known.fields.map(\.name), known.values(of: solution, at: points)))
    interventions = try InterventionStudy(solution, solving: problem, rows: rows, threads: threads)
    ablations = try AblationStudy(solution, at: site, solving: problem, threads: threads)
  }

  /// What an autoencoder's reconstruction leaves of the solution.
  ///
  /// - Parameter autoencoder: Trained on the layer's activations.
  /// - Returns: The effects of the reconstruction, of zero and of the mean in the layer's place.
  public func splice(_ autoencoder: SparseAutoencoder) -> SplicedPhysics {
    SplicedPhysics(autoencoder, at: site, in: interventions)
  }

  /// The figures of an autoencoder.
  ///
  /// - Parameters:
  ///   - autoencoder: Trained on the layer's activations.
  ///   - metrics: What it is worth as a reconstruction.
  ///   - spliced: What becomes of the solution with its reconstruction.
  /// - Returns: The figures.
  func figures(
    of autoencoder: SparseAutoencoder, _ metrics: DictionaryMetrics,
    _ spliced: InterventionEffect
  ) -> DictionaryPhysics {
    figures(
      "sparse autoencoder", features: autoencoder.encode(activations), metrics, spliced
    ) { autoencoder.featureMap(of: $0) }
  }

  /// The figures of a baseline.
  ///
  /// - Parameters:
  ///   - baseline: What the dictionary consists of.
  ///   - featureCount: The autoencoder's number of features.
  ///   - l0: The autoencoder's mean number of active features.
  /// - Returns: The figures.
  /// - Throws: `LinearAlgebraError` if the samples have no decomposition.
  func figures(
    of baseline: FeatureBaseline, featureCount: Int, l0: Double
  ) throws -> DictionaryPhysics {
    let dictionary = try dictionary(baseline, featureCount: featureCount)
    var mean = [Double](repeating: 0, count: activations.columns)
    activations.addColumns(to: &mean)
    let active = max(1, min(dictionary.featureCount, Int(l0.rounded())))
    // Codes on many random directions mean nothing one by one: as many directions as may be active.
    let kept =
      baseline == .randomDirections
      ? try self.dictionary(baseline, featureCount: active) : dictionary
    let sparse = kept.keeping(active, about: mean.map { Float($0 / Double(activations.rows)) })
    return figures(
      baseline.name, features: dictionary.encode(activations),
      try DictionaryMetrics(sparse, on: activations),
      interventions.effect(
        of: [.replace(at: site, by: sparse.featureMap)], named: baseline.name)
    ) { dictionary.featureMap(of: $0) }
  }

  private func dictionary(
    _ baseline: FeatureBaseline, featureCount: Int
  ) throws(LinearAlgebraError) -> LinearDictionary {
    let width = activations.columns
    switch baseline {
    case .neurons: return .neurons(width: width)
    case .principalComponents: return try .principalComponents(of: activations, count: width)
    case .independentComponents:
      return try .independentComponents(of: fittedSamples, count: width, seed: 0)
    case .randomDirections:
      return try .randomDirections(in: activations, count: featureCount, seed: 0)
    }
  }

  /// Samples at equal distances.
  private var fittedSamples: Matrix<Float> {
    guard activations.rows > Self.fittedRows else { return activations }
    return Matrix(
      rows: Self.fittedRows, columns: activations.columns,
      elements: (0..<Self.fittedRows).flatMap {
        activations.row($0 * activations.rows / Self.fittedRows)
      })
  }

  private func figures(
    _ name: String, features: Matrix<Float>, _ metrics: DictionaryMetrics,
    _ spliced: InterventionEffect, map: @Sendable (Int) -> FeatureMap
  ) -> DictionaryPhysics {
    let correlation = FieldCorrelation(features, with: fields)
    return DictionaryPhysics(
      name: name, featureCount: features.columns, metrics: metrics, correlation: correlation,
      pairs: FeaturePairs(of: features, correlation),
      footprints: ablations.footprints(count: features.columns, map: map), spliced: spliced)
  }
}

/// Dictionaries without training that a sparse autoencoder has to beat.
public enum FeatureBaseline: String, Sendable, CaseIterable {
  /// The units themselves.
  case neurons

  /// Orthogonal directions of largest variance.
  case principalComponents = "pca"

  /// Directions along which samples are as independent as can be.
  case independentComponents = "ica"

  /// As many random directions as the autoencoder has features.
  case randomDirections = "random"

  /// The name for people.
  public var name: String {
    switch self {
    case .neurons: "neurons"
    case .principalComponents: "principal components"
    case .independentComponents: "independent components"
    case .randomDirections: "random directions"
    }
  }
}

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

  /// Takes the activations and the fields of a trained network on a grid of its domain, or in the rows of
  /// the table that it was fitted to (``SamplePoints/init(showing:rows:part:threads:)``).
  ///
  /// - Parameters:
  ///   - solution: The network.
  ///   - site: The layer.
  ///   - problem: The problem that it was trained on, its parameters those that were found.
  ///   - rows: About how many points to take.
  ///   - part: Rows of the problem's table, in the place of other points.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: ``ExtractionError`` if there are no points, `TableError` if the table cannot be read, and
  ///   `ProgramError` if a formula of the problem cannot be compiled.
  public init(
    of solution: TrainedNetwork, at site: ActivationSite, solving problem: Problem,
    rows: Int = 10_000, part: TablePart? = nil, threads: Int
  ) throws {
    self.site = site
    variables = solution.variables
    points = try SamplePoints(
      showing: problem, rows: rows, part: part, threads: threads
    ).coordinates
    let values = SiteActivations(solution, sites: [site], threads: threads).values(at: points)[0]
    activations = Matrix<Float>(
      rows: points[0].count, columns: site.units, elements: values.map(Float.init))
    let known = try FieldValues(problem, threads: threads)
    fields = Array(zip(known.fields.map(\.name), known.values(of: solution, at: points)))
    interventions = try InterventionStudy(
      solution, solving: problem, rows: rows, part: part, threads: threads)
    ablations = try AblationStudy(
      solution, at: site, solving: problem, part: part, threads: threads)
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
  ///   - spliced: What becomes of the solution with its reconstruction.
  /// - Returns: The figures.
  func figures(
    of autoencoder: SparseAutoencoder, _ spliced: InterventionEffect
  ) -> DictionaryPhysics {
    figures(features: autoencoder.encode(activations), spliced) { autoencoder.featureMap(of: $0) }
  }

  /// The figures of a baseline.
  ///
  /// - Parameters:
  ///   - dictionary: Its directions.
  ///   - sparse: The same with as many features of a sample as an autoencoder uses.
  ///   - name: What to call it.
  /// - Returns: The figures.
  func figures(
    of dictionary: LinearDictionary, _ sparse: SparseAutoencoder, named name: String
  ) -> DictionaryPhysics {
    figures(
      features: dictionary.encode(activations),
      interventions.effect(of: [.replace(at: site, by: sparse.featureMap)], named: name)
    ) { dictionary.featureMap(of: $0) }
  }

  private func figures(
    features: Matrix<Float>, _ spliced: InterventionEffect, map: @Sendable (Int) -> FeatureMap
  ) -> DictionaryPhysics {
    let correlation = FieldCorrelation(features, with: fields)
    return DictionaryPhysics(
      correlation: correlation, pairs: FeaturePairs(of: features, correlation),
      footprints: ablations.footprints(count: features.columns, map: map), spliced: spliced)
  }
}

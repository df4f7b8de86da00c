import Foundation
import Limbeck

/// What pictures of a network's inside show: its neurons over the domain, what the solution loses
/// without each of them, their spectra, and the features that layers were taken apart into.
struct NetworkPictures {
  /// The layer that is looked into.
  let site: ActivationSite

  private let stored: StoredRun
  private let domain: DomainGrid
  private let threads: Int

  /// Looks into a network.
  ///
  /// - Parameters:
  ///   - stored: The run.
  ///   - layer: The layer; the last one unless given.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: `ExtractionError` if there is no such layer.
  init(of stored: StoredRun, layer: String?, threads: Int) throws {
    self.stored = stored
    self.threads = threads
    site = try stored.solution.sites(named: [layer ?? "last"])[0]
    domain = DomainGrid(of: stored.recipe.problem, side: 48, line: 241)
  }

  /// What the neurons do.
  var activations: FieldMaps {
    let neurons = neurons(atMost: Self.neuronLimit)
    return FieldMaps(
      "Activations of \(site.name)" + choice(neurons), on: domain.grid,
      neurons.map { .init(title: "neuron \($0.unit)", values: $0.values) })
  }

  /// What becomes of each unknown where each of these neurons is held at zero.
  var ablations: [FieldMaps] {
    let unknowns = stored.recipe.problem.unknowns
    // Several unknowns share the room of one.
    let neurons = neurons(atMost: max(6, Self.neuronLimit / unknowns.count))
    return unknowns.enumerated().map { index, name in
      let whole = domain.values(of: index, in: stored.solution, threads: threads)
      return FieldMaps(
        "\(name) with a neuron of \(site.name) held at zero, minus \(name)" + choice(neurons),
        on: domain.grid,
        neurons.map { neuron in
          let changed = stored.solution.intervened([.set([neuron.unit: 0], at: site)])
          let values = domain.values(of: index, in: changed, threads: threads)
          let inside = whole.indices.filter { whole[$0].isFinite && values[$0].isFinite }
          let change = Statistics.relativeL2(
            inside.map { values[$0] }, reference: inside.map { whole[$0] })
          return .init(
            title: "neuron \(neuron.unit)",
            note: change.map { "rel. change \(NumberFormat.short($0))" },
            values: zip(values, whole).map { $0 - $1 })
        })
    }
  }

  /// The spectra of the unknowns, of their errors and of the neurons; none where the domain is not a
  /// box, which has no waves of its own.
  var spectra: [SpectrumFigure.Panel] {
    guard domain.isWhole else { return [] }
    let problem = stored.recipe.problem
    var panels: [SpectrumFigure.Panel] = []
    for (index, unknown) in problem.unknowns.enumerated() {
      let network = domain.values(of: index, in: stored.solution, threads: threads)
      let truth = problem.exact[index].flatMap(domain.values)
      let error = truth.map { zip(network, $0).map { $0 - $1 } }
      let spectra = [spectrum("network", network), error.flatMap { spectrum("error", $0) }]
        .compactMap { $0 }
      if !spectra.isEmpty { panels.append(.init(title: unknown, spectra: spectra)) }
    }
    let neurons = neurons(atMost: Self.neuronLimit).compactMap {
      spectrum("neuron \($0.unit)", $0.values)
    }
    return neurons.isEmpty
      ? panels : panels + [.init(title: "neurons of \(site.name)", spectra: neurons)]
  }

  private func spectrum(_ name: String, _ values: [Double]) -> WaveSpectrum? {
    guard values.allSatisfy(\.isFinite) else { return nil }
    // From half the samples of a side on a shell is no longer whole.
    let length = (domain.shape.min() ?? 0) / 2
    return FieldSpectrum(of: values, shape: domain.shape).map { spectrum in
      WaveSpectrum(
        name: name, power: spectrum.shares.prefix(length).map { $0 * spectrum.variance })
    }
  }

  /// The neurons of the layer, or those of a wide one that vary most, in order.
  private func neurons(atMost limit: Int) -> [(unit: Int, values: [Double])] {
    let layer = SiteActivations(stored.solution, sites: [site], threads: threads)
      .values(at: domain.points)[0]
    let all = (0..<site.units).map { unit in
      (
        unit: unit,
        values: domain.masked(
          stride(from: unit, to: layer.count, by: site.units).map { layer[$0] })
      )
    }
    let variances = all.map { Statistics.variance($0.values.filter(\.isFinite)) ?? 0 }
    let most = all.indices.sorted { (variances[$1], $0) < (variances[$0], $1) }
    return most.prefix(limit).sorted().map { all[$0] }
  }

  private func choice(_ neurons: [(unit: Int, values: [Double])]) -> String {
    neurons.count == site.units
      ? "" : ", the \(neurons.count) of \(site.units) neurons that vary most"
  }

  /// More pictures than these are not looked at.
  private static let neuronLimit = 24
}

// MARK: - Sparse features

extension NetworkPictures {
  /// Features with their activations over the domain, their directions, and what they go with.
  ///
  /// - Parameter features: The features of a layer as their folder lists them.
  /// - Returns: The same with what the network adds; nothing is added without the folder's weights.
  /// - Throws: `SparseAutoencoderFileError` for weights that are there and wrong, `DistillationError` for
  ///   those of another layer, `ExtractionError` for a layer that the network has not.
  func completed(_ features: SparseFeatures) throws -> SparseFeatures {
    let weights = RunFile.sparseAutoencoder(site: features.site, .weights)
    guard stored.directory.contains(weights), !features.live.isEmpty else { return features }
    let folders = URL(fileURLWithPath: try stored.directory.path(of: weights))
      .deletingLastPathComponent().deletingLastPathComponent().path
    let site = try stored.solution.sites(named: [features.site])[0]
    let autoencoder = try stored.solution.autoencoder(at: site, in: folders)
    var result = features
    result.directions = (0..<autoencoder.featureCount).map { feature in
      autoencoder.directions.row(feature).map(Double.init)
    }
    result.maps = maps(of: features, autoencoder, at: site)
    let physics = try LayerPhysics(
      of: stored.solution, at: site, solving: stored.recipe.problem, threads: threads)
    result.correlations = correlations(of: features, autoencoder, physics)
    if !stored.recipe.problem.isPosed {
      result.inputs = inputs(of: features, autoencoder, physics)
    }
    return result
  }

  private func maps(
    of features: SparseFeatures, _ autoencoder: SparseAutoencoder, at site: ActivationSite
  ) -> FieldMaps {
    let layer = SiteActivations(stored.solution, sites: [site], threads: threads)
      .values(at: domain.points)[0]
    let active = autoencoder.encode(
      Matrix<Float>(
        rows: domain.grid.count, columns: site.units, elements: layer.map(Float.init)))
    return FieldMaps(
      "Features of \(site.name)", on: domain.grid,
      features.live.prefix(Self.mapLimit).map { feature in
        .init(
          title: "feature \(feature.index)",
          values: domain.masked(active.column(feature.index).map(Double.init)))
      })
  }

  /// As `limbeck sae` measures them, on the same points.
  private func correlations(
    of features: SparseFeatures, _ autoencoder: SparseAutoencoder, _ physics: LayerPhysics
  ) -> NamedTable {
    let correlation = FieldCorrelation(
      autoencoder.encode(physics.activations), with: physics.fields)
    return Self.table(
      correlation, features.live.prefix(Self.rowLimit).map { ("feature \($0.index)", $0.index) })
  }

  /// The same with the inputs, beside those of the neurons.
  private func inputs(
    of features: SparseFeatures, _ autoencoder: SparseAutoencoder, _ physics: LayerPhysics
  ) -> InputCorrelations {
    let neurons = physics.neuronSensitivity.correlation
    let correlation = physics.sensitivity(of: autoencoder.encode(physics.activations)).correlation
    return InputCorrelations(
      neurons: Self.table(
        neurons, neurons.coefficients.indices.prefix(Self.rowLimit).map { ("\($0)", $0) }),
      features: Self.table(
        correlation, features.live.prefix(Self.rowLimit).map { ("\($0.index)", $0.index) }))
  }

  private static func table(
    _ correlation: FieldCorrelation, _ rows: [(name: String, index: Int)]
  ) -> NamedTable {
    NamedTable(
      rows: rows.map(\.name), columns: correlation.fields,
      values: rows.map { correlation.coefficients[$0.index].map { $0 ?? .nan } })
  }

  private static let mapLimit = 12
  private static let rowLimit = 32
}

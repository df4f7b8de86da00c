public import Networks
public import PINN
internal import RunStore
internal import Tensors

/// A feature of the sparse autoencoder that was trained on a layer, as `sae.layer1.feature5` names it.
struct StoredFeature {
  /// The layer.
  let site: ActivationSite

  /// What finds the feature.
  let autoencoder: SparseAutoencoder

  /// The feature's index.
  let index: Int

  /// Reads a feature's name and its layer's autoencoder.
  ///
  /// - Parameters:
  ///   - text: The name.
  ///   - solution: The network.
  ///   - autoencoders: The directory with a folder for each layer's autoencoder.
  /// - Throws: ``DistillationError`` or ``ExtractionError`` for a name of nothing, or the `StoreFailure` of a
  ///   file that cannot be read.
  init(_ text: String, in solution: TrainedNetwork, autoencoders: String?) throws {
    let words = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    site = try solution.sites(named: [words.count > 1 ? words[1] : ""])[0]
    autoencoder = try solution.autoencoder(at: site, in: autoencoders)
    let digits = words.count == 3 && words[2].hasPrefix("feature") ? words[2].dropFirst(7) : ""
    guard let index = Int(digits), (0..<autoencoder.featureCount).contains(index) else {
      throw DistillationError.noFeature(
        text, layer: site.name, features: autoencoder.featureCount)
    }
    self.index = index
  }

  private var direction: [Double] { autoencoder.directions.row(index).map(Double.init) }

  /// The feature held at a value wherever it was more or less.
  func held(at value: Double) -> [Intervention] {
    let taken = Intervention.takeOut(autoencoder.featureMap(of: index), at: site)
    return value == 0 ? [taken] : [taken] + added(value)
  }

  /// The feature multiplied by a factor.
  func scaled(by factor: Double) -> [Intervention] {
    [.takeOut(autoencoder.featureMap(of: index).scaled(by: 1 - factor), at: site)]
  }

  /// The activations steered along the feature's direction.
  func added(_ amount: Double) -> [Intervention] {
    [.add(direction.map { amount * $0 }, at: site)]
  }

  /// The activations without their component along the feature's direction; nil if that is zero.
  var directionRemoved: Intervention? {
    direction.contains { $0 != 0 } ? .set(direction: direction, at: site) : nil
  }
}

extension TrainedNetwork {
  /// The sparse autoencoder that was trained on a site.
  ///
  /// - Parameters:
  ///   - site: The site.
  ///   - directory: The directory with a folder for each site's autoencoder, if there is one.
  /// - Returns: The autoencoder.
  /// - Throws: `DistillationError.noAutoencoder` or
  ///   `DistillationError.otherAutoencoder`, or the `StoreFailure` of a file that
  ///   cannot be read.
  public func autoencoder(
    at site: ActivationSite, in directory: String?
  ) throws -> SparseAutoencoder {
    guard let folder = directory.map({ "\($0)/\(site.name)" }), FileSystem.exists(folder) else {
      throw DistillationError.noAutoencoder(layer: site.name, path: directory)
    }
    let autoencoder = try SparseAutoencoder(contentsOf: folder)
    guard autoencoder.inputWidth == site.units, autoencoder.centresInput else {
      throw DistillationError.otherAutoencoder(
        path: folder, found: autoencoder.inputWidth, expected: site.units)
    }
    return autoencoder
  }
}

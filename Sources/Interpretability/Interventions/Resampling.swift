public import Networks
internal import Tensors

/// Units or features that take the values, with all derivatives, that they have at another point of the
/// sample, drawn at random.
///
/// Resampling breaks what a unit knows about its point and leaves all else: its range, its scale, and the
/// relation of its derivatives to its value. All that is resampled together is taken from the same point.
/// Heimersheim & Nanda (2024), [arXiv:2404.15255](https://doi.org/10.48550/arXiv.2404.15255).
public struct Resampling: Sendable {
  let patch: SitePatch

  /// Resamples units.
  ///
  /// - Parameters:
  ///   - units: Their indices.
  ///   - site: Where.
  public init(units: [Int], at site: ActivationSite) {
    precondition(units.allSatisfy((0..<site.units).contains), "the site has the units")
    patch = SitePatch(parts: .units(site), indices: units)
  }

  /// Resamples features, what they leave of the activations staying as it is.
  ///
  /// - Parameters:
  ///   - features: Their indices.
  ///   - autoencoder: What finds them.
  ///   - site: Where.
  public init(features: [Int], of autoencoder: SparseAutoencoder, at site: ActivationSite) {
    precondition(
      features.allSatisfy((0..<autoencoder.featureCount).contains),
      "the autoencoder has the features")
    patch = SitePatch(parts: .features(autoencoder.featureMap, at: site), indices: features)
  }
}

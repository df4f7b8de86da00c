internal import Networks
internal import Tensors

/// What the activations of a site are made of, for changing some parts and not others.
enum SiteParts: Sendable {
  /// Units.
  case units(ActivationSite)

  /// Features: activations are `Σ f_j d_j` and what the features leave out, which stays.
  case features(FeatureMap, at: ActivationSite)

  /// The site.
  var site: ActivationSite {
    switch self {
    case .units(let site), .features(_, let site): site
    }
  }

  /// Number of parts.
  var count: Int {
    switch self {
    case .units(let site): site.units
    case .features(let map, _): map.featureCount
    }
  }

  /// The network in whose passes the parts can be read.
  func watched(in network: Network) -> Network {
    switch self {
    case .units: network
    case .features(let map, let site): network.intervened([.watch(map, at: site)])
    }
  }

  /// The parts' jets, `[parts, channels, points]`, after a forward pass of a network that watches them.
  func values(in jets: JetPropagation<Double>) -> UnsafePointer<Double> {
    switch self {
    case .units(let site): jets.values(at: site)
    case .features(_, let site): jets.featureValues(at: site)
    }
  }
}

/// Some parts of a site.
struct SitePatch: Sendable {
  /// What the site is made of.
  let parts: SiteParts

  /// Which of the parts.
  let indices: [Int]
}

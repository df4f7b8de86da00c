/// What a dictionary of features makes of activations: `D s(E a + c) + b`.
///
/// A transcoder's dictionary makes activations of one layer out of those of another.
///
/// Where the selection s does not change, the map is affine, and derivatives pass through it as through
/// one; where it changes, the map may jump, and no derivative sees that.
public struct FeatureMap: Sendable, Equatable {
  /// E, `[features, inputs]` row by row.
  public let encoder: [Double]

  /// c, `[features]`.
  public let offsets: [Double]

  /// s: which features stay.
  public let selection: UnitSelection

  /// D, `[units, features]` row by row.
  public let decoder: [Double]

  /// b, `[units]`.
  public let bias: [Double]

  /// Number of features.
  public var featureCount: Int { offsets.count }

  /// Number of units that are read.
  public var inputs: Int { offsets.isEmpty ? 0 : encoder.count / offsets.count }

  /// Puts a map together.
  ///
  /// - Parameters:
  ///   - encoder: E, `[features, inputs]` row by row.
  ///   - offsets: c, `[features]`.
  ///   - selection: Which features stay.
  ///   - decoder: D, `[units, features]` row by row.
  ///   - bias: b, `[units]`.
  public init(
    encoder: [Double], offsets: [Double], selection: UnitSelection, decoder: [Double],
    bias: [Double]
  ) {
    precondition(
      !offsets.isEmpty && encoder.count.isMultiple(of: offsets.count)
        && decoder.count == offsets.count * bias.count,
      "encoder and decoder have the same features")
    self.encoder = encoder
    self.offsets = offsets
    self.selection = selection
    self.decoder = decoder
    self.bias = bias
  }
}

extension FeatureMap {
  /// The map with all that it makes multiplied by a factor.
  ///
  /// - Parameter factor: The factor.
  /// - Returns: The map; the features themselves are the same.
  public func scaled(by factor: Double) -> FeatureMap {
    FeatureMap(
      encoder: encoder, offsets: offsets, selection: selection,
      decoder: decoder.map { factor * $0 }, bias: bias.map { factor * $0 })
  }
}

/// Which units keep their values; the others become zero.
public enum UnitSelection: Sendable, Equatable {
  /// All of them.
  case all

  /// Those above a threshold each, none of which is negative.
  case above([Double])

  /// The largest of a sample where they are positive, or by their size; of equal ones the first.
  case largest(Int, byMagnitude: Bool)
}

extension Intervention {
  /// Replaces activations by what features make of them, `a ← D s(E a + c) + b`.
  ///
  /// - Parameters:
  ///   - site: Where.
  ///   - map: The features.
  ///   - source: The earlier layer whose activations the features read, for a transcoder; nil for the
  ///     site itself.
  /// - Returns: The intervention.
  public static func replace(
    at site: ActivationSite, by map: FeatureMap, of source: ActivationSite? = nil
  ) -> Intervention {
    features(map, of: source, at: site, isTakenOut: false)
  }

  /// Takes the part that features make up out of activations, `a ← a − D s(E a + c) − b`.
  ///
  /// - Parameters:
  ///   - map: The features.
  ///   - source: The earlier layer whose activations the features read, for a transcoder; nil for the
  ///     site itself.
  ///   - site: Where.
  /// - Returns: The intervention.
  public static func takeOut(
    _ map: FeatureMap, of source: ActivationSite? = nil, at site: ActivationSite
  ) -> Intervention {
    features(map, of: source, at: site, isTakenOut: true)
  }

  /// Changes nothing, and lets the features of a site be read by ``JetPropagation/featureValues(at:)``.
  ///
  /// - Parameters:
  ///   - map: The features, of which the decoder does not matter.
  ///   - site: Where.
  /// - Returns: The intervention.
  package static func watch(_ map: FeatureMap, at site: ActivationSite) -> Intervention {
    precondition(map.inputs == site.units, "the features are of the site's number of units")
    return Intervention(site: site.name, edit: .watch(map))
  }

  private static func features(
    _ map: FeatureMap, of source: ActivationSite?, at site: ActivationSite, isTakenOut: Bool
  ) -> Intervention {
    precondition(
      map.bias.count == site.units && map.inputs == (source ?? site).units,
      "the features are of the sites' numbers of units")
    return Intervention(
      site: site.name, edit: .features(map, source: source?.name, isTakenOut: isTakenOut))
  }
}

extension LayerGraph {
  /// Adds the steps of a feature map.
  ///
  /// - Parameters:
  ///   - units: The activations.
  ///   - features: The map.
  /// - Returns: What the map makes of them.
  mutating func decompose(_ units: LayerSlice, into features: FeatureMap) -> LayerSlice {
    map(self.features(features, of: units), weights: features.decoder, biases: features.bias)
  }

  /// Adds the steps that make features of activations.
  ///
  /// - Parameters:
  ///   - features: The map.
  ///   - units: The activations.
  /// - Returns: The features.
  mutating func features(_ features: FeatureMap, of units: LayerSlice) -> LayerSlice {
    select(
      features.selection, of: map(units, weights: features.encoder, biases: features.offsets))
  }
}

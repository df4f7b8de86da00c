/// What a dictionary of features makes of activations: `D s(E a + c) + b`.
///
/// Where the selection s does not change, the map is affine, and derivatives pass through it as through
/// one; where it changes, the map may jump, and no derivative sees that.
public struct FeatureMap: Sendable, Equatable {
  /// E, `[features, units]` row by row.
  public let encoder: [Double]

  /// c, `[features]`.
  public let offsets: [Double]

  /// s: which features stay.
  public let selection: UnitSelection

  /// D, `[units, features]` row by row.
  public let decoder: [Double]

  /// b, `[units]`.
  public let bias: [Double]

  /// Puts a map together.
  ///
  /// - Parameters:
  ///   - encoder: E, `[features, units]` row by row.
  ///   - offsets: c, `[features]`.
  ///   - selection: Which features stay.
  ///   - decoder: D, `[units, features]` row by row.
  ///   - bias: b, `[units]`.
  public init(
    encoder: [Double], offsets: [Double], selection: UnitSelection, decoder: [Double],
    bias: [Double]
  ) {
    precondition(
      encoder.count == offsets.count * bias.count && decoder.count == encoder.count,
      "encoder and decoder have the same features and units")
    self.encoder = encoder
    self.offsets = offsets
    self.selection = selection
    self.decoder = decoder
    self.bias = bias
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
  /// - Returns: The intervention.
  public static func replace(at site: ActivationSite, by map: FeatureMap) -> Intervention {
    precondition(map.bias.count == site.units, "the features are of the site's number of units")
    return Intervention(site: site.name, edit: .features(map, isTakenOut: false))
  }

  /// Takes the part that features make up out of activations, `a ← a − D s(E a + c) − b`.
  ///
  /// - Parameters:
  ///   - map: The features.
  ///   - site: Where.
  /// - Returns: The intervention.
  public static func takeOut(_ map: FeatureMap, at site: ActivationSite) -> Intervention {
    precondition(map.bias.count == site.units, "the features are of the site's number of units")
    return Intervention(site: site.name, edit: .features(map, isTakenOut: true))
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
    let sums = map(units, weights: features.encoder, biases: features.offsets)
    return map(
      select(features.selection, of: sums), weights: features.decoder, biases: features.bias)
  }
}

public import RunStore
internal import Tensors

/// What the physics says of a dictionary of a layer.
public struct DictionaryPhysics: Sendable {
  /// What the features go with.
  public let correlation: FieldCorrelation

  /// What two features say together.
  public let pairs: FeaturePairs

  /// Where the solution changes when a feature is taken out.
  public let footprints: [AblationFootprint]

  /// What becomes of the solution with the sparse reconstruction in the layer's place.
  public let spliced: InterventionEffect

  /// The mean of the footprints' concentrations, those of features that change nothing left out.
  public var meanConcentration: Double? { Statistics.mean(footprints.compactMap(\.concentration)) }

  /// The figures by name; what is not defined is null.
  public var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    return .object(
      [
        .init("mean_max_correlation", number(correlation.meanStrongest)),
        .init("mean_pair_gain", number(pairs.meanGain)),
        .init("mean_concentration", number(meanConcentration)),
      ] + (spliced.json.members ?? []).dropFirst()
        + [.init("pairs", .array(pairs.fields.map(\.json)))])
  }
}

extension FeaturePairs.Field {
  /// The features and figures by name.
  var json: JSONValue {
    [
      "field": .string(name), "feature": .integer(single.feature), "r2": .number(single.r2),
      "pair": [.integer(pair.first), .integer(pair.second)], "pair_r2": .number(pair.r2),
      "gain": .number(gain),
    ]
  }
}

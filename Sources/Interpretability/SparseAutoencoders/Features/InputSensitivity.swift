public import RunStore
public import Tensors

/// Which inputs of a network each neuron of a layer, or each feature of a dictionary, goes with.
///
/// One is *sensitive* to an input if Pearson's |r| of the two over the samples is at least 0.4, and
/// *monosemantic* if it is sensitive to exactly one, the measures of King et al.
/// (<https://github.com/frasertheking/TowardsInterpretability>). Inputs that go with each other make
/// whatever goes with one of them sensitive to both.
public struct InputSensitivity: Sendable {
  /// Pearson's r of each neuron or feature with each input.
  public let correlation: FieldCorrelation

  /// The least |r| that counts.
  public static let threshold = 0.4

  /// Correlates neurons or features with inputs.
  ///
  /// - Parameters:
  ///   - units: Shape `[samples, units]`.
  ///   - inputs: Names and values, one for each sample.
  public init(of units: Matrix<Float>, to inputs: [(name: String, values: [Double])]) {
    correlation = FieldCorrelation(units, with: inputs)
  }

  /// The number of inputs that each one is sensitive to; nil for those that are constant, such as dead
  /// features.
  public var counts: [Int?] {
    correlation.coefficients.map { row in
      let known = row.compactMap(\.self)
      return known.isEmpty ? nil : known.count { abs($0) >= Self.threshold }
    }
  }

  /// The mean number of inputs, those that are constant left out.
  public var meanCount: Double? { Statistics.mean(counts.compactMap { $0.map(Double.init) }) }

  /// How many vary at all.
  public var liveCount: Int { counts.count { $0 != nil } }

  /// How many are sensitive to exactly one input.
  public var monosemanticCount: Int { counts.count { $0 == 1 } }

  /// The figures by name; what is not defined is null.
  public var json: JSONValue {
    [
      "mean_inputs": meanCount.map { .number($0) } ?? .null, "live": .integer(liveCount),
      "monosemantic": .integer(monosemanticCount),
      "inputs": .array(counts.map { $0.map { .integer($0) } ?? .null }),
    ]
  }
}

extension LayerPhysics {
  /// The inputs that each neuron of the layer goes with.
  public var neuronSensitivity: InputSensitivity { sensitivity(of: activations) }

  /// The inputs that each feature goes with.
  ///
  /// - Parameter features: The features' activations in the layer's samples, `[samples, features]`.
  /// - Returns: The sensitivities.
  public func sensitivity(of features: Matrix<Float>) -> InputSensitivity {
    InputSensitivity(of: features, to: Array(zip(variables, points)))
  }
}

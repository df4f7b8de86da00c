/// When each feature was last active, and how much it does.
struct FeatureUsage: Sendable, Codable, Equatable {
  /// Samples since the feature was last active.
  private(set) var silence: [Int]

  /// A running mean of the squared activation.
  private(set) var energy: [Double]

  /// Samples recorded so far.
  private(set) var samples = 0

  /// Number of features.
  var count: Int { silence.count }

  init(featureCount: Int) {
    silence = Array(repeating: 0, count: featureCount)
    energy = Array(repeating: 0, count: featureCount)
  }

  /// Takes note of a batch.
  ///
  /// - Parameters:
  ///   - squares: For each feature the sum of its squared activations.
  ///   - rows: Rows of the batch.
  ///   - memory: Samples over which the running mean reaches back.
  mutating func record(_ squares: UnsafePointer<Double>, rows: Int, memory: Int) {
    samples += rows
    // In the beginning the mean is that of all samples so far.
    let share = min(1, Double(rows) / Double(max(1, min(memory, samples))))
    for feature in silence.indices {
      silence[feature] = squares[feature] > 0 ? 0 : silence[feature] + rows
      energy[feature] += share * (squares[feature] / Double(rows) - energy[feature])
    }
  }

  /// The features without activity for so many samples, in order.
  func silent(for samples: Int) -> [Int] {
    silence.indices.filter { silence[$0] >= samples }
  }

  /// What a feature explains: the mean square of its contributions.
  func worth(_ feature: Int, _ parameters: ParameterArray) -> Double {
    let norm = Double(parameters.decoderNorm(feature))
    return energy[feature] * norm * norm
  }

  /// The features from the one that explains least upwards.
  func weakestFirst(_ parameters: ParameterArray) -> [Int] {
    let worths = silence.indices.map { worth($0, parameters) }
    return silence.indices.sorted { (worths[$0], $0) < (worths[$1], $1) }
  }

  /// Counts a feature that starts anew as one like any other.
  mutating func restart(_ feature: Int) {
    silence[feature] = 0
    energy[feature] = median
  }

  private var median: Double { energy.sorted()[energy.count / 2] }
}

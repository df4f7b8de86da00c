public import Tensors

/// Random frequencies B of the features `[cos Bx, sin Bx]`.
///
/// Networks learn slowly varying functions first; features of higher frequencies make quickly varying ones as
/// easy. Tancik et al. (2020), [doi:10.48550/arXiv.2006.10739](https://doi.org/10.48550/arXiv.2006.10739);
/// for differential equations Wang, Wang & Perdikaris (2021),
/// [doi:10.1016/j.cma.2021.113938](https://doi.org/10.1016/j.cma.2021.113938).
public struct FourierFeatures: Sendable, Codable, Equatable {
  /// Number of inputs of the features.
  public let inputs: Int

  /// B, `[count, inputs]` row by row: radians per unit of an input, which runs from −1 to 1.
  public let frequencies: [Double]

  /// Number of frequencies; each makes two features.
  public var count: Int { frequencies.count / inputs }

  /// Draws frequencies.
  ///
  /// - Parameters:
  ///   - count: Number of frequencies.
  ///   - inputs: Number of inputs of the features.
  ///   - deviations: Standard deviations of the normal distributions that share the frequencies
  ///     evenly; at least one.
  ///   - random: Where the randomness comes from.
  public init(count: Int, inputs: Int, deviations: [Double], random: inout RandomStream) {
    precondition(count > 0 && inputs > 0 && !deviations.isEmpty, "features have frequencies")
    self.inputs = inputs
    var frequencies: [Double] = []
    for feature in 0..<count {
      let deviation = deviations[feature * deviations.count / count]
      for _ in 0..<inputs { frequencies.append(deviation * random.normal()) }
    }
    self.frequencies = frequencies
  }

  /// Reads frequencies.
  ///
  /// - Parameter decoder: Where to read from.
  /// - Throws: `DecodingError` if their number is absurd.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    inputs = try container.decode(Int.self, forKey: .inputs)
    frequencies = try container.decode([Double].self, forKey: .frequencies)
    guard inputs > 0, !frequencies.isEmpty, frequencies.count.isMultiple(of: inputs) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not Fourier features"))
    }
  }
}

extension LayerGraph {
  /// Adds what replaces the inputs before the first layer: harmonics of the periodic ones, and of the
  /// result Fourier features.
  ///
  /// - Parameter design: The design.
  /// - Returns: The inputs of the first layer.
  mutating func embed(_ design: NetworkDesign) -> LayerSlice {
    let embedded = addHarmonics(design)
    guard let features = design.fourierFeatures else { return embedded }
    let sums = map(
      embedded, weights: features.frequencies + features.frequencies,
      biases: cosinesAndSines(features.count))
    return apply(.activation(.sin), to: sums)
  }

  /// Phases that make cosines of the first half of sines.
  private func cosinesAndSines(_ count: Int) -> [Double] {
    Array(repeating: .pi / 2, count: count) + Array(repeating: 0, count: count)
  }

  private mutating func addHarmonics(_ design: NetworkDesign) -> LayerSlice {
    guard design.harmonics.contains(where: { $0 > 0 }) else { return inputs }
    let result = slot(design.embeddedInputs)
    var first = 0
    for (input, harmonics) in design.harmonics.enumerated() {
      let own = inputs[input..<input + 1]
      if harmonics == 0 {
        map(own, weights: [1], biases: [0], into: result[first..<first + 1])
        first += 1
      } else {
        // The interval is [−1, 1] here, so that the k-th harmonic has the frequency k π.
        let frequencies = (1...harmonics).map { Double($0) * .pi }
        let sums = map(
          own, weights: frequencies + frequencies, biases: cosinesAndSines(harmonics))
        apply(.activation(.sin), to: sums, into: result[first..<first + 2 * harmonics])
        first += 2 * harmonics
      }
    }
    return result
  }
}

public import Networks
internal import Tensors

/// A neuron of a transformer with the inputs that make it most active.
public struct ActiveNeuron: Sendable, Codable, Equatable {
  /// The neuron.
  public let site: TransformerSite

  /// Its mean activation over all positions.
  public let mean: Double

  /// Its greatest activation.
  public let maximum: Double

  /// The share of positions at which it is above a tenth of its greatest activation.
  public let activeShare: Double

  /// Where it is most active, the strongest first.
  public let examples: [Example]

  /// A position at which a neuron is active.
  public struct Example: Sendable, Codable, Equatable {
    /// The sequence's number in the batch.
    public let sequence: Int

    /// The position.
    public let position: Int

    /// The whole sequence.
    public let tokens: [Int]

    /// The activation.
    public let activation: Double
  }

  /// What makes a neuron one of the most active.
  public enum Order: String, Sendable, Codable, CaseIterable {
    /// A great mean.
    case mean

    /// A great maximum.
    case maximum
  }
}

extension TransformerRecord {
  /// The most active neurons, each with the inputs that it is most active for.
  ///
  /// - Parameters:
  ///   - count: How many neurons.
  ///   - layer: Of which layer; nil for all.
  ///   - order: What makes a neuron active.
  ///   - exampleCount: How many inputs of each.
  /// - Returns: The neurons, the most active first.
  public func mostActiveNeurons(
    _ count: Int = 10, layer: Int? = nil, by order: ActiveNeuron.Order = .mean,
    exampleCount: Int = 3
  ) -> [ActiveNeuron] {
    let layers = layer.map { $0..<$0 + 1 } ?? 0..<design.layers
    precondition(
      layers.lowerBound >= 0 && layers.upperBound <= design.layers, "the layer is there")
    let candidates = layers.flatMap { layer in
      (0..<design.neurons).map { index in
        let values = neurons[layer].column(index)
        return Candidate(
          site: .neuron(layer: layer, index: index), values: values,
          size: order == .mean
            ? values.reduce(0, +) / Double(values.count) : values.max() ?? 0)
      }
    }
    // The order of equals is that of the neurons: sorting is stable.
    return candidates.sorted { $0.size > $1.size }.prefix(count).map { neuron in
      describe(neuron, exampleCount)
    }
  }

  private struct Candidate {
    let site: TransformerSite
    let values: [Double]
    let size: Double
  }

  private func describe(_ neuron: Candidate, _ exampleCount: Int) -> ActiveNeuron {
    let values = neuron.values
    let maximum = values.max() ?? 0
    let rows = values.indices.sorted { (values[$1], $0) < (values[$0], $1) }.prefix(exampleCount)
    return ActiveNeuron(
      site: neuron.site, mean: values.reduce(0, +) / Double(values.count), maximum: maximum,
      activeShare: Double(values.count { $0 > max(0, maximum / 10) }) / Double(values.count),
      examples: rows.map { row in
        ActiveNeuron.Example(
          sequence: row / batch.length, position: row % batch.length,
          tokens: batch.sequence(row / batch.length), activation: values[row])
      })
  }
}

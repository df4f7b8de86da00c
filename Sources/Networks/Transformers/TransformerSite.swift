/// A part of a transformer that can be looked at and held: an attention head or a neuron.
public enum TransformerSite: Sendable, Codable, Hashable {
  /// What a head has read from the positions it attends to, before it is added to the residual stream.
  case head(layer: Int, index: Int)

  /// A neuron's activation.
  case neuron(layer: Int, index: Int)

  /// The layer.
  public var layer: Int {
    switch self {
    case .head(let layer, _), .neuron(let layer, _): layer
    }
  }

  /// The number within the layer.
  public var index: Int {
    switch self {
    case .head(_, let index), .neuron(_, let index): index
    }
  }

  /// Its columns among the layer's heads or neurons.
  ///
  /// - Parameter design: The transformer.
  /// - Returns: As many columns as a head has dimensions, or one.
  public func columns(in design: TransformerDesign) -> Range<Int> {
    switch self {
    case .head(_, let head): head * design.headWidth..<(head + 1) * design.headWidth
    case .neuron(_, let neuron): neuron..<neuron + 1
    }
  }

  /// Whether a transformer has it.
  ///
  /// - Parameter design: The transformer.
  /// - Returns: Whether layer and number are within bounds.
  public func exists(in design: TransformerDesign) -> Bool {
    let count =
      switch self {
      case .head: design.heads
      case .neuron: design.neurons
      }
    return (0..<design.layers).contains(layer) && (0..<count).contains(index)
  }
}

extension TransformerSite: CustomStringConvertible {
  /// `layer1.head2` or `layer1.neuron42`.
  public var description: String {
    switch self {
    case .head(let layer, let head): "layer\(layer).head\(head)"
    case .neuron(let layer, let neuron): "layer\(layer).neuron\(neuron)"
    }
  }
}

/// A part of a transformer held at values, at all positions, whatever its input: an ablation.
public struct HeldSite: Sendable, Equatable {
  /// The part.
  public let site: TransformerSite

  /// What it is held at: one number for each of its columns.
  public let values: [Double]

  /// Holds a part at values.
  ///
  /// - Parameters:
  ///   - site: The part.
  ///   - values: One number for each of its columns, such as their means over many inputs.
  public init(_ site: TransformerSite, at values: [Double]) {
    self.site = site
    self.values = values
  }

  /// Holds a part at zero.
  ///
  /// - Parameters:
  ///   - site: The part.
  ///   - design: The transformer.
  public init(zeroing site: TransformerSite, in design: TransformerDesign) {
    self.init(site, at: site.columns(in: design).map { _ in 0 })
  }
}

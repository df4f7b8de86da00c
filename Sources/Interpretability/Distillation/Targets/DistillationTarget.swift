public import PINN
internal import RunStore
internal import Symbolic

/// What of a network is distilled.
///
/// Written as an unknown (`u`), a layer (`layer0` is the first hidden one, `last` the last), a neuron
/// (`layer1.neuron5`), a direction in a layer's space (`layer1:weights.npy`, one weight a neuron), or a
/// feature of a layer's sparse autoencoder (`sae.layer1.feature17`; the recipe's layer unless named).
public enum DistillationTarget: Sendable, Equatable {
  /// An output of the network, by its index.
  case unknown(Int)

  /// One neuron's activation.
  case neuron(layer: Int, index: Int)

  /// Every neuron of a layer, each on its own.
  case layer(Int)

  /// A weighted sum of a layer's activations, the weights in a file.
  case direction(layer: Int, file: String)

  /// One feature of the sparse autoencoder that was trained on a layer.
  case feature(layer: Int, index: Int)

  /// Reads a target.
  ///
  /// - Parameters:
  ///   - text: The target.
  ///   - recipe: The recipe with the unknowns and the layers.
  /// - Throws: ``DistillationError/noUnknown(_:found:suggestion:)`` for a name of nothing,
  ///   ``DistillationError/noNeuron(_:layer:neurons:)`` for an index that is too large, and
  ///   ``DistillationError/noFeature(_:layer:features:)`` for a feature without a number.
  public init(_ text: String, of recipe: Recipe) throws(DistillationError) {
    if let index = recipe.problem.unknowns.firstIndex(of: text) {
      self = .unknown(index)
      return
    }
    let hidden = recipe.network.hidden
    let names = hidden.indices.map { "layer\($0)" }
    func layer(_ name: Substring) throws(DistillationError) -> Int {
      if name == "last" { return hidden.count - 1 }
      guard let index = names.firstIndex(of: String(name)) else {
        let known = recipe.problem.unknowns + names
        throw .noUnknown(
          text, found: known, suggestion: Spelling.suggestion(for: String(name), among: known))
      }
      return index
    }
    if text.hasPrefix("sae.") {
      let words = text.split(separator: ".", omittingEmptySubsequences: false).dropFirst()
      let index = words.count > 1 ? try layer(words[1]) : recipe.autoencodedLayer
      let word = words.last ?? ""
      guard words.count <= 2, word.hasPrefix("feature"), let feature = Int(word.dropFirst(7)),
        feature >= 0
      else { throw .noFeature(text, layer: names[index], features: nil) }
      self = .feature(layer: index, index: feature)
      return
    }
    if let colon = text.firstIndex(of: ":") {
      let file = String(text[text.index(after: colon)...])
      self = .direction(layer: try layer(text[..<colon]), file: file)
      return
    }
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let index = try layer(parts[0])
    guard parts.count == 2 else {
      self = .layer(index)
      return
    }
    let digits = parts[1].hasPrefix("neuron") ? parts[1].dropFirst(6) : ""
    guard let neuron = Int(digits), (0..<hidden[index]).contains(neuron) else {
      throw .noNeuron(text, layer: names[index], neurons: hidden[index])
    }
    self = .neuron(layer: index, index: neuron)
  }

  /// Whether the target is an unknown of the problem, whose equations say whether a formula is right.
  public var isUnknown: Bool {
    if case .unknown = self { true } else { false }
  }
}

extension Recipe {
  /// The index of the hidden layer whose activations the recipe has taken apart.
  fileprivate var autoencodedLayer: Int {
    guard case .index(let index)? = sparseAutoencoder?.layer, network.hidden.indices.contains(index)
    else { return network.hidden.count - 1 }
    return index
  }
}

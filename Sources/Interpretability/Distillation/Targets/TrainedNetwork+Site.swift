internal import Networks
public import PINN
internal import RunStore

extension TrainedNetwork {
  /// The part of the network that computes a target, its outputs the target's values.
  ///
  /// A neuron is the output of a network that ends with the neuron's layer and picks it out; so all
  /// that can be asked of a network (derivatives, structure, equations) can be asked of a neuron.
  ///
  /// - Parameters:
  ///   - target: What to compute; for an unknown, the network itself.
  ///   - autoencoders: The directory with a folder for each layer's sparse autoencoder, if there is one.
  /// - Returns: A network of the same inputs, with one output for each neuron or direction.
  /// - Throws: `DistillationError.badDirection` if a direction has another
  ///   number of weights than its layer neurons, `DistillationError.noAutoencoder`,
  ///   `DistillationError.noFeature`, or the `StoreFailure` of an unreadable file.
  public func site(
    _ target: DistillationTarget, autoencoders: String? = nil
  ) throws -> TrainedNetwork {
    switch target {
    case .unknown:
      return self
    case .neuron(let layer, let index):
      return part(
        layer, directions: [unit(index, of: layer)], names: ["layer\(layer).neuron\(index)"])
    case .layer(let layer):
      let neurons = 0..<network.hidden[layer]
      return part(
        layer, directions: neurons.map { unit($0, of: layer) },
        names: neurons.map { "layer\(layer).neuron\($0)" })
    case .direction(let layer, let file):
      let weights = try Table(contentsOf: file).columns.last ?? []
      guard weights.count == network.hidden[layer] else {
        throw DistillationError.badDirection(
          path: file, found: weights.count, expected: network.hidden[layer])
      }
      return part(layer, directions: [weights], names: ["layer\(layer).\(Self.stem(of: file))"])
    case .feature(let layer, let index):
      let autoencoder = try autoencoder(at: site(of: layer), in: autoencoders)
      let name = "sae.layer\(layer).feature\(index)"
      guard index < autoencoder.featureCount else {
        throw DistillationError.noFeature(
          name, layer: "layer\(layer)", features: autoencoder.featureCount)
      }
      // The feature's activation takes the place of the first neuron's, which is then picked out.
      let first = unit(0, of: layer)
      let map = autoencoder.featureMap(of: index, along: first.map { Float($0) })
      return intervened([.replace(at: site(of: layer), by: map)])
        .part(layer, directions: [first], names: [name])
    }
  }

  private func site(of layer: Int) -> ActivationSite {
    let site = network.sites.first { $0.name == "layer\(layer)" }
    guard let site else { preconditionFailure("every network names its hidden layers") }
    return site
  }

  /// The name of a file without its folder and kind, of characters that names of targets have.
  private static func stem(of file: String) -> String {
    let name = file.split(separator: "/").last.map { $0.split(separator: ".").first ?? $0 } ?? ""
    return String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }

  private func unit(_ index: Int, of layer: Int) -> [Double] {
    (0..<network.hidden[layer]).map { $0 == index ? 1 : 0 }
  }

  private func part(_ layer: Int, directions: [[Double]], names: [String]) -> TrainedNetwork {
    let site = site(of: layer)
    return TrainedNetwork(
      network: network.part(to: site, outputs: directions.count),
      parameters: parameters[..<site.parameterCount] + directions.flatMap { $0 }
        + directions.map { _ in 0 },
      variables: variables, unknowns: names)
  }
}

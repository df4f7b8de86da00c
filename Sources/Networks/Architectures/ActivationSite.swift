/// A place in a network whose activations can be looked at: `layer0`, ….
public struct ActivationSite: Sendable, Equatable {
  /// The name.
  public let name: String

  /// Number of units.
  public let units: Int

  /// Number of the network's flat parameters that decide the activations: the first ones.
  public let parameterCount: Int
}

extension Network {
  /// The places whose activations can be looked at; the hidden layers are `layer0`, `layer1`, ….
  public var sites: [ActivationSite] {
    graph.sites.map { site in
      ActivationSite(
        name: site.name, units: site.slice.units,
        parameterCount: graph.tensors.prefix(site.tensors).last?.range.upperBound ?? 0)
    }
  }

  /// The part of the network up to a site, followed by a linear map of its activations.
  ///
  /// Its parameters are the first ones of this network, as many as the site says, then the map's
  /// weights `[outputs, units]` and biases `[outputs]`.
  ///
  /// - Parameters:
  ///   - site: One of ``sites``.
  ///   - outputs: Number of outputs of the map.
  /// - Returns: A network with the same inputs.
  public func part(to site: ActivationSite, outputs: Int) -> Network {
    var design = design
    design.site = site.name
    design.outputs = outputs
    return Network(design, interventions: interventions)
  }
}

extension LayerGraph {
  /// Builds the graph of a design.
  ///
  /// - Parameters:
  ///   - design: The design; if it names a site that there is not, the graph is the whole one.
  ///   - interventions: The changes of activations at sites.
  init(_ design: NetworkDesign, interventions: [Intervention] = []) {
    self.init(
      inputs: design.inputs, isFactorized: design.isFactorized, interventions: interventions)
    design.kind.architecture.build(design, in: &self)
    guard let name = design.site, let site = sites.first(where: { $0.name == name }) else { return }
    cut(after: site)
    _ = dense(site.slice, units: design.outputs, name: "readout", isFactorized: false)
  }

  /// Whether the site that a design names was found.
  func isComplete(_ design: NetworkDesign) -> Bool {
    design.site.map { name in sites.contains { $0.name == name } } ?? true
  }
}

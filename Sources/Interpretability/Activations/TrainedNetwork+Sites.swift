public import Networks
public import PINN

extension TrainedNetwork {
  /// The sites that names stand for.
  ///
  /// - Parameters:
  ///   - names: The names of sites, the indices of hidden layers, or `last`; empty for all sites.
  ///   - includesSums: Whether the weighted sums before activations are added: all of them, or those of
  ///     the sites that are named.
  /// - Returns: The sites, in the order of the names, each once.
  /// - Throws: `ExtractionError.noSite`.
  public func sites(
    named names: [String], includingSums includesSums: Bool = false
  ) throws(ExtractionError) -> [ActivationSite] {
    let (all, sums) = (network.sites, network.preactivations)
    guard !names.isEmpty else { return all + (includesSums ? sums : []) }
    var chosen: [ActivationSite] = []
    func choose(_ site: ActivationSite) { if !chosen.contains(site) { chosen.append(site) } }
    for text in names {
      let layer = text == "last" ? network.hidden.count - 1 : Int(text)
      let name = layer.map { "layer\($0)" } ?? text
      guard let site = (all + sums).first(where: { $0.name == name }) else {
        throw .noSite(text, known: (all + (includesSums ? sums : [])).map(\.name))
      }
      choose(site)
      if includesSums, let sum = sums.first(where: { $0.name == "\(name).pre" }) { choose(sum) }
    }
    return chosen
  }
}

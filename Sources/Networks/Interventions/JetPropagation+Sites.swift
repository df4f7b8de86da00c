// What studies of activations need beside whole passes: activations that are replaced in place, passes that
// begin or end at a site. Only the steps behind a site run again, which for late layers are few.

extension JetPropagation {
  /// The jets at a site, to be changed between ``forward(parameters:direction:)`` and
  /// ``forward(parameters:after:)``.
  ///
  /// - Parameter site: One of the network's sites.
  /// - Returns: `[units, channels, points]`, until the next forward pass.
  public func mutableValues(at site: ActivationSite) -> UnsafeMutablePointer<Scalar> {
    memory.values(network.graph.slice(of: site))
  }

  /// The jets of the features that are watched at a site, see ``Intervention/watch(_:at:)``.
  ///
  /// - Parameter site: A site where the network's last intervention watches features.
  /// - Returns: `[features, channels, points]`, until the next forward pass.
  package func featureValues(at site: ActivationSite) -> UnsafePointer<Scalar> {
    let before = steps[..<network.graph.stepCount(of: site)]
    guard let selection = before.last as? SelectionStep else {
      preconditionFailure("features are read where they are watched")
    }
    return UnsafePointer(memory.values(selection.output))
  }

  /// Computes the outputs' jets from what stands at a site, and at the places before it, now.
  ///
  /// - Parameters:
  ///   - parameters: The network's flat parameters.
  ///   - site: One of the network's sites.
  public func forward(parameters: UnsafePointer<Scalar>, after site: ActivationSite) {
    for step in steps[network.graph.stepCount(of: site)...] {
      step.forward(memory, parameters: parameters, direction: nil)
    }
  }

  /// Carries the outputs' adjoints back to a site; nothing is summed for the parameters before it.
  ///
  /// Reads ``outputAdjoint``; a forward pass must have run before.
  ///
  /// - Parameters:
  ///   - parameters: The network's flat parameters.
  ///   - gradient: Where the gradient by the parameters behind the site is added.
  ///   - site: One of the network's sites, whose activations depend on parameters.
  /// - Returns: The adjoints of the site's jets, `[units, channels, points]`, until the next pass.
  public func reverse(
    parameters: UnsafePointer<Scalar>, gradient: UnsafeMutablePointer<Scalar>,
    to site: ActivationSite
  ) -> UnsafePointer<Scalar> {
    memory.clearSums()
    for step in steps[network.graph.stepCount(of: site)...].reversed() {
      step.reverse(memory, parameters: parameters, derivatives: .gradient(gradient))
    }
    return UnsafePointer(memory.adjoints(network.graph.slice(of: site)))
  }
}

extension LayerGraph {
  /// Number of steps that a site needs.
  fileprivate func stepCount(of site: ActivationSite) -> Int {
    guard let place = sites.first(where: { $0.name == site.name }) else {
      preconditionFailure("a pass begins or ends at a site that the network has")
    }
    return place.steps
  }
}

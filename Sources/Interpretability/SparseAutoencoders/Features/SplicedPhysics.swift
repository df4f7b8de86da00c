public import Networks
public import RunStore

/// What is left of the physics when a layer's activations are replaced by what a dictionary makes of them.
public struct SplicedPhysics: Sendable, Equatable {
  /// The network as it is.
  public let original: InterventionEffect

  /// With the reconstruction in the layer's place.
  public let reconstruction: InterventionEffect

  /// With zeros in the layer's place.
  public let zero: InterventionEffect

  /// With the layer's mean over the domain in its place.
  public let mean: InterventionEffect

  /// Replaces a layer's activations.
  ///
  /// - Parameters:
  ///   - autoencoder: What reconstructs them.
  ///   - site: The layer.
  ///   - study: The network and its problem.
  public init(
    _ autoencoder: SparseAutoencoder, at site: ActivationSite, in study: InterventionStudy
  ) {
    original = study.baseline
    reconstruction = study.effect(
      of: [.replace(at: site, by: autoencoder.featureMap)], named: "\(site.name) reconstructed")
    func held(by ablation: InterventionStudy.Ablation) -> InterventionEffect {
      let values = study.means(of: site, by: ablation)
      return study.effect(
        of: [
          .set(Dictionary(uniqueKeysWithValues: values.enumerated().map { ($0, $1) }), at: site)
        ],
        named: "\(site.name) = \(ablation.rawValue)")
    }
    zero = held(by: .zero)
    mean = held(by: .mean)
  }

  /// What is recovered of each error s that an effect has:
  /// `(s(other) − s(reconstruction)) / (s(other) − s(original))`.
  ///
  /// One if the reconstruction does as well as the activations themselves, zero if it does no better than
  /// the other replacement, negative if worse. Not defined where the other replacement does no harm: a
  /// constant solves the heat equation.
  ///
  /// - Parameters:
  ///   - errors: Which errors.
  ///   - other: What the reconstruction is compared with.
  /// - Returns: One figure for each error.
  public func recovered(
    _ errors: (InterventionEffect) -> [Double?], comparedWith other: InterventionEffect
  ) -> [Metric] {
    zip(errors(other), zip(errors(reconstruction), errors(original))).map { other, others in
      guard let other, let spliced = others.0, let own = others.1 else {
        return .undefined("an error is not known or not finite")
      }
      return .ratio(
        other - spliced, other - own, otherwise: "the replacement does no harm to compare with")
    }
  }

  /// The effects and what is recovered, by name.
  public var json: JSONValue {
    func recovery(_ other: InterventionEffect) -> JSONValue {
      let kinds: [(String, (InterventionEffect) -> [Double?])] = [
        ("change", \.changes), ("residual_rms", \.residualRMS), ("condition_rms", \.conditionRMS),
        ("relative_l2", \.relativeL2),
      ]
      return .object(
        kinds.flatMap { name, errors in
          let shares = recovered(errors, comparedWith: other)
          var members = [
            JSONValue.Member(name, .array(shares.map { $0.value.map { .number($0) } ?? .null }))
          ]
          if let reason = shares.compactMap(\.reason).first {
            members.append(.init("\(name)_note", .string(reason)))
          }
          return members
        })
    }
    return .object([
      .init("self", original.json), .init("reconstruction", reconstruction.json),
      .init("zero", zero.json), .init("mean", mean.json),
      .init("recovered", ["zero": recovery(zero), "mean": recovery(mean)]),
    ])
  }
}

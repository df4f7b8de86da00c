/// A change of the activations at one site of a network, for as long as the network is looked at.
///
/// An intervention is a value that a network carries (``Network/intervened(_:)``), not a hook that is set
/// and forgotten: outputs, all their derivatives and gradients are those of the changed network.
///
/// ```swift
/// let site = network.sites[1]
/// let ablated = network.intervened([.set([5: 0], at: site)])
/// ```
public struct Intervention: Sendable, Equatable {
  /// The name of the site.
  public let site: String

  /// What happens to the activations there.
  let edit: Edit

  /// The ways in which activations change.
  enum Edit: Sendable, Equatable {
    /// `a ← B a + c`, B row by row.
    case map(weights: [Double], offsets: [Double])

    /// `a ← min(max(a, lower), upper)`.
    case clamp(lower: [Double], upper: [Double])

    /// What features make of `a`, or of an earlier site's activations, in its place or taken out of it.
    case features(FeatureMap, source: String?, isTakenOut: Bool)

    /// Nothing; the features are there to be looked at.
    case watch(FeatureMap)
  }

  /// Replaces activations by an affine function of them, `a ← B a + c`.
  ///
  /// - Parameters:
  ///   - site: Where.
  ///   - weights: B, `[units, units]` row by row.
  ///   - offsets: c, `[units]`.
  /// - Returns: The intervention.
  public static func map(
    at site: ActivationSite, weights: [Double], offsets: [Double]
  ) -> Intervention {
    precondition(
      offsets.count == site.units && weights.count == site.units * site.units,
      "the map has the site's number of units")
    return Intervention(site: site.name, edit: .map(weights: weights, offsets: offsets))
  }

  /// Holds units at fixed values: 0 ablates, the mean over a data set is milder.
  ///
  /// - Parameters:
  ///   - values: The values by unit.
  ///   - site: Where.
  /// - Returns: The intervention.
  public static func set(_ values: [Int: Double], at site: ActivationSite) -> Intervention {
    diagonal(
      at: site, factor: { values[$0] == nil ? 1 : 0 }, offset: { values[$0] ?? 0 })
  }

  /// Multiplies units by factors.
  ///
  /// - Parameters:
  ///   - factors: The factors by unit.
  ///   - site: Where.
  /// - Returns: The intervention.
  public static func scale(_ factors: [Int: Double], at site: ActivationSite) -> Intervention {
    diagonal(at: site, factor: { factors[$0] ?? 1 }, offset: { _ in 0 })
  }

  /// Adds a vector to the activations: steering.
  ///
  /// - Parameters:
  ///   - vector: `[units]`.
  ///   - site: Where.
  /// - Returns: The intervention.
  public static func add(_ vector: [Double], at site: ActivationSite) -> Intervention {
    precondition(vector.count == site.units, "the vector has the site's number of units")
    return diagonal(at: site, factor: { _ in 1 }, offset: { vector[$0] })
  }

  /// Holds the activations' component along a direction at a value: `a ← a + (v − a·d) d`.
  ///
  /// - Parameters:
  ///   - direction: `[units]`, not zero; its length does not matter.
  ///   - value: v, the component that the activations will have along the unit vector.
  ///   - site: Where.
  /// - Returns: The intervention.
  public static func set(
    direction: [Double], to value: Double = 0, at site: ActivationSite
  ) -> Intervention {
    precondition(direction.count == site.units, "the direction has the site's number of units")
    let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
    precondition(length > 0, "a direction is not zero")
    let unit = direction.map { $0 / length }
    return .map(
      at: site,
      weights: unit.indices.flatMap { i in
        unit.indices.map { (i == $0 ? 1 : 0) - unit[i] * unit[$0] }
      },
      offsets: unit.map { value * $0 })
  }

  /// Keeps units within bounds.
  ///
  /// - Parameters:
  ///   - bounds: The bounds by unit.
  ///   - site: Where.
  /// - Returns: The intervention.
  public static func clamp(
    _ bounds: [Int: ClosedRange<Double>], at site: ActivationSite
  ) -> Intervention {
    let units = 0..<site.units
    return Intervention(
      site: site.name,
      edit: .clamp(
        lower: units.map { bounds[$0]?.lowerBound ?? -.infinity },
        upper: units.map { bounds[$0]?.upperBound ?? .infinity }))
  }

  private static func diagonal(
    at site: ActivationSite, factor: (Int) -> Double, offset: (Int) -> Double
  ) -> Intervention {
    let units = 0..<site.units
    return .map(
      at: site, weights: units.flatMap { i in units.map { i == $0 ? factor(i) : 0 } },
      offsets: units.map(offset))
  }
}

extension Network {
  /// The network with changes of its activations, which take the same parameters.
  ///
  /// - Parameter interventions: The changes; several at one site happen in their order. Those that the
  ///   network carries already are kept and come first.
  /// - Returns: The changed network.
  public func intervened(_ interventions: [Intervention]) -> Network {
    Network(design, interventions: self.interventions + interventions)
  }
}

extension LayerGraph {
  /// Adds the steps of an intervention.
  ///
  /// - Parameters:
  ///   - intervention: The change.
  ///   - units: The activations.
  /// - Returns: The changed activations.
  mutating func intervene(_ intervention: Intervention, on units: LayerSlice) -> LayerSlice {
    switch intervention.edit {
    case .map(let weights, let offsets):
      return map(units, weights: weights, biases: offsets)
    case .clamp(let lower, let upper):
      return clamp(units, lower: lower, upper: upper)
    case .features(let map, let source, let isTakenOut):
      let part = decompose(source.map { earlier($0) } ?? units, into: map)
      return isTakenOut ? difference(units, part) : part
    case .watch(let map):
      _ = features(map, of: units)
      return units
    }
  }

  /// The activations at a site that the graph has already.
  private func earlier(_ name: String) -> LayerSlice {
    guard let site = sites.first(where: { $0.name == name }) else {
      preconditionFailure("features are read at a site before the one that they change")
    }
    return site.slice
  }
}

public import Networks
public import PINN
public import RunStore
internal import Symbolic
internal import Tensors

/// Patches activations between two networks of one design, or between two inputs of one network.
///
/// *Noising* puts activations of the other into the network: how much does that move u towards the other?
/// *Denoising* puts the network's own activations into the other: how much does that bring u back? A part
/// that is needed shows in the first, one that is enough in the second.
///
///     harm = ‖u_noised − u‖ / ‖u_other − u‖,  restored = 1 − ‖u_denoised − u‖ / ‖u_other − u‖.
///
/// Heimersheim & Nanda (2024), [arXiv:2404.15255](https://doi.org/10.48550/arXiv.2404.15255).
public struct PatchStudy: Sendable {
  /// The network.
  public let solution: TrainedNetwork

  private let other: TrainedNetwork
  private let shift: [Double]
  private let noising: EffectMeasure
  private let denoising: EffectMeasure
  private let distance: Double
  private let threads: Int

  /// What a patch does.
  public struct Effect: Sendable, Equatable, Codable {
    /// Where: `layer1`, `layer1.neuron5` or a path of neurons.
    public let place: String

    /// How far u moves towards the other's, 1 for all the way.
    public let harm: Double

    /// How far u comes back from the other's; nil for paths.
    public let restored: Double?
  }

  /// Compares two networks, or one at two places.
  ///
  /// - Parameters:
  ///   - solution: The network.
  ///   - other: A network of the same design; nil for the same network.
  ///   - shift: What is added to the other's inputs, one number a variable.
  ///   - problem: The problem.
  ///   - rows: About how many points to take.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: ``PatchError`` if the two do not fit or do not differ, or ``ExtractionError`` if there are
  ///   no points.
  public init(
    _ solution: TrainedNetwork, against other: TrainedNetwork? = nil, shift: [Double]? = nil,
    solving problem: Problem, rows: Int = 2500, threads: Int
  ) throws {
    self.solution = solution
    self.other = other ?? solution
    self.threads = threads
    let shift = shift ?? problem.variables.map { _ in 0 }
    self.shift = shift
    guard self.other.network.design == solution.network.design else {
      throw PatchError.differentDesigns(
        "\(solution.network.title)", "\(self.other.network.title)")
    }
    let side = SamplePoints.side(ofAbout: rows, in: problem)
    let points = try SamplePoints(gridOf: problem, side: side, threads: threads).coordinates
    let moved = zip(points, shift).map { axis, step in axis.map { $0 + step } }
    let unknowns = problem.unknowns.map { Expression(Symbol($0)) }
    let own = try FieldFormulas(unknowns, of: solution, in: problem, at: points)
    let foreign = try FieldFormulas(unknowns, of: self.other, in: problem, at: moved)
    let plain = EffectMeasure(formulas: own, quantities: [])
    let quantities = problem.unknowns.indices.map {
      EffectMeasure.Quantity(formula: $0, reference: plain.values(of: $0, threads: threads))
    }
    noising = EffectMeasure(formulas: own, quantities: quantities)
    denoising = EffectMeasure(formulas: foreign, quantities: quantities)
    distance = Statistics.sum(denoising.sums(of: self.other.network, threads: threads))
    guard distance > 0 else { throw PatchError.noDifference }
  }

  /// The effect of patching whole layers, one after the other.
  public var layers: [Effect] {
    solution.network.sites.flatMap { site in
      effects([Array(0..<site.units)], at: site) { _ in site.name }
    }
  }

  /// The effect of patching each unit of a site on its own.
  ///
  /// - Parameter site: The site.
  /// - Returns: One effect for each unit.
  public func sweep(_ site: ActivationSite) -> [Effect] {
    effects((0..<site.units).map { [$0] }, at: site) { "\(site.name).neuron\($0)" }
  }

  private func effects(
    _ units: [[Int]], at site: ActivationSite, _ name: (Int) -> String
  ) -> [Effect] {
    let noised = noising.sums(
      replacing: units, at: site, by: .taken(other, shift: shift), threads: threads)
    let denoised = denoising.sums(
      replacing: units, at: site, by: .taken(solution, shift: shift.map { -$0 }), threads: threads)
    return units.indices.map { index in
      Effect(
        place: name(index), harm: root(noised[index]), restored: 1 - root(denoised[index]))
    }
  }

  private func root(_ sums: [Double]) -> Double {
    (Statistics.sum(sums) / distance).squareRoot()
  }

  /// The effect of patching a neuron along a path: each neuron of the path hears of the one before it, all
  /// others hear of nothing; between neurons of layers that are not neighbours, all routes count.
  ///
  /// Goldowsky-Dill, MacLeod, Sato & Arora (2023),
  /// [arXiv:2304.05969](https://doi.org/10.48550/arXiv.2304.05969).
  ///
  /// - Parameter path: Sites in the network's order, each with a unit; at least one.
  /// - Returns: How far u moves.
  public func effect(along path: [(site: ActivationSite, unit: Int)]) -> Effect {
    precondition(!path.isEmpty, "a path has a beginning")
    return Effect(
      place: path.map { "\($0.site.name).neuron\($0.unit)" }.joined(separator: " > "),
      harm: root(
        noising.sums(along: path, from: other, shift: shift, threads: threads)),
      restored: nil)
  }
}

extension PatchStudy.Effect {
  /// `place,harm,restored`; paths have nothing restored.
  ///
  /// - Parameter effects: The effects.
  /// - Returns: A table.
  public static func csv(_ effects: [Self]) -> CSVDocument {
    var document = CSVDocument(header: ["place", "harm", "restored"])
    for effect in effects {
      document.append([
        .text(effect.place), .number(effect.harm), effect.restored.map { .number($0) } ?? .empty,
      ])
    }
    return document
  }

  /// The document that `limbeck patch --from --json` prints.
  ///
  /// - Parameter effects: The effects.
  /// - Returns: A document.
  public static func json(_ effects: [Self]) -> JSONValue {
    .object([
      .init(
        "effects",
        .array(
          effects.map { effect in
            .object([
              .init("place", .string(effect.place)), .init("harm", .number(effect.harm)),
              .init("restored", effect.restored.map { .number($0) } ?? .null),
            ])
          }))
    ])
  }
}

extension Network {
  /// The network in a few words: `mlp 64 64`.
  fileprivate var title: String {
    ([design.kind.rawValue] + hidden.map(\.description)).joined(separator: " ")
  }
}

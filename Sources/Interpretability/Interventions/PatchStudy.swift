public import Networks
public import PINN
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
/// Activations are patched with all their derivatives, so that the equations and conditions of what comes
/// out are measured too. Where inputs are moved, what is brought back has u alone to be compared.
///
/// Heimersheim & Nanda (2024), [arXiv:2404.15255](https://doi.org/10.48550/arXiv.2404.15255).
public struct PatchStudy: Sendable {
  /// The network.
  public let solution: TrainedNetwork

  /// The network as it is.
  public var baseline: InterventionEffect { noising.baseline }

  private let other: TrainedNetwork
  private let shift: [Double]
  private let noising: InterventionStudy

  /// The measures of the other, its u compared with the network's.
  private let denoising: [EffectMeasure]
  private let distance: Double

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
    let shift = shift ?? problem.variables.map { _ in 0 }
    self.shift = shift
    guard self.other.network.design == solution.network.design else {
      throw PatchError.differentDesigns(
        "\(solution.network.title)", "\(self.other.network.title)")
    }
    noising = try InterventionStudy(solution, solving: problem, rows: rows, threads: threads)
    if shift.allSatisfy({ $0 == 0 }) {
      denoising = noising.reading(self.other).measures
    } else {
      // Equations and conditions hold where they are, not where the other's inputs have been moved.
      let unknowns = problem.unknowns.indices
      let moved = zip(noising.points, shift).map { axis, step in axis.map { $0 + step } }
      denoising = [
        EffectMeasure(
          formulas: try FieldFormulas(
            problem.unknowns.map { Expression(Symbol($0)) }, of: self.other, in: problem, at: moved),
          quantities: Array(noising.measures[0].quantities[unknowns]))
      ]
    }
    let sums = denoising[0].sums(of: self.other.network, threads: threads)
    distance = Statistics.sum(sums.prefix(problem.unknowns.count))
    guard distance > 0 else { throw PatchError.noDifference }
  }

  /// The other network as it is; nil for moved inputs, where equations and conditions mean nothing.
  public var otherBaseline: InterventionEffect? {
    isMoved ? nil : noising.effect(of: other, named: "other")
  }

  private var isMoved: Bool { shift.contains { $0 != 0 } }

  /// The effect of patching whole layers, one after the other.
  public var layers: [PatchEffect] {
    solution.network.sites.flatMap { site in
      effects([Array(0..<site.units)], at: site) { _ in site.name }
    }
  }

  /// The effect of patching each unit of a site on its own.
  ///
  /// - Parameter site: The site.
  /// - Returns: One effect for each unit.
  public func sweep(_ site: ActivationSite) -> [PatchEffect] {
    effects((0..<site.units).map { [$0] }, at: site) { "\(site.name).neuron\($0)" }
  }

  private func effects(
    _ units: [[Int]], at site: ActivationSite, _ name: (Int) -> String
  ) -> [PatchEffect] {
    func sums(
      _ measures: [EffectMeasure], by replacement: EffectMeasure.Replacement
    ) -> [[[Double]]] {
      measures.map {
        $0.sums(
          replacing: units, of: .units(site), by: replacement, threads: noising.threads)
      }
    }
    let noised = sums(noising.measures, by: .taken(other, shift: shift))
    let denoised = sums(denoising, by: .taken(solution, shift: shift.map { -$0 }))
    return units.indices.map { index in
      effect(name(index), noised.map { $0[index] }, denoised.map { $0[index] })
    }
  }

  private func effect(
    _ place: String, _ noised: [[Double]], _ denoised: [[Double]]?
  ) -> PatchEffect {
    PatchEffect(
      place: place, harm: root(noised), restored: denoised.map { 1 - root($0) },
      patchedIn: noising.effect(named: place, noised),
      patchedOut: isMoved ? nil : denoised.map { noising.effect(named: place, $0) })
  }

  /// How far u is from the network's, in units of the other's distance.
  private func root(_ sums: [[Double]]) -> Double {
    (Statistics.sum(sums[0].prefix(baseline.changes.count)) / distance).squareRoot()
  }

  /// The effect of patching a neuron along a path: each neuron of the path hears of the one before it, all
  /// others hear of nothing; between neurons of layers that are not neighbours, all routes count.
  ///
  /// Goldowsky-Dill, MacLeod, Sato & Arora (2023),
  /// [arXiv:2304.05969](https://doi.org/10.48550/arXiv.2304.05969).
  ///
  /// - Parameter path: Sites in the network's order, each with a unit; at least one.
  /// - Returns: How far u moves.
  public func effect(along path: [(site: ActivationSite, unit: Int)]) -> PatchEffect {
    precondition(!path.isEmpty, "a path has a beginning")
    return effect(
      path.map { "\($0.site.name).neuron\($0.unit)" }.joined(separator: " > "),
      noising.measures.map {
        $0.sums(along: path, by: .taken(other, shift: shift), threads: noising.threads)
      },
      nil)
  }
}

extension Network {
  /// The network in a few words: `mlp 64 64`.
  fileprivate var title: String {
    ([design.kind.rawValue] + hidden.map(\.description)).joined(separator: " ")
  }
}

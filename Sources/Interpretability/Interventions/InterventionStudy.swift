public import Networks
public import PINN
internal import Symbolic
internal import Tensors

/// Measures interventions on a trained network by the solution's equations.
///
/// ```swift
/// let study = try InterventionStudy(solution, solving: problem, rows: 10_000, threads: 2)
/// let effects = try study.sweep(solution.network.sites[0], by: .zero)
/// ```
public struct InterventionStudy: Sendable {
  /// The network as it is.
  public private(set) var solution: TrainedNetwork

  /// What the network is without any change; its changes are zero.
  public private(set) var baseline: InterventionEffect

  /// Where the sample's points lie, one array for each variable.
  let points: [[Double]]

  /// What is measured: at the points, then at those of each condition.
  private(set) var measures: [EffectMeasure]

  /// The unknowns and equations at the points of each condition.
  let places: [EffectMeasure]

  /// Number of equations.
  let equations: Int

  private let unknowns: Int
  private let norms: [Double]
  private let exactNorms: [Double?]
  let threads: Int

  /// What activations are held at.
  public enum Ablation: String, Sendable, Codable, CaseIterable {
    /// Zero.
    case zero

    /// The mean over the points, which leaves the next layer's sums where they usually are.
    case mean
  }

  /// What takes the place of activations in a sweep.
  public enum Substitute: Sendable, Equatable {
    /// Zero.
    case zero

    /// The mean over the points.
    case mean

    /// What is there at other points, drawn at random.
    case resample(seed: UInt64)
  }

  /// Chooses points (``SamplePoints/init(showing:rows:part:threads:)``) and evaluates the network as it is.
  ///
  /// - Parameters:
  ///   - solution: The network.
  ///   - problem: The problem that it was trained on, its parameters those that were found.
  ///   - rows: About how many points to take.
  ///   - part: Rows of the problem's table, in the place of other points.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: ``ExtractionError`` if there are no points, and `ProgramError` if a formula of the problem
  ///   cannot be compiled.
  public init(
    _ solution: TrainedNetwork, solving problem: Problem, rows: Int = 10_000,
    part: TablePart? = nil, threads: Int
  ) throws {
    self.solution = solution
    self.threads = threads
    unknowns = problem.unknowns.count
    equations = problem.equations.count
    let side = SamplePoints.side(ofAbout: rows, in: problem)
    let points = try SamplePoints(
      showing: problem, rows: rows, part: part, threads: threads
    ).coordinates
    self.points = points
    func formulas(at points: [[Double]]) throws -> FieldFormulas {
      try FieldFormulas(
        problem.unknowns.map { Expression(Symbol($0)) } + problem.equations, of: solution,
        in: problem, at: points)
    }
    let inDomain = try formulas(at: points)
    let plain = EffectMeasure(formulas: inDomain, quantities: [])
    let values = Array(plain.values(threads: threads).prefix(unknowns))
    let exact = try problem.exact.map { formula in
      try formula.map {
        try Program(problem.withNumbers($0), inputs: problem.variableSymbols).evaluate(points)
      }
    }
    func norm(_ values: [Double]) -> Double { Statistics.sum(values.lazy.map { $0 * $0 }) }
    norms = values.map(norm)
    exactNorms = exact.map { $0.map(norm) }
    // In the order in which `effect(named:_:)` reads them.
    let inside =
      values.enumerated().map { EffectMeasure.Quantity(formula: $0, reference: $1) }
      + exact.enumerated().map { EffectMeasure.Quantity(formula: $0, reference: $1) }
      + problem.equations.indices.map { EffectMeasure.Quantity(formula: values.count + $0) }
    let grids = problem.conditions.map { ValidationGrid(problem, side: side, fixing: $0) }
    places = try grids.map {
      EffectMeasure(formulas: try formulas(at: $0.columns), quantities: [])
    }
    let conditions = try zip(problem.conditions, grids).map { condition, grid in
      EffectMeasure(
        formulas: try FieldFormulas(
          [condition.equation], of: solution, in: problem, at: grid.columns,
          partners: grid.partners, columns: grid.normals),
        quantities: [EffectMeasure.Quantity(formula: 0)])
    }
    measures = [EffectMeasure(formulas: inDomain, quantities: inside)] + conditions
    baseline = InterventionEffect(
      name: "none", changes: [], residualRMS: [], conditionRMS: [], relativeL2: [])
    baseline = effect(of: [], named: "none")
  }

  /// The effect of changes that happen together.
  ///
  /// What is resampled is taken from the network as it is, and comes after the other changes of its site.
  ///
  /// - Parameters:
  ///   - interventions: The changes.
  ///   - resamplings: What takes its activations from other points.
  ///   - seed: What fixes the draws of points.
  ///   - name: What to call the changes.
  /// - Returns: The changed network's errors, and how far it is from the network as it was.
  public func effect(
    of interventions: [Intervention], resampling resamplings: [Resampling] = [], seed: UInt64 = 0,
    named name: String
  ) -> InterventionEffect {
    let network = solution.network.intervened(interventions)
    guard !resamplings.isEmpty else {
      return effect(named: name, measures.map { $0.sums(of: network, threads: threads) })
    }
    let patches = patches(of: resamplings)
    return effect(
      named: name,
      measures.indices.map {
        measures[$0].sums(
          of: network, replacing: patches, by: draws(seed, for: $0), threads: threads)
      })
  }

  /// The parts that are resampled, in the order of their sites in the network.
  func patches(of resamplings: [Resampling]) -> [SitePatch] {
    let order = solution.network.sites.map(\.name)
    return resamplings.map(\.patch).sorted { left, right in
      order.firstIndex(of: left.parts.site.name) ?? 0
        < order.firstIndex(of: right.parts.site.name) ?? 0
    }
  }

  /// The effect of a change of the network itself, such as of its weights.
  ///
  /// - Parameters:
  ///   - changed: The changed network, of the same variables and unknowns.
  ///   - name: What to call the change.
  /// - Returns: The changed network's errors, and how far it is from the network as it was.
  public func effect(of changed: TrainedNetwork, named name: String) -> InterventionEffect {
    reading(changed).effect(of: [], named: name)
  }

  /// The study of another network, its changes still those from this one.
  func reading(_ changed: TrainedNetwork) -> InterventionStudy {
    var study = self
    study.solution = changed
    study.measures = measures.map { $0.reading(changed) }
    return study
  }

  /// What each unit of a site is held at.
  ///
  /// - Parameters:
  ///   - site: The site.
  ///   - ablation: What takes the place of its activations.
  /// - Returns: One number for each unit.
  public func means(of site: ActivationSite, by ablation: Ablation) -> [Double] {
    guard ablation == .mean else { return Array(repeating: 0, count: site.units) }
    let layer = SiteActivations(solution, sites: [site], threads: threads).values(at: points)[0]
    let count = points[0].count
    return (0..<site.units).map { unit in
      Statistics.sum(stride(from: unit, to: layer.count, by: site.units).lazy.map { layer[$0] })
        / Double(count)
    }
  }

  /// What is drawn at the points of a measure.
  func draws(_ seed: UInt64, for measure: Int) -> EffectMeasure.Replacement {
    .drawn(solution, SampleDraws(sample: points, seed: seed, isOwn: measure == 0))
  }

  /// Makes an effect of sums of squares: those inside the domain first, then each condition's.
  func effect(named name: String, _ sums: [[Double]]) -> InterventionEffect {
    func root(_ sum: Double, _ norm: Double?) -> Double? {
      guard let norm, norm > 0, sum.isFinite else { return nil }
      return (sum / norm).squareRoot()
    }
    let inside = sums[0]
    return InterventionEffect(
      name: name, changes: norms.enumerated().map { root(inside[$0], $1) },
      residualRMS: (0..<equations).map {
        root(inside[2 * unknowns + $0], Double(points[0].count))
      },
      conditionRMS: zip(measures, sums).dropFirst().map { measure, sums in
        root(sums[0], Double(measure.formulas.pointCount))
      },
      relativeL2: exactNorms.enumerated().map { root(inside[unknowns + $0], $1) })
  }
}

extension TrainedNetwork {
  /// The network with changes of its activations; see `Network.intervened(_:)`.
  ///
  /// - Parameter interventions: The changes.
  /// - Returns: The changed network, of the same parameters.
  public func intervened(_ interventions: [Intervention]) -> TrainedNetwork {
    TrainedNetwork(
      network: network.intervened(interventions), parameters: parameters, variables: variables,
      unknowns: unknowns, transform: transform, coefficients: coefficients)
  }
}

public import Networks
public import PINN
internal import RunStore
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
  public let solution: TrainedNetwork

  /// What the network is without any change; its changes are zero.
  public let baseline: InterventionEffect

  private let problem: Problem
  private let points: [[Double]]
  private let side: Int
  private let values: [[Double]]
  private let exactValues: [[Double]?]
  private let threads: Int

  /// What takes the place of activations in a sweep.
  public enum Ablation: String, Sendable, Codable, CaseIterable {
    /// Zero.
    case zero

    /// The mean over the points, which leaves the next layer's sums where they usually are.
    case mean
  }

  /// Lays a grid and evaluates the network as it is.
  ///
  /// - Parameters:
  ///   - solution: The network.
  ///   - problem: The problem that it was trained on, its parameters those that were found.
  ///   - rows: About how many points to take.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: ``ExtractionError`` if there are no points, and `ProgramError` if a formula of the problem
  ///   cannot be compiled.
  public init(
    _ solution: TrainedNetwork, solving problem: Problem, rows: Int = 10_000, threads: Int
  ) throws {
    self.solution = solution
    self.problem = problem
    self.threads = threads
    side = SamplePoints.side(ofAbout: rows, in: problem)
    points = try SamplePoints(gridOf: problem, side: side, threads: threads).coordinates
    let evaluator = FieldEvaluator(solution, points: points, threads: threads)
    values = problem.unknowns.indices.map {
      evaluator.values(
        of: .value(of: $0, in: problem), parameters: solution.parameters)
    }
    let points = points
    exactValues = try problem.exact.map { formula in
      try formula.map {
        try Program(problem.withNumbers($0), inputs: problem.variableSymbols).evaluate(points)
      }
    }
    baseline = try Self.effect(
      "none", solution, problem, points, side: side, values: values, exactValues: exactValues,
      threads: threads)
  }

  /// The effect of changes that happen together.
  ///
  /// - Parameters:
  ///   - interventions: The changes.
  ///   - name: What to call them.
  /// - Returns: The changed network's errors, and how far it is from the network as it was.
  /// - Throws: `ProgramError` if a formula of the problem cannot be compiled.
  public func effect(
    of interventions: [Intervention], named name: String
  ) throws -> InterventionEffect {
    try effect(of: interventions, named: name, threads: threads)
  }

  /// The effect of a change of the network itself, such as of its weights.
  ///
  /// - Parameters:
  ///   - changed: The changed network, of the same variables and unknowns.
  ///   - name: What to call the change.
  /// - Returns: The changed network's errors, and how far it is from the network as it was.
  /// - Throws: `ProgramError` if a formula of the problem cannot be compiled.
  public func effect(
    of changed: TrainedNetwork, named name: String
  ) throws -> InterventionEffect {
    try Self.effect(
      name, changed, problem, points, side: side, values: values, exactValues: exactValues,
      threads: threads)
  }

  /// The effect of each unit of a site on its own.
  ///
  /// - Parameters:
  ///   - site: The site.
  ///   - ablation: What takes the place of its activations.
  /// - Returns: One effect for each unit.
  /// - Throws: `ProgramError` if a formula of the problem cannot be compiled.
  public func sweep(
    _ site: ActivationSite, by ablation: Ablation
  ) throws -> [InterventionEffect] {
    let held = means(of: site, by: ablation)
    let results = SweepResults(count: site.units)
    parallelFor(count: site.units, threads: threads) { unit in
      results.set(
        Result {
          try effect(
            of: [.set([unit: held[unit]], at: site)],
            named: "\(site.name).neuron\(unit) = \(ablation.rawValue)", threads: 1)
        }, at: unit)
    }
    return try results.values.compactMap { try $0?.get() }
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

  private func effect(
    of interventions: [Intervention], named name: String, threads: Int
  ) throws -> InterventionEffect {
    try Self.effect(
      name, solution.intervened(interventions), problem, points, side: side, values: values,
      exactValues: exactValues, threads: threads)
  }

  private static func effect(
    _ name: String, _ solution: TrainedNetwork, _ problem: Problem, _ points: [[Double]],
    side: Int, values: [[Double]], exactValues: [[Double]?], threads: Int
  ) throws -> InterventionEffect {
    let unknowns = problem.unknowns.indices.map { unknown in
      PhysicalField(
        name: problem.unknowns[unknown], kind: .derivative(.value(of: unknown, in: problem)),
        units: "", meaning: "")
    }
    let residuals = problem.equations.indices.map {
      PhysicalField(name: "", kind: .residual(equation: $0), units: "", meaning: "")
    }
    let fields = try FieldValues(problem, fields: unknowns + residuals, threads: threads)
      .values(of: solution, at: points)
    let changed = fields.prefix(unknowns.count)
    return InterventionEffect(
      name: name,
      changes: zip(changed, values).map { Statistics.relativeL2($0, reference: $1) },
      residualRMS: fields.dropFirst(unknowns.count).map {
        $0.allSatisfy(\.isFinite) ? Statistics.rootMeanSquare($0) : nil
      },
      conditionRMS: try problem.conditions.map {
        try $0.rms(of: solution, in: problem, side: side, threads: threads)
      },
      relativeL2: zip(changed, exactValues).map { pair in
        pair.1.flatMap { Statistics.relativeL2(pair.0, reference: $0) }
      })
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

/// One place for the effect of each unit; workers write different places.
private final class SweepResults: @unchecked Sendable {
  private let storage: UnsafeMutableBufferPointer<Result<InterventionEffect, any Error>?>

  init(count: Int) {
    storage = .allocate(capacity: count)
    storage.initialize(repeating: nil)
  }

  deinit {
    storage.deinitialize()
    storage.deallocate()
  }

  func set(_ result: Result<InterventionEffect, any Error>, at index: Int) {
    storage[index] = result
  }

  var values: [Result<InterventionEffect, any Error>?] { Array(storage) }
}

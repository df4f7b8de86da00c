internal import Networks
public import PINN
internal import Tensors

extension ProbeStudy {
  /// Plans a study of a trained network on a regular grid, with networks of the same design that were
  /// never trained beside it.
  ///
  /// - Parameters:
  ///   - solution: The network.
  ///   - problem: The problem that it was trained on, its parameters those that were found.
  ///   - names: The fields to be read, such as `u_x`, from the network's jets; `exact.u_x` is that of
  ///     the exact solution. Nil or empty for all of the network's.
  ///   - layers: The layers to be read from; nil or empty for all.
  ///   - rows: About how many points to take.
  ///   - seed: Seed of every draw, the weights of untrained networks included.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: ``ProbeError`` or ``ExtractionError`` for a name of nothing, and `ProgramError` if a
  ///   formula of the problem cannot be compiled.
  public init(
    of solution: TrainedNetwork, solving problem: Problem, reading names: [String]? = nil,
    layers: [String]? = nil, rows: Int = 10_000, seed: UInt64, threads: Int
  ) throws {
    let sites = try solution.sites(named: layers ?? [])
    let side = SamplePoints.side(ofAbout: rows, in: problem)
    let coordinates = try SamplePoints(gridOf: problem, side: side, threads: threads).coordinates

    let random = RandomStream(seed: seed).child(6)
    let networks =
      [solution]
      + (0..<Self.controlDraws).map { draw in
        var random = random.child(draw)
        return TrainedNetwork(
          network: solution.network,
          parameters: solution.network.initialParameters(random: &random),
          variables: solution.variables, unknowns: solution.unknowns,
          transform: solution.transform)
      }
    let activations = networks.map { network in
      let layers = SiteActivations(network, sites: sites, threads: threads)
      return zip(sites, layers.values(at: coordinates)).map { site, values in
        Matrix(rows: coordinates[0].count, columns: site.units, elements: values)
      }
    }
    self.init(
      sites: sites.enumerated().map { index, site in
        ProbeSite(
          name: site.name, activations: activations[0][index],
          untrained: activations.dropFirst().map { $0[index] })
      },
      targets: try Self.targets(names ?? [], solution, problem, coordinates, threads: threads),
      coordinates: coordinates)
    self.seed = seed
    self.threads = threads
  }

  /// Plans the study that a recipe asks for.
  ///
  /// - Parameters:
  ///   - solution: A network that was trained on the recipe's problem.
  ///   - recipe: The recipe, its problem's parameters those that were found.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: What ``init(of:solving:reading:layers:rows:seed:threads:)`` throws.
  public init(of solution: TrainedNetwork, as recipe: Recipe, threads: Int) throws {
    try self.init(
      of: solution, solving: recipe.problem, reading: recipe.probe?.targets,
      seed: UInt64(recipe.training.seed), threads: threads)
    kinds = [recipe.probe?.kind == .linear ? .linear : .ridge]
  }

  /// The fields by name.
  static func targets(
    _ names: [String], _ solution: TrainedNetwork, _ problem: Problem, _ points: [[Double]],
    threads: Int
  ) throws -> [ProbeTarget] {
    let values = try FieldValues(problem, threads: threads)
    let known = values.fields.map(\.name) + values.exactFields.map { "exact.\($0.name)" }
    let wanted = names.isEmpty ? values.fields.map(\.name) : names
    if let unknown = wanted.first(where: { !known.contains($0) }) {
      throw ProbeError.noTarget(unknown, found: known)
    }
    let fields = values.values(of: solution, at: points) + values.exactValues(at: points)
    return wanted.compactMap { name in
      known.firstIndex(of: name).map { ProbeTarget(name, fields[$0]) }
    }
  }
}

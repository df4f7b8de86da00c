public import PINN
internal import RunStore
public import Symbolic
internal import Tensors

/// What a recipe's distillation needs, checked before the long training that it follows.
public struct DistillationPlan: Sendable {
  /// The recipe.
  public let recipe: Recipe

  /// What to distil.
  public let target: DistillationTarget

  /// The operators and limits of the search.
  public var grammar: Grammar

  /// The directory with a folder for each layer's sparse autoencoder; nil if there is none.
  public var autoencoders: String?

  private let settings: DistillationSettings

  /// Checks a recipe's distillation.
  ///
  /// - Parameter recipe: The recipe; without a distillation section, the defaults hold.
  /// - Throws: ``DistillationError`` or `GrammarError`.
  public init(_ recipe: Recipe) throws {
    self.recipe = recipe
    settings = recipe.distillation ?? DistillationSettings()
    let name = settings.target ?? recipe.problem.unknowns[0]
    target = try DistillationTarget(name, of: recipe)
    grammar = try Grammar(nameOrPath: settings.grammar)
  }

  /// The layer that the target is, and its neurons; nil for another target.
  public var layer: (name: String, neurons: Int)? {
    guard case .layer(let index) = target else { return nil }
    return ("layer\(index)", recipe.network.hidden[index])
  }

  /// Refuses a target that stands for several equations, or that is not there.
  ///
  /// - Throws: ``DistillationError/severalTargets(_:)`` for a layer, and
  ///   ``DistillationError/noAutoencoder(layer:path:)`` for a feature where there are none.
  public func checkTarget() throws(DistillationError) {
    if let layer { throw .severalTargets(layer.name) }
    if case .feature(let layer, _) = target, autoencoders == nil {
      throw .noAutoencoder(layer: "layer\(layer)", path: nil)
    }
  }

  /// Prepares the search for equations of a trained network.
  ///
  /// - Parameters:
  ///   - solution: The network.
  ///   - threads: Number of threads.
  /// - Returns: The distiller; its table is the target on a grid.
  /// - Throws: `SearchError` if the network's values cannot be searched,
  ///   ``DistillationError/severalTargets(_:)`` for a layer, or what is wrong with a direction's file.
  public func distiller(for solution: TrainedNetwork, threads: Int) throws -> Distiller {
    try checkTarget()
    let site = try solution.site(target, autoencoders: autoencoders)
    let output = if case .unknown(let index) = target { index } else { 0 }
    return try distiller(for: site, output: output, threads: threads)
  }

  /// Prepares one search for each equation that the target stands for.
  ///
  /// - Parameters:
  ///   - solution: The network.
  ///   - threads: Number of threads of each search.
  /// - Returns: The distillers; neurons that are constant on the grid are left out.
  /// - Throws: As ``distiller(for:threads:)`` does, and ``DistillationError/constantLayer(_:)``.
  public func distillers(for solution: TrainedNetwork, threads: Int) throws -> [Distiller] {
    guard let layer else { return [try distiller(for: solution, threads: threads)] }
    let site = try solution.site(target)
    let distillers = site.unknowns.indices.compactMap {
      try? distiller(for: site, output: $0, threads: threads)
    }
    guard !distillers.isEmpty else { throw DistillationError.constantLayer(layer.name) }
    return distillers
  }

  private func distiller(
    for site: TrainedNetwork, output: Int, threads: Int
  ) throws(SearchError) -> Distiller {
    // A site inside the network solves nothing: there is no problem to put its equations into.
    let problem =
      target.isUnknown
      ? recipe.problem
      : Problem(
        variables: recipe.problem.variables, unknowns: site.unknowns, equations: [],
        conditions: [])
    let sample = try NetworkSample(
      site, unknown: output, problem: problem, rows: settings.rows, threads: threads)
    var distiller = Distiller(
      table: sample.table, gridShape: sample.gridShape, grammar: grammar,
      budget: SearchBudget(
        seconds: settings.time, evaluations: settings.evaluations,
        targetLoss: target.isUnknown ? nil : Self.siteLoss),
      problem: target.isUnknown ? problem : nil, threads: threads)
    distiller.network = site
    distiller.teacherLoss = sample.teacherLoss
    distiller.seed = recipe.training.seed
    distiller.residualWeight = settings.residualWeight
    let field = NetworkField(site, output: output, error: sample.teacherLoss.squareRoot())
    // Far from the table that it was fitted to, a network's answers say nothing.
    if problem.isPosed || problem.data == nil {
      distiller.oracle = TeacherOracle(field, at: problem.scatteredPoints(count: 8192))
    }
    distiller.structure = StructureAnalysis(
      of: field, at: problem.scatteredPoints(count: 512, isInside: false),
      candidates: SnapCandidates(parameters: problem.parameterValues))
    return distiller
  }

  /// The normalised loss at which a neuron, which has no error, is explained.
  private static let siteLoss = 1e-24
}

extension Problem {
  /// Sobol points of the variables' box, at which a network is asked for more than a grid shows.
  ///
  /// - Parameters:
  ///   - count: Number of points in the box.
  ///   - isInside: Whether those outside the domain are left out.
  /// - Returns: One array of coordinates for each variable.
  func scatteredPoints(count: Int, isInside: Bool = true) -> [[Double]] {
    var random = RandomStream(seed: 0)
    let cube = PointSampler.sobol.points(
      count: count, dimension: variables.count, random: &random)
    let points = variables.indices.map { i in cube.column(i).map(variables[i].coordinate) }
    guard isInside else { return points }
    let inside = points[0].indices.filter { p in contains(points.map { $0[p] }) }
    return points.map { column in inside.map { column[$0] } }
  }
}

extension Grammar {
  /// A grammar by the name it is shipped under, or from a file.
  ///
  /// - Parameter text: A name, or the path of a file.
  /// - Throws: `DistillationError.noGrammar`, or `GrammarError` from a file.
  public init(nameOrPath text: String) throws {
    if Grammar.shippedNames.contains(text) {
      self = try Grammar(named: text)
      return
    }
    let bytes: [UInt8]
    do {
      bytes = try FileContents.read(text, limit: 1_000_000)
    } catch {
      guard case .notFound = error else { throw error }
      throw DistillationError.noGrammar(
        text, shipped: Grammar.shippedNames,
        suggestion: Spelling.suggestion(for: text, among: Grammar.shippedNames))
    }
    self = try Grammar(contentsOf: String(decoding: bytes, as: UTF8.self), file: text)
  }
}

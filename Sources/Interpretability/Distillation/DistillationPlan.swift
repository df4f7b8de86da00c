public import PINN
internal import RunStore
public import Symbolic
internal import Tensors

/// What a recipe's distillation needs, checked before the long training that it follows.
public struct DistillationPlan: Sendable {
  /// The recipe.
  public let recipe: Recipe

  /// The index of the unknown to distil.
  public let unknown: Int

  /// The operators and limits of the search.
  public let grammar: Grammar

  private let settings: DistillationSettings

  /// Checks a recipe's distillation.
  ///
  /// - Parameter recipe: The recipe; without a distillation section, the defaults hold.
  /// - Throws: ``DistillationError`` or `GrammarError`.
  public init(_ recipe: Recipe) throws {
    self.recipe = recipe
    settings = recipe.distillation ?? DistillationSettings()
    let name = settings.target ?? recipe.problem.unknowns[0]
    guard let index = recipe.problem.unknowns.firstIndex(of: name) else {
      throw DistillationError.noUnknown(
        name, found: recipe.problem.unknowns,
        suggestion: Spelling.suggestion(for: name, among: recipe.problem.unknowns))
    }
    unknown = index
    grammar = try Grammar(nameOrPath: settings.grammar)
  }

  /// Prepares the search for equations of a trained network.
  ///
  /// - Parameters:
  ///   - solution: The network.
  ///   - threads: Number of threads.
  /// - Returns: The distiller; its target is the unknown on a grid.
  /// - Throws: `SearchError` if the network's values cannot be searched.
  public func distiller(
    for solution: TrainedNetwork, threads: Int
  ) throws(SearchError) -> Distiller {
    let sample = try NetworkSample(
      solution, unknown: unknown, problem: recipe.problem, rows: settings.rows, threads: threads)
    var distiller = Distiller(
      table: sample.table, gridShape: sample.gridShape, grammar: grammar,
      budget: SearchBudget(seconds: settings.time, evaluations: settings.evaluations),
      problem: recipe.problem, threads: threads)
    distiller.network = solution
    distiller.teacherLoss = sample.teacherLoss
    distiller.seed = recipe.training.seed
    distiller.structure = StructureAnalysis(
      of: NetworkField(solution, output: unknown, error: sample.teacherLoss.squareRoot()),
      at: Self.scatteredPoints(recipe.problem),
      candidates: SnapCandidates(parameters: recipe.problem.parameterValues))
    return distiller
  }

  /// Points at which the network is asked for its structure, apart from the grid that is searched.
  private static func scatteredPoints(_ problem: Problem) -> [[Double]] {
    var random = RandomStream(seed: 0)
    let cube = PointSampler.sobol.points(
      count: 512, dimension: problem.variables.count, random: &random)
    return problem.variables.indices.map { i in
      cube.column(i).map(problem.variables[i].coordinate)
    }
  }
}

extension Grammar {
  /// A grammar by the name it is shipped under, or from a file.
  ///
  /// - Parameter text: A name, or the path of a file.
  /// - Throws: ``DistillationError/noGrammar(_:shipped:suggestion:)``, or `GrammarError` from a file.
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

internal import Dispatch
public import PINN
public import Symbolic
internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Solves a problem by a search over formulas, without a network and without data.
///
/// An archive keeps the best formulas of each complexity; children of random members are fitted to
/// the problem by ``ResidualObjective`` and enter where they are better. Each generation is drawn before
/// it is evaluated, so that the result depends on the seed and the number of generations alone.
public struct ResidualSearch {
  /// The problem.
  public let objective: ResidualObjective

  private let space: FormulaSpace
  private let random: RandomStream
  private var archive: [Int: [Member]] = [:]
  private var seen: Set<Expression> = []
  private var generation = 0

  /// Formulas fitted so far.
  public private(set) var evaluations = 0

  /// Formulas drawn in each generation.
  private static let brood = 128

  /// Formulas kept of each complexity.
  private static let places = 5

  private struct Member: Sendable {
    let trees: FormulaSpace.Trees
    let fit: ResidualObjective.Fit
  }

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - problem: A problem with one unknown.
  ///   - grammar: The operators and limits of the search.
  ///   - seed: Where all random draws come from.
  /// - Throws: `SearchError/emptyGrammar` if the grammar leaves nothing to search, and `ProgramError`
  ///   if an equation is too long.
  public init(_ problem: Problem, grammar: Grammar, seed: Int) throws {
    objective = try ResidualObjective(problem)
    guard let space = FormulaSpace(grammar, variables: problem.variableSymbols) else {
      throw SearchError.emptyGrammar
    }
    self.space = space
    random = RandomStream(seed: UInt64(bitPattern: Int64(seed)))
  }

  /// The best formula of each complexity that no simpler one equals, simplest first.
  public var front: [(formula: Expression, complexity: Int, loss: Double)] {
    var least = Double.infinity
    return archive.keys.sorted().compactMap { complexity in
      guard let best = archive[complexity]?.first, best.fit.loss < 0.99 * least else { return nil }
      least = best.fit.loss
      return (best.fit.expression, complexity, best.fit.loss)
    }
  }

  /// Draws, fits and enters one generation.
  ///
  /// - Parameter threads: Number of threads; no result depends on it.
  public mutating func advance(threads: Int) {
    var stream = random.child(generation)
    generation += 1
    var brood: [FormulaSpace.Trees] = []
    for _ in 0..<Self.brood {
      let isNew = archive.isEmpty || stream.below(8) == 0
      let trees =
        isNew ? space.random(&stream) : space.child(parent(&stream), parent(&stream), &stream)
      guard let trees, space.admits(trees) else { continue }
      let formula = space.formula(trees)
      // A skeleton may come back now and then, with other constants to start from.
      let skeleton = formula.replacingConstants(formula.constants.map { _ in 1 })
      guard seen.insert(skeleton).inserted || stream.below(8) == 0 else { continue }
      brood.append(trees)
    }
    evaluations += brood.count
    let (objective, space, drawn) = (objective, space, brood)
    let fits = parallelMap(count: brood.count, threads: threads) { index in
      objective.fit(space.formula(drawn[index]))
    }
    for (index, trees) in brood.enumerated() {
      guard let fit = fits[index] else { continue }
      enter(Member(trees: space.replacingConstants(trees, by: fit.expression), fit: fit))
    }
  }

  private mutating func enter(_ member: Member) {
    let complexity = space.complexity(member.trees)
    var members = archive[complexity] ?? []
    guard members.allSatisfy({ $0.fit.loss != member.fit.loss }) else { return }
    let place = members.firstIndex { member.fit.loss < $0.fit.loss } ?? members.count
    members.insert(member, at: place)
    archive[complexity] = Array(members.prefix(Self.places))
  }

  /// The better of two members of random complexities: what is long must earn it.
  private func parent(_ stream: inout RandomStream) -> FormulaSpace.Trees {
    let complexities = archive.keys.sorted()
    func draw() -> (score: Double, trees: FormulaSpace.Trees) {
      let complexity = complexities[stream.below(complexities.count)]
      let members = archive[complexity] ?? []
      let member = members[stream.below(members.count)]
      return (log(member.fit.loss + 1e-30) + 0.1 * Double(complexity), member.trees)
    }
    let (first, second) = (draw(), draw())
    return first.score <= second.score ? first.trees : second.trees
  }
}

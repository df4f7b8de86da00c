internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One population with its own random stream, memory and front.
///
/// Between two barriers an island depends on nothing but itself, so that it may run on any thread:
/// that is the promise behind `@unchecked Sendable`. Steady-state replacement with a tournament,
/// occasional removal of the oldest (Real et al. 2019, [doi:10.1609/aaai.v33i01.33014780](
/// https://doi.org/10.1609/aaai.v33i01.33014780)), and a penalty on crowded complexities.
final class Island: @unchecked Sendable {
  /// How the island looks at the table.
  let view: View

  let vocabulary: Vocabulary
  let options: SearchOptions
  let form: ModelForm
  let scorer: Scorer
  let variation: Variation
  let canonicalise: Canonicaliser
  let homogeneous: [Bool]

  let arena: GenePointer
  let individuals: UnsafeMutablePointer<Individual>
  let crowd: UnsafeMutablePointer<Double>

  // Buffers of the offspring under construction.
  let parts: GenePointer
  let tree: GenePointer
  let spare: GenePointer
  let whole: GenePointer

  var stream: RandomStream
  var visited = VisitedTable()
  var front: CandidateFront
  var counts = SearchCounts()
  var clock = 0

  /// Whether the island has its first population.
  var isSettled = false

  /// Whether the island also tries all small trees in turn.
  let isSurveyor: Bool

  /// Whether the island also looks for sums of products of simple functions.
  let isLibrarian: Bool

  /// The epochs it has run.
  var runs = 0

  /// The trees that it tries, as long as there are any left.
  var enumeration: SkeletonEnumeration?

  /// The largest complexity for now; it grows while the search warms up.
  var sizeLimit: Int

  /// How many of them were tried; -1 for all.
  var surveyed = 0

  /// Skeletons that the confirmation has refused.
  var refused: Set<UInt64> = []

  /// Genes from one member of the population to the next.
  var stride: Int { vocabulary.maximumCount }

  /// Creates an island without inhabitants.
  ///
  /// - Parameters:
  ///   - view: How the island looks at the table.
  ///   - options: The sizes of things.
  ///   - splits: Whether the terms at the root of a tree count for themselves.
  ///   - isSurveyor: Whether the island also tries all small trees in turn.
  ///   - isLibrarian: Whether the island also looks for sums of products of simple functions.
  ///   - stream: The island's own stream.
  init(
    _ view: View, options: SearchOptions, splits: Bool, isSurveyor: Bool, isLibrarian: Bool,
    stream: RandomStream
  ) {
    self.isSurveyor = isSurveyor
    self.isLibrarian = isLibrarian
    self.view = view
    let vocabulary = view.vocabulary
    self.vocabulary = vocabulary
    sizeLimit = vocabulary.maximumComplexity
    self.options = options
    var form = vocabulary.form
    form.splits = form.splits && splits
    self.form = form
    self.stream = stream
    scorer = Scorer(view, form: form)
    variation = Variation(vocabulary)
    canonicalise = Canonicaliser(vocabulary)
    homogeneous = vocabulary.homogeneousParts
    front = CandidateFront(maximumComplexity: vocabulary.maximumComplexity)
    let capacity = Variation.capacity(vocabulary)
    arena = .allocate(capacity: options.population * vocabulary.maximumCount)
    individuals = .allocate(capacity: options.population)
    individuals.initialize(repeating: Individual(), count: options.population)
    crowd = .allocate(capacity: vocabulary.maximumComplexity + 1)
    crowd.initialize(repeating: 0, count: vocabulary.maximumComplexity + 1)
    parts = .allocate(capacity: capacity * vocabulary.parts.count)
    tree = .allocate(capacity: capacity)
    spare = .allocate(capacity: capacity)
    whole = .allocate(
      capacity: capacity * vocabulary.parts.count + (vocabulary.template?.count ?? 0))
  }

  deinit {
    arena.deallocate()
    individuals.deallocate()
    crowd.deallocate()
    parts.deallocate()
    tree.deallocate()
    spare.deallocate()
    whole.deallocate()
  }

  /// Starts afresh: forgets the population, the front and what was visited, but not the counts.
  func settle() {
    isSettled = true
    visited = VisitedTable()
    front = CandidateFront(maximumComplexity: vocabulary.maximumComplexity)
    for slot in 0..<options.population {
      individuals[slot] = Individual()
      // Most random trees have a value; those of a tight grammar may need more tries.
      for _ in 0..<50 {
        var offspring = Offspring()
        for part in vocabulary.parts.indices {
          let size = variation.fresh(columns: vocabulary.parts[part].columns, into: tree, &stream)
          guard append(size, part: part, to: &offspring) else { break }
        }
        guard express(&offspring), evaluate(&offspring) else { continue }
        place(offspring.individual, in: slot)
        break
      }
    }
  }

  /// Makes the offspring of one epoch.
  func run(offspring: Int) {
    for index in 0..<offspring {
      if index % 50 == 0 { countCrowd() }
      step()
    }
    survey(offspring)
    // Not before the first epoch: what is easy is found there.
    runs += 1
    guard isLibrarian else { return }
    if runs == 1 { consultKernels() }
    if runs == 2 { consultLibrary(.small) }
    if runs == 5 { consultLibrary(.large) }
  }

  /// What the island has spent.
  var spent: SearchCounts {
    var spent = counts
    spent.evaluations += scorer.evaluations
    return spent
  }

  /// Takes in a formula from elsewhere.
  func receive(_ genome: Genome) {
    var offspring = Offspring()
    var offset = 0
    for part in vocabulary.parts.indices {
      let count = Int(genome.counts[part])
      for index in 0..<count { tree[index] = genome.genes[offset + index] }
      offset += count
      guard append(count, part: part, to: &offspring) else { return }
    }
    guard express(&offspring), evaluate(&offspring) else { return }
    var worst = stream.below(options.population)
    for _ in 0..<4 {
      let other = stream.below(options.population)
      if individuals[other].score > individuals[worst].score { worst = other }
    }
    place(offspring.individual, in: worst)
  }

  /// A random member of the population.
  func emissary() -> Genome? {
    let slot = stream.below(options.population)
    let individual = individuals[slot]
    guard individual.count > 0 else { return nil }
    let genes = UnsafeBufferPointer(start: arena + slot * stride, count: individual.count)
    return Genome(genes: Array(genes), counts: individual.counts)
  }

  /// Forgets a skeleton for good: on all rows it is not what it seemed to be on a few.
  func refuse(_ hash: UInt64) {
    refused.insert(hash)
    front.remove(hash)
    for slot in 0..<options.population where individuals[slot].count > 0 {
      var offspring = Offspring()
      offspring.individual.counts = individuals[slot].counts
      offspring.individual.count = individuals[slot].count
      parts.update(from: arena + slot * stride, count: individuals[slot].count)
      guard express(&offspring) else { continue }
      if skeletonHash(formula, count: offspring.formulaCount) == hash {
        individuals[slot].score = .infinity
        individuals[slot].loss = .infinity
      }
    }
  }

  // MARK: Selection

  func fitness(_ slot: Int) -> Double {
    individuals[slot].score + options.crowding * crowd[individuals[slot].complexity]
  }

  func selectParent() -> Int {
    var best = stream.below(options.population)
    for _ in 1..<max(1, options.tournament) {
      let other = stream.below(options.population)
      if fitness(other) < fitness(best) { best = other }
    }
    return best
  }

  func countCrowd() {
    crowd.update(repeating: 0, count: vocabulary.maximumComplexity + 1)
    for slot in 0..<options.population {
      crowd[individuals[slot].complexity] += 1 / Double(options.population)
    }
  }

  /// Puts ``parts`` into the population.
  func place(_ individual: Individual, in slot: Int) {
    (arena + slot * stride).update(from: parts, count: individual.count)
    individuals[slot] = individual
    individuals[slot].birth = clock
    clock += 1
  }

  /// Replaces a bad or old member by the offspring in ``parts``, or drops the offspring.
  func compete(_ individual: Individual) {
    if stream.uniform() < 0.15 {
      var oldest = 0
      for slot in 1..<options.population
      where individuals[slot].birth < individuals[oldest].birth { oldest = slot }
      place(individual, in: oldest)
      return
    }
    var worst = stream.below(options.population)
    for _ in 0..<3 {
      let other = stream.below(options.population)
      if fitness(other) > fitness(worst) { worst = other }
    }
    let fitness = individual.score + options.crowding * crowd[individual.complexity]
    if fitness < self.fitness(worst) || stream.uniform() < 0.05 { place(individual, in: worst) }
  }

  /// `log(loss)` plus the price of complexity; the floor is what single precision can tell.
  func score(loss: Double, complexity: Int) -> Double {
    log(loss + 1e-13) + options.parsimony * Double(complexity)
  }
}

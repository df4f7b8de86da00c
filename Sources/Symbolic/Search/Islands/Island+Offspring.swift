internal import Tensors

extension Island {
  /// A genome under construction in ``parts``.
  struct Offspring {
    /// What will be known of it.
    var individual = Individual()

    /// The formula: ``parts`` itself, or ``whole`` with a template.
    var formulaCount = 0

    /// The terms of the formula.
    var terms = Terms(whole: 0)

    /// Where each part begins in the formula.
    var starts: SIMD8<UInt16> = .zero

    /// The hash of the formula's skeleton.
    var hash: UInt64 = 0
  }

  /// The formula of the offspring under construction.
  var formula: GenePointer { vocabulary.template == nil ? parts : whole }

  /// Makes one offspring and lets it compete.
  func step() {
    counts.offspring += 1
    var offspring = Offspring()
    guard vary(&offspring), express(&offspring) else {
      counts.rejected += 1
      return
    }
    var hasFree = false
    for index in 0..<offspring.individual.count where parts[index].isFree { hasFree = true }
    offspring.hash = skeletonHash(formula, count: offspring.formulaCount)
    switch visited.visit(
      offspring.hash, size: offspring.formulaCount, hasFreeConstants: hasFree)
    {
    case .first: break
    case .again:
      variation.redraw(parts, offspring.individual.count, &stream)
      if vocabulary.template != nil { assemble(&offspring) }
    case .exhausted:
      counts.duplicates += 1
      return
    }
    guard evaluate(&offspring) else {
      counts.rejected += 1
      return
    }
    compete(offspring.individual)
  }

  /// Varies one part of a parent into ``parts``.
  private func vary(_ offspring: inout Offspring) -> Bool {
    let parent = selectParent()
    let mother = individuals[parent]
    guard mother.count > 0 else { return false }
    let changed = vocabulary.parts.count == 1 ? 0 : stream.below(vocabulary.parts.count)
    var source = arena + parent * stride
    for part in vocabulary.parts.indices {
      let count = Int(mother.counts[part])
      let size = part == changed ? varied(source, count, part: part) : copied(source, count)
      guard append(size, part: part, to: &offspring) else { return false }
      source += count
    }
    return true
  }

  private func copied(_ source: UnsafePointer<Gene>, _ count: Int) -> Int {
    tree.update(from: source, count: count)
    return count
  }

  // Crossover with the same part of another parent, or one mutation, or two.
  private func varied(_ source: UnsafePointer<Gene>, _ count: Int, part: Int) -> Int {
    let columns = vocabulary.parts[part].columns
    if stream.uniform() < 0.35 {
      let other = selectParent()
      let father = individuals[other]
      if father.count > 0 {
        let offset = (0..<part).reduce(0) { $0 + Int(father.counts[$1]) }
        return variation.cross(
          source, count, arena + (other * stride + offset), Int(father.counts[part]), into: tree,
          &stream)
      }
    }
    let size = variation.mutate(source, count, columns: columns, into: tree, &stream)
    guard stream.uniform() < 0.2, size <= vocabulary.maximumCount else { return size }
    spare.update(from: tree, count: size)
    return variation.mutate(spare, size, columns: columns, into: tree, &stream)
  }

  /// Canonicalises the tree in ``tree`` and appends it to ``parts``.
  func append(_ size: Int, part: Int, to offspring: inout Offspring) -> Bool {
    restoreLengths(tree, count: size)
    var size = canonicalise(tree, count: size)
    guard size > 0 else { return false }
    if vocabulary.template != nil && homogeneous[part] {
      // The factor of the whole formula makes one of a part superfluous.
      while size > 2, tree[size - 1].operation == .multiply, tree[size - 2].isConstant {
        size -= 2
      }
      if size == 1 && tree[0].isConstant { tree[0] = Gene(constant: 1, isFixed: true) }
    }
    guard offspring.individual.count + size <= 2 * vocabulary.maximumCount + 32 else {
      return false
    }
    (parts + offspring.individual.count).update(from: tree, count: size)
    offspring.individual.counts[part] = UInt16(size)
    offspring.individual.count += size
    return true
  }

  func assemble(_ offspring: inout Offspring) {
    guard let template = vocabulary.template else { return }
    offspring.formulaCount = vocabulary.assemble(
      parts, counts: offspring.individual.counts, template: template, into: whole,
      starts: &offspring.starts)
  }

  /// Makes a formula of ``parts`` and checks it against the grammar.
  func express(_ offspring: inout Offspring) -> Bool {
    guard offspring.individual.count > 0 else { return false }
    if vocabulary.template == nil {
      var size = offspring.individual.count
      guard let terms = Terms(splitting: parts, size: &size, form: form, scratch: spare) else {
        return false
      }
      offspring.terms = terms
      offspring.individual.count = size
      offspring.individual.counts[0] = UInt16(size)
      offspring.formulaCount = size
    } else {
      guard offspring.individual.count <= vocabulary.maximumCount,
        (vocabulary.parts.indices).allSatisfy({ offspring.individual.counts[$0] > 0 })
      else { return false }
      assemble(&offspring)
      offspring.terms = Terms(whole: offspring.formulaCount)
    }
    let reserve = vocabulary.fitComplexity(terms: offspring.terms.count, withOffset: false)
    guard vocabulary.admits(formula, count: offspring.formulaCount, reserve: reserve) else {
      return false
    }
    offspring.individual.complexity =
      vocabulary.complexity(formula, count: offspring.formulaCount) + reserve
    return offspring.individual.complexity <= sizeLimit && keepsUnits(offspring)
  }

  /// Whether the terms measure what the target does, if they have to.
  private func keepsUnits(_ offspring: Offspring) -> Bool {
    guard let rules = vocabulary.rules, rules.isStrict else { return true }
    return violations(offspring, rules) == 0
  }

  // Terms one by one: the fit gives each a factor that may carry units.
  private func violations(_ offspring: Offspring, _ rules: CandidateRules) -> Int {
    (0..<offspring.terms.count).reduce(0) { sum, term in
      let range = offspring.terms[term]
      return sum
        + rules.violations(
          formula + range.lowerBound, count: range.count, isScaled: form.hasScale)
    }
  }

  /// Fits the offspring, notes it for the front and fills in what is known of it.
  func evaluate(_ offspring: inout Offspring) -> Bool {
    var fit = scorer.score(formula, offspring.formulaCount, terms: offspring.terms)
    guard fit.loss.isFinite else { return false }
    if let rules = vocabulary.rules, rules.penaltyPerViolation > 0 {
      fit.loss += rules.penaltyPerViolation * Double(violations(offspring, rules))
    }
    let hash = skeletonHash(formula, count: offspring.formulaCount)
    if refused.contains(hash) { return false }
    offspring.hash = hash
    if vocabulary.template != nil {
      // The fit has changed constants in the assembled copy.
      var offset = 0
      for part in vocabulary.parts.indices {
        let count = Int(offspring.individual.counts[part])
        (parts + offset).update(from: whole + Int(offspring.starts[part]), count: count)
        offset += count
      }
    }
    let complexity = offspring.individual.complexity
    offspring.individual.loss = fit.loss
    offspring.individual.score = score(loss: fit.loss, complexity: complexity)
    if front.wants(complexity: complexity, loss: fit.loss) {
      front.insert(candidate(offspring, fit))
    }
    return true
  }

  private func candidate(_ offspring: Offspring, _ fit: Scorer.Fit) -> Candidate {
    let individual = offspring.individual
    return Candidate(
      genome: Genome(
        genes: Array(UnsafeBufferPointer(start: parts, count: individual.count)),
        counts: individual.counts),
      terms: (0..<offspring.terms.count).map { term in
        offspring.terms[term].map { formula[$0] }
      },
      factors: (0..<offspring.terms.count).map { fit.factors[$0] },
      hash: offspring.hash,
      complexity: individual.complexity, loss: fit.loss)
  }
}

internal import Symbolic
internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Makes the tests of ``StructureAnalysis`` on one sample of a field.
struct StructureTester {
  let names: [String]
  let sample: FieldSample
  let candidates: SnapCandidates

  /// All tests, from those of single variables to those of pairs.
  ///
  /// A structure that contains another one is asked for only where the smaller one fails.
  func tests() -> [StructureTest] {
    let irrelevance = names.indices.map(irrelevance)
    let relevant = names.indices.filter { irrelevance[$0]?.verdict != .holds }
    var tests = irrelevance.compactMap { $0 }
    var hasFactor: Set<Int> = []
    for i in relevant {
      let factors = [exponentialFactor(i), powerFactor(i)].compactMap { $0 }
      if factors.contains(where: { $0.verdict == .holds }) { hasFactor.insert(i) }
      tests += factors
      // An exponential factor also obeys u_xx = k² u.
      if !hasFactor.contains(i), let test = oscillation(i) { tests.append(test) }
    }
    for (position, i) in relevant.enumerated() {
      for j in relevant[(position + 1)...] {
        tests += separations(i, j)
        tests += symmetries(i, j, hasFactor: hasFactor.contains(i) || hasFactor.contains(j))
        if relevant.count > 2, let test = composition(i, j, among: relevant) { tests.append(test) }
      }
    }
    return tests
  }
}

// MARK: One variable

extension StructureTester {
  private func irrelevance(_ i: Int) -> StructureTest? {
    let slope = sample.gradient[i]
    guard let spread = Statistics.variance(sample.value.values)?.squareRoot(), spread > 0 else {
      return nil
    }
    let scale = width(i) / spread
    return StructureTest(
      .irrelevant(names[i]), statistic: scale * slope.size, expected: scale * slope.error)
  }

  private func exponentialFactor(_ i: Int) -> StructureTest? {
    relation([sample.gradient[i], sample.value]) { c, form in
      .exponentialFactor(names[i], rate: form(-c[1] / c[0]))
    }
  }

  private func powerFactor(_ i: Int) -> StructureTest? {
    relation([sample.points[i] * sample.gradient[i], sample.value]) { c, form in
      .powerFactor(names[i], exponent: form(-c[1] / c[0]))
    }
  }

  private func oscillation(_ i: Int) -> StructureTest? {
    relation([sample.hessian[i][i], sample.value]) { c, form in
      let square = c[1] / c[0]
      let root = form(abs(square).squareRoot())
      return square > 0
        ? .harmonic(names[i], wavenumber: root) : .hyperbolic(names[i], rate: root)
    }
  }
}

// MARK: Two variables

extension StructureTester {
  private func separations(_ i: Int, _ j: Int) -> [StructureTest] {
    let mixed = sample.hessian[i][j]
    let (x, y) = (sample.gradient[i], sample.gradient[j])
    let scale = (width(i) * width(j) / (x.size * y.size)).squareRoot()
    var tests = [
      StructureTest(
        .additive(names[i], names[j]), statistic: scale * mixed.size, expected: scale * mixed.error)
    ]
    guard mixed.isSignificant, tests[0].verdict != .holds else { return tests }
    let (left, right) = (sample.value * mixed, x * y)
    let size = (left.size * left.size + right.size * right.size).squareRoot()
    let violation = left - right
    let plain = StructureTest(
      .multiplicative(names[i], names[j], offset: 0), statistic: violation.size / size,
      expected: violation.error / size)
    tests.append(plain)
    if plain.verdict != .holds {
      let shifted = relation([left, right, mixed]) { c, form in
        .multiplicative(names[i], names[j], offset: form(-c[2] / c[0]))
      } isPlausible: { c in
        // The first two coefficients are one number with two signs.
        abs(c[0] + c[1]) < 0.01 * abs(c[0])
      }
      if let shifted { tests.append(shifted) }
    }
    return tests
  }

  private func symmetries(_ i: Int, _ j: Int, hasFactor: Bool) -> [StructureTest] {
    let (p, q) = (sample.points[i], sample.points[j])
    let (x, y) = (sample.gradient[i], sample.gradient[j])
    var tests: [StructureTest] = []
    func add(_ test: StructureTest?) { if let test { tests.append(test) } }
    add(
      relation([x, y]) { c, form in
        .translation(names[i], names[j], speed: form(c[0] / c[1]))
      })
    add(
      relation([p * x, q * y]) { c, form in
        .scaling(names[i], names[j], exponent: form(-c[0] / c[1]))
      })
    add(
      relation([p * y, q * x]) { c, form in
        .rotation(names[i], names[j], ratio: form(-c[1] / c[0]))
      })
    guard !hasFactor, tests.allSatisfy({ $0.verdict != .holds }) else { return tests }
    // The power is taken of a variable that stays positive.
    let (base, other) = (q.min() ?? 0) > 0 ? (j, i) : (i, j)
    guard (sample.points[base].min() ?? 0) > 0 else { return tests }
    add(
      relation([
        sample.points[other] * sample.gradient[other], sample.points[base] * sample.gradient[base],
        sample.value,
      ]) { c, form in
        .similarity(
          names[other], names[base], exponent: form(-c[0] / c[1]), power: form(-c[2] / c[1]))
      })
    return tests
  }

  /// The ratio of two slopes does not depend on any third variable.
  private func composition(_ i: Int, _ j: Int, among relevant: [Int]) -> StructureTest? {
    let (x, y) = (sample.gradient[i], sample.gradient[j])
    var worst: (statistic: Double, expected: Double)?
    for k in relevant where k != i && k != j {
      let (left, right) = (sample.hessian[i][k] * y, sample.hessian[j][k] * x)
      let violation = left - right
      let size = (left.size * left.size + right.size * right.size).squareRoot()
      // Where neither slope changes with the third variable there is nothing to compare.
      guard left.isSignificant || right.isSignificant else { continue }
      let statistic = violation.size / size
      let expected = violation.error / size
      if statistic > worst?.statistic ?? -1 { worst = (statistic, expected) }
    }
    return worst.map {
      StructureTest(
        .composition(names[i], names[j]), statistic: $0.statistic, expected: $0.expected)
    }
  }
}

// MARK: Relations

extension StructureTester {
  /// Tests a linear relation with unknown coefficients.
  ///
  /// - Parameters:
  ///   - columns: What is related.
  ///   - structure: Makes the structure of the coefficients, with a function that gives a number its
  ///     closed form.
  ///   - isPlausible: Whether the coefficients can belong to the structure.
  /// - Returns: The test; nil if a column is zero, or takes no part.
  private func relation(
    _ columns: [UncertainColumn],
    _ structure: ([Double], (Double) -> Double) -> FieldStructure,
    isPlausible: ([Double]) -> Bool = { _ in true }
  ) -> StructureTest? {
    guard let combination = NullCombination(columns), combination.isProper,
      isPlausible(combination.coefficients)
    else { return nil }
    // The coefficients of an exact relation are as uncertain as the relation itself.
    let uncertainty = max(
      StructureTest.leastThreshold, 3 * combination.expected, combination.statistic)
    let made = structure(combination.coefficients) { number in
      // The uncertainty is three standard errors or more.
      candidates.match(number, standardError: uncertainty / 3 * abs(number))?.value ?? number
    }
    return StructureTest(
      made, statistic: combination.statistic, expected: combination.expected)
  }

  private func width(_ i: Int) -> Double {
    (sample.points[i].max() ?? 0) - (sample.points[i].min() ?? 0)
  }
}

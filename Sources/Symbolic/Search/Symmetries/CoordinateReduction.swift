internal import Tensors

/// Finds combinations of two variables that can take the place of both: `x₁ − x₂` where a law does not
/// change under a common shift, `x₁/x₂` or `x₁x₂` under scaling, `x₁² + x₂²` under rotation.
///
/// Each combination is one coordinate less, and the next is looked for among what is left. Two tests
/// tell whether a target f keeps its value along the direction v in which a combination does:
///
/// - `Σ (v·∇f)²` beside `Σ (v₁ ∂₁f)² + (v₂ ∂₂f)²`, with the gradient of a ``PolynomialFit``, where
///   that follows the target;
/// - where that finds none, whether the target follows better from the coordinates with the combination
///   than without (``NeighbourError``).
///
/// A wrong guess costs a few islands; nothing is concluded from it. Udrescu and Tegmark (2020) do the
/// same with a neural network as the surrogate,
/// [doi:10.1126/sciadv.aay2631](https://doi.org/10.1126/sciadv.aay2631).
package struct CoordinateReduction {
  /// The combinations that were found, as trees over the columns, in the order of their finding; later
  /// ones may contain earlier ones.
  package private(set) var combinations: [(genes: [Gene], isMonomial: Bool)] = []

  /// What is left to depend on: trees over the columns, single columns among them.
  package private(set) var coordinates: [[Gene]] = []

  /// The most rows of each test, and the most variables and coordinates.
  private static let limits = (
    neighbours: 800, surrogate: 4096, relevance: 2048, gradients: 400, variables: 24,
    coordinates: 9
  )

  /// The R² from which a surrogate tells what matters, and the ratio of what it leaves without a variable
  /// to what it leaves with it, up to which the variable does not matter.
  private static let relevance = (rSquared: 0.5, ratio: 1.002)

  /// How much better coordinates have to be: in standard errors, and relative to the error.
  private static let threshold = (improvement: 4.0, share: 0.85)

  /// The standard errors up to which the simpler of two combinations is preferred.
  private static let tie = 1.5

  /// The R² from which a surrogate's gradient is believed, and the largest share of the gradient that
  /// may be left along a direction of symmetry; less where the surrogate follows the target closely.
  private static let surrogate = (rSquared: 0.97, residue: 0.06)

  private struct Coordinate {
    var genes: [Gene]
    var values: [Double]
    var isMonomial: Bool
  }

  private let ranks: [Double]
  private let target: [Double]
  private let vocabulary: Vocabulary
  private let threads: Int

  /// Reduces the variables of a target.
  ///
  /// - Parameters:
  ///   - columns: The columns of a table.
  ///   - variables: The columns that the target may depend on.
  ///   - target: The target, NaN in rows that do not count.
  ///   - order: The rows in the order of their use.
  ///   - vocabulary: What combinations may be written with.
  ///   - threads: The number of threads; does not change the result.
  package init(
    columns: [[Double]], variables: [Int], target: [Double], order: [Int], vocabulary: Vocabulary,
    threads: Int
  ) {
    let rows = order.filter { target[$0].isFinite }.prefix(Self.limits.surrogate)
    self.vocabulary = vocabulary
    self.threads = threads
    self.target = rows.map { target[$0] }
    ranks = NeighbourError.ranks(self.target)
    var present = variables.map { j in
      Coordinate(
        genes: [Gene(variable: j)], values: rows.map { columns[j][$0] }, isMonomial: true)
    }
    guard rows.count >= 100, (2...Self.limits.variables).contains(present.count) else { return }
    present = relevant(present)
    coordinates = present.map(\.genes)
    guard present.count <= Self.limits.coordinates else { return }
    while present.count > 1 {
      let trials = self.trials(present)
      guard let trial = symmetry(present, trials) ?? simplification(present, trials) else { break }
      combinations.append((trial.coordinate.genes, trial.coordinate.isMonomial))
      let current = present
      present =
        current.indices.filter { $0 != trial.first && $0 != trial.second }
        .map { current[$0] } + [trial.coordinate]
    }
    coordinates = present.map(\.genes)
  }

  // MARK: Relevance

  // What a surrogate of the same degree follows as well without: such variables only add noise to it.
  private func relevant(_ present: [Coordinate]) -> [Coordinate] {
    var present = present
    let target = Array(target.prefix(Self.limits.relevance))
    while present.count > 2 {
      let columns = present.map { Array($0.values.prefix(target.count)) }
      guard let whole = PolynomialFit(columns, target: target),
        whole.heldOutRSquared > Self.relevance.rSquared
      else { break }
      let ratios = parallelMap(count: columns.count, threads: threads) { index -> Double in
        var rest = columns
        rest.remove(at: index)
        let surrogate = PolynomialFit(rest, target: target, degree: whole.degree)
        return (1 - (surrogate?.heldOutRSquared ?? 0)) / max(1 - whole.heldOutRSquared, 1e-30)
      }
      let kept = present.indices.filter { ratios[$0] > Self.relevance.ratio }
      guard kept.count < present.count, !kept.isEmpty else { break }
      present = kept.map { present[$0] }
    }
    return present
  }

  // MARK: Gradients

  // The combination along whose direction the surrogate changes least, if it hardly changes.
  private func symmetry(_ present: [Coordinate], _ trials: [Trial]) -> Trial? {
    guard let surrogate = PolynomialFit(present.map(\.values), target: target),
      surrogate.heldOutRSquared >= Self.surrogate.rSquared
    else { return nil }
    let points = (0..<min(Self.limits.gradients, target.count)).map { row in
      present.map { $0.values[row] }
    }
    let gradients = points.map { surrogate.gradient(at: $0) }
    let residues = trials.map { trial -> Double in
      var along = 0.0
      var total = 0.0
      for (point, gradient) in zip(points, gradients) {
        let v = trial.kind.direction(point[trial.first], point[trial.second])
        let (a, b) = (v.0 * gradient[trial.first], v.1 * gradient[trial.second])
        along += (a + b) * (a + b)
        total += a * a + b * b
      }
      return total > 0 ? along / total : 1
    }
    guard let best = residues.indices.min(by: { residues[$0] < residues[$1] }),
      residues[best]
        < min(Self.surrogate.residue, 5 * (1 - surrogate.heldOutRSquared) + 1e-3)
    else { return nil }
    return trials[best]
  }

  // MARK: Neighbours

  // The combination that makes the target follow best from the coordinates, if better than before.
  private func simplification(_ present: [Coordinate], _ trials: [Trial]) -> Trial? {
    let rows = min(Self.limits.neighbours, target.count)
    let ranks = Array(ranks.prefix(rows))
    let columns = present.map { Array($0.values.prefix(rows)) }
    let error = NeighbourError(columns, ranks: ranks)
    let errors = parallelMap(count: trials.count, threads: threads) { index in
      let trial = trials[index]
      let rest = columns.indices.filter { $0 != trial.first && $0 != trial.second }
      return NeighbourError(
        rest.map { columns[$0] } + [Array(trial.coordinate.values.prefix(rows))], ranks: ranks)
    }
    guard let least = errors.min(by: { $0.mean < $1.mean }),
      // Of combinations that do about as well the simplest: their order in the list.
      let best = errors.firstIndex(where: { least.improvement(over: $0) <= Self.tie }),
      errors[best].mean < Self.threshold.share * error.mean,
      errors[best].improvement(over: error) > Self.threshold.improvement
    else { return nil }
    return trials[best]
  }

  // MARK: Combinations

  private struct Trial {
    var first: Int
    var second: Int
    var kind: Combination
    var coordinate: Coordinate
  }

  // The simplest kinds first, over all pairs.
  private func trials(_ present: [Coordinate]) -> [Trial] {
    var result: [Trial] = []
    for kind in Combination.allCases where kind.operators.allSatisfy(vocabulary.contains) {
      for first in present.indices {
        for second in present.indices where second > first {
          let (a, b) = (present[first], present[second])
          let values = zip(a.values, b.values).map { kind($0, $1) }
          guard values.allSatisfy(\.isFinite),
            let genes = kind.genes(a.genes, b.genes, vocabulary)
          else { continue }
          let isMonomial = kind.isMonomial && a.isMonomial && b.isMonomial
          result.append(
            Trial(
              first: first, second: second, kind: kind,
              coordinate: Coordinate(genes: genes, values: values, isMonomial: isMonomial)))
        }
      }
    }
    return result
  }
}

internal import PINN
internal import Symbolic

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension EquationExaminer {
  /// The front with identified constants and checks.
  ///
  /// Identification merges look-alikes and changes losses a little, so dominated entries are dropped
  /// once more; a proved one stays, and so does one that solves the problem twice as well.
  ///
  /// - Parameters:
  ///   - entries: The best formulas, simplest first.
  ///   - resolution: The loss below which no formula is better than another.
  /// - Returns: The front, simplest first.
  func front(_ entries: [HallOfFame.Entry], resolution: Double) -> [DistilledEquation] {
    let leastLoss = entries.map(\.loss).min() ?? 0
    let equations = entries.compactMap { entry in
      // Noise hides even a solution; then it is as good as any.
      equation(
        entry, isPlausible: entry.rSquared > Self.plausibleFit || entry.loss <= 1.5 * leastLoss)
    }
    return Self.paretoFront(distinct(equations), resolution: resolution)
  }

  /// The equations without those that say the same in other words.
  ///
  /// A solution is proved however it is written, and rounding makes one way of writing better than
  /// another: of equal equations the shortest stays, of those the one of fewest numbers, but a proved one
  /// before any other.
  ///
  /// - Parameter equations: Equations, simplest first.
  /// - Returns: Equations of different meaning, in the same order.
  func distinct(_ equations: [DistilledEquation]) -> [DistilledEquation] {
    var kept: [(equation: DistilledEquation, form: Expression, solution: [Double]?)] = []
    for equation in equations {
      let isProved = equation.check?.isExactSolution ?? false
      let form = equation.numeric.simplified()
      let solution = isProved ? values(of: equation.numeric) : nil
      let twin = kept.firstIndex { other in
        form.resembles(other.form, within: Self.rounding)
          || areEqual(solution ?? [], other.solution ?? [])
      }
      guard let twin else {
        kept.append((equation, form, solution))
        continue
      }
      let other = kept[twin]
      let isPreferred =
        isProved == (other.solution != nil)
        ? Self.size(of: equation) < Self.size(of: other.equation) : isProved
      if isPreferred {
        kept.remove(at: twin)
        kept.append((equation, form, solution))
      }
    }
    return kept.map(\.equation)
  }

  /// The nodes of an equation as it is shown, and how many of them are numbers.
  private static func size(of equation: DistilledEquation) -> (Int, Int) {
    (equation.equation.complexity, equation.equation.constants.count)
  }

  /// The relative difference that rounding makes at most between two ways of writing a formula.
  private static let rounding = 1e-9

  /// The values of a formula in the rows of the table.
  private func values(of formula: Expression) -> [Double]? {
    (try? Program(formula, inputs: table.variables))?.evaluate(table.columns)
  }

  /// Whether values are equal up to rounding, relative to the largest.
  private func areEqual(_ left: [Double], _ right: [Double]) -> Bool {
    guard !left.isEmpty, left.count == right.count else { return false }
    let size = left.reduce(0) { max($0, $1.magnitude) }
    return zip(left, right).allSatisfy { ($0 - $1).magnitude <= Self.rounding * size }
  }

  /// The equations that no simpler one equals or beats, with their scores; a proved one stays.
  ///
  /// - Parameters:
  ///   - equations: Equations, simplest first.
  ///   - resolution: The loss below which no formula is better than another.
  /// - Returns: The front, simplest first.
  static func paretoFront(
    _ equations: [DistilledEquation], resolution: Double
  ) -> [DistilledEquation] {
    var front: [DistilledEquation] = []
    let unavoidable = equations.unavoidableLoss
    for equation in equations {
      let isProved = equation.check?.isExactSolution ?? false
      // A gain of a thousandth is rounding and the next constant's luck, not another equation.
      let least = max(1.001 * (equation.loss - unavoidable), resolution)
      let isDominated = front.contains { simpler in
        simpler.loss - unavoidable <= least && !solves(equation, better: simpler)
      }
      let isCopy = front.contains { $0.equation == equation.equation }
      if !isCopy && (isProved || !isDominated) { front.append(equation) }
    }
    for index in front.indices {
      guard index > 0 else {
        front[index].score = 0
        continue
      }
      let (before, after) = (front[index - 1], front[index])
      // A loss of zero is as good as the smallest number.
      let smallest = Double.leastNormalMagnitude
      let gain = log(max(before.loss, smallest)) - log(max(after.loss, smallest))
      front[index].score = gain / Double(max(1, after.complexity - before.complexity))
    }
    return front
  }

  /// Whether an equation solves the problem so much better than a simpler one that it stays beside it.
  private static func solves(
    _ equation: DistilledEquation, better simpler: DistilledEquation
  ) -> Bool {
    guard let residual = equation.check?.totalRMS, let other = simpler.check?.totalRMS else {
      return false
    }
    return residual < 0.5 * other
  }
}

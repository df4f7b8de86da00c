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
    return Self.paretoFront(equations, resolution: resolution)
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

internal import PINN

/// Which equation of a front to believe.
public enum EquationSelection {
  /// Chooses from a front.
  ///
  /// 1. An equation that is *proved* to solve the problem, conditions included, is the solution,
  ///    whatever the teacher's own error makes of its loss: the simplest such one.
  /// 2. With a problem, the data choose a set and the physics one of it: of the equations whose loss
  ///    is at most 1.5 times the least, or not above the teacher's own error, those that solve the
  ///    equations and conditions best, within a factor of two; of these the simplest.
  /// 3. Without a problem, as PySR: the highest score among those whose loss is at most 1.5 times
  ///    the least. Of a smooth error, which is worth few observations, four times the loss for each
  ///    constant saved counts as equal, so that the simplest of these wins.
  ///
  /// - Parameters:
  ///   - front: Equations in order of complexity.
  ///   - teacherLoss: The mean squared error that the data themselves are known to have; 0 if unknown.
  /// - Returns: An index into the front; nil if it is empty.
  public static func best(of front: [DistilledEquation], teacherLoss: Double = 0) -> Int? {
    if let proved = front.firstIndex(where: { $0.check?.isExactSolution ?? false }) {
      return proved
    }
    guard let least = front.map(\.loss).min() else { return nil }
    let plausible = front.indices.filter { front[$0].loss <= max(1.5 * least, teacherLoss) }
    let residuals = plausible.compactMap { index in
      front[index].check?.totalRMS.map { (index: index, rms: $0) }
    }
    if let smallest = residuals.map(\.rms).min() {
      return residuals.first { $0.rms <= 2 * smallest }?.index
    }
    // Smooth residuals are worth few observations: a gain that so few could make by chance is none.
    let simplest = front.indices.first { index in
      let size = front[index].identified.effectiveSampleSize
      let constants = front.last?.identified.constants.count ?? 0
      let extra = max(0, constants - front[index].identified.constants.count)
      return front[index].loss <= least * max(1, Double(extra) * 4 / size)
        && front[index].identified.rSquared > 0.999
    }
    let candidates =
      simplest.map { first in plausible.filter { $0 <= first } + [first] } ?? plausible
    return candidates.max { (front[$0].score, -$0) < (front[$1].score, -$1) }
  }
}

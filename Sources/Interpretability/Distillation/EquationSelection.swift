internal import PINN
internal import Symbolic

/// Which equation of a front to believe.
public enum EquationSelection {
  /// Chooses from a front.
  ///
  /// An equation with a pole between the data is never chosen while there is another. One that is
  /// *proved* to solve the problem, conditions included, is the solution,
  /// whatever the teacher's own error makes of its loss: the simplest such one. Otherwise the data
  /// choose a set, those that they cannot tell from the best, and
  ///
  /// - with a problem, the physics choose from the set: of those that solve the equations and
  ///   conditions best, within a factor of two, the simplest;
  /// - without one, as PySR, the highest score.
  ///
  /// - Parameters:
  ///   - front: Equations in order of complexity.
  ///   - teacherLoss: The mean squared error that the data themselves are known to have; 0 if unknown.
  /// - Returns: An index into the front; nil if it is empty.
  public static func best(of front: [DistilledEquation], teacherLoss: Double = 0) -> Int? {
    if let proved = front.firstIndex(where: { $0.check?.isExactSolution ?? false }) {
      return proved
    }
    let safe = front.indices.filter { !front[$0].safety.isUnsafe }
    let eligible = safe.isEmpty ? Array(front.indices) : safe
    guard let least = eligible.map({ front[$0].loss }).min() else { return nil }
    let plausible = eligible.filter { index in
      front[index].loss <= max(teacherLoss, least * allowance(for: front[index], in: front))
    }
    let residuals = plausible.compactMap { index in
      front[index].check?.totalRMS.map { (index: index, rms: $0) }
    }
    if let smallest = residuals.map(\.rms).min() {
      return residuals.first { $0.rms <= 2 * smallest }?.index
    }
    return plausible.max { (front[$0].score, -$0) < (front[$1].score, -$1) }
  }

  /// Chooses from a front that no data stand behind.
  ///
  /// - Parameter front: Equations in order of complexity.
  /// - Returns: The index of the simplest proved solution, else of the simplest equation whose
  ///   residual is within a factor of two of the least; nil if there is none.
  static func bestByPhysics(of front: [DistilledEquation]) -> Int? {
    if let proved = front.firstIndex(where: { $0.check?.isExactSolution ?? false }) {
      return proved
    }
    let residuals = front.map { $0.check?.totalRMS ?? .infinity }
    guard let least = residuals.min(), least.isFinite else { return nil }
    return residuals.firstIndex { $0 <= 2 * least }
  }

  /// How many times the least loss an equation may have and still not be told from the best.
  ///
  /// At least 1.5. A smooth error is worth few observations, so that a longer formula can follow it:
  /// there, each constant saved is worth four times the loss over their number.
  private static func allowance(
    for equation: DistilledEquation, in front: [DistilledEquation]
  ) -> Double {
    guard let longest = front.last?.identified, equation.rSquared > 0.999 else {
      return 1.5
    }
    let saved = longest.constants.count - equation.identified.constants.count
    return max(1.5, 4 * Double(saved) / equation.identified.effectiveSampleSize)
  }
}

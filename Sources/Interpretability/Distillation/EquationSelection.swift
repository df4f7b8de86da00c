internal import PINN
internal import Symbolic

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Which equation of a front to believe.
public enum EquationSelection {
  /// Chooses from a front.
  ///
  /// An equation that is *proved* to solve the problem, conditions included, is the solution,
  /// whatever the teacher's own error makes of its loss: the simplest such one that has something to do
  /// with the data, as a problem with few conditions has many. Otherwise the data
  /// choose a set, those that they cannot tell from the best; of these one with a pole between the
  /// data is chosen only if all have one. Then
  ///
  /// - with a problem, the physics choose from the set: of those that solve the equations and
  ///   conditions best, within a factor of two, the simplest;
  /// - without one, as PySR, the highest score; the set is Occam's window of description lengths, at
  ///   most what half as much loss again allows.
  ///
  /// - Parameters:
  ///   - front: Equations in order of complexity.
  ///   - teacherLoss: The mean squared error that the data themselves are known to have; 0 if unknown.
  /// - Returns: An index into the front; nil if it is empty.
  public static func best(of front: [DistilledEquation], teacherLoss: Double = 0) -> Int? {
    let least = front.map(\.loss).min() ?? 0
    let proved = front.firstIndex { equation in
      equation.check?.isExactSolution ?? false
        && (equation.rSquared > EquationExaminer.plausibleFit || equation.loss <= 1.5 * least)
    }
    if let proved { return proved }
    let lengths = descriptionLengths(front)
    guard let shortest = lengths.min() else { return nil }
    let hasProblem = front.contains { $0.check != nil }
    let supported = zip(front, lengths).first { $0.1 == shortest }?.0.loss ?? 0
    let equal = front.indices.filter { index in
      hasProblem
        ? front[index].loss <= max(teacherLoss, 1.5 * supported)
        : lengths[index] <= shortest + occamWindow
    }
    let safe = equal.filter { !front[$0].safety.isUnsafe }
    let plausible = safe.isEmpty ? equal : safe
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

  /// How many nats more than the shortest a description may have and still be believed.
  ///
  /// Occam's window of Madigan and Raftery (1994), [doi:10.1080/01621459.1994.10476894](
  /// https://doi.org/10.1080/01621459.1994.10476894), is log 20; identification of constants adds some.
  private static let occamWindow = 5.0

  /// The description length of each equation of a front, in nats: what its errors and it take to say.
  ///
  /// With n observations `n/2 log loss`, 3 for each node and `½ log n` for each number that is no closed
  /// form (Rissanen 1978, [doi:10.1016/0005-1098(78)90005-5](
  /// https://doi.org/10.1016/0005-1098(78)90005-5)). Longer formulas follow few observations, or a smooth
  /// error, which is worth few, without being truer.
  static func descriptionLengths(_ front: [DistilledEquation]) -> [Double] {
    let n = observations(of: front)
    return zip(front, logLosses(front)).map { equation, logLoss in
      0.5 * n * logLoss
        + 3 * Double(equation.equation.complexity)
        + 0.5 * log(n) * Double(equation.identified.freeConstants)
    }
  }

  /// How many independent observations a front's data count as.
  ///
  /// At least eight, with which a node that halves the loss is worth its while: what a smooth formula
  /// leaves of a smooth target can count as less than one observation, and nothing would be believed.
  ///
  /// - Parameter front: Equations in order of complexity.
  /// - Returns: The effective sample size of the last one's residuals, or eight.
  static func observations(of front: [DistilledEquation]) -> Double {
    max(8, front.last?.identified.effectiveSampleSize ?? 8)
  }

  /// The logarithm of each equation's loss, as that of a mean square.
  ///
  /// Errors whose likelihood falls with the power k of their size take `n/k log loss`.
  ///
  /// - Parameter front: Equations in order of complexity.
  /// - Returns: `2/k log loss`.
  static func logLosses(_ front: [DistilledEquation]) -> [Double] {
    // The simplest formula is no better than a constant: what is 1e-24 of its loss is rounding.
    let rounding = 1e-24 * (front.first?.loss ?? 0)
    return front.map { equation in
      2 / equation.degree * log(max(equation.loss, rounding, .leastNormalMagnitude))
    }
  }
}

extension Loss {
  /// The power of residuals that the loss grows with.
  var degree: Double {
    switch self {
    case .l1, .quantile: 1
    default: 2
    }
  }
}

extension [DistilledEquation] {
  /// What outliers add to the loss of each equation, whatever it says: a difference between two
  /// equations means as much as the rest of their losses makes it mean.
  ///
  /// Zero for squares, where errors and outliers cannot be told apart.
  var unavoidableLoss: Double {
    self.min { $0.loss < $1.loss }.map { $0.loss - $0.noise } ?? 0
  }
}

/// Whether a formula has finite values everywhere on a box.
public enum DomainSafety: Hashable, Sendable {
  /// It has: proved by interval arithmetic.
  case safe

  /// Neither could be proved with the work allowed.
  case unknown

  /// It has not: somewhere in the box `where`, part of the formula has a pole or leaves its domain.
  case unsafe(where: [Symbol: Interval], part: Expression)
}

extension DomainSafety: CustomStringConvertible {
  /// One sentence.
  public var description: String {
    switch self {
    case .safe: "the formula is finite on the whole domain"
    case .unknown: "the formula may have a pole or leave its domain; it was not proved either way"
    case .unsafe(let box, let part):
      "'\(part)' has no finite value somewhere in "
        + box.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
        .joined(separator: ", ")
    }
  }
}

extension Expression {
  /// Whether the formula has finite values everywhere on a box.
  ///
  /// Moore's branch and bound: a box on which interval arithmetic leaves doubt is halved along one
  /// of the names that the doubtful part depends on, until each piece is proved safe, one is proved
  /// unsafe, or the work is used up. A piece is unsafe if a part has no value anywhere in it, or if a
  /// denominator that is continuous there changes its sign, for then it vanishes in between.
  ///
  /// A denominator that only touches zero, such as that of `1/(x - 1/3)^2`, is found by the sign of
  /// `x - 1/3`. A quotient of two parts that may both vanish, such as `sin(x)/x`, stays
  /// ``DomainSafety/unknown``: the singularity may be removable.
  ///
  /// - Parameters:
  ///   - box: The set of each name; a name without one may be any number.
  ///   - limit: The most pieces to look at.
  /// - Returns: What was proved.
  /// - Complexity: O(`limit` times nodes).
  public func domainSafety(over box: [Symbol: Interval], limit: Int = 2000) -> DomainSafety {
    var inspector = DomainInspector(self, box)
    return inspector.inspect(limit: limit)
  }
}

/// What became of asking whether a field has a structure.
public struct StructureTest: Sendable, Equatable, Codable {
  /// The structure; its numbers are those that fit best.
  public let structure: FieldStructure

  /// How far the field is from the structure: about 1 for a function without, 0 for one with it.
  public let statistic: Double

  /// The largest statistic at which the structure is believed.
  ///
  /// Three times what the field's own error makes of the statistic of an exact structure, and not
  /// less than ``leastThreshold``.
  public let threshold: Double

  /// The answers.
  public enum Verdict: String, Sendable, Codable {
    /// The field has the structure, as far as its error lets one see.
    case holds

    /// The field has it not.
    case fails

    /// The field's error is too large to tell.
    case undecided
  }

  /// What rounding may make of the statistic of an exact structure.
  public static let leastThreshold = 1e-8

  /// The threshold above which no structure is believed.
  ///
  /// Functions without a structure come nearly as near to one by chance: the least of 2,759 statistics
  /// of 200 random functions was 0.046.
  public static let largestThreshold = 0.04

  /// The answer.
  public var verdict: Verdict {
    if threshold > Self.largestThreshold {
      return statistic > threshold ? .fails : .undecided
    }
    return statistic <= threshold ? .holds : .fails
  }

  init(_ structure: FieldStructure, statistic: Double, expected: Double) {
    self.structure = structure
    self.statistic = statistic
    threshold = max(Self.leastThreshold, 3 * expected)
  }
}

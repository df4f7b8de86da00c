/// What is thought of a formula beside how well it fits the data.
public struct FormulaJudgement: Sendable, Equatable {
  /// What to add to the mean squared residual of the formula as it is.
  public let penalty: Double

  /// The same formula with other constants.
  public let revision: Revision?

  /// Constants that serve the data and the judge together better than those fitted to the data alone.
  public struct Revision: Sendable, Equatable {
    /// One number for each of the formula's ``Expression/constants``.
    public let constants: [Double]

    /// What to add to the mean squared residual of the formula with these constants.
    public let penalty: Double

    /// Proposes constants.
    ///
    /// - Parameters:
    ///   - constants: One number for each of the formula's constants.
    ///   - penalty: What to add to the mean squared residual with them.
    public init(constants: [Double], penalty: Double) {
      self.constants = constants
      self.penalty = penalty
    }
  }

  /// Judges a formula.
  ///
  /// - Parameters:
  ///   - penalty: What to add to the mean squared residual of the formula as it is.
  ///   - revision: The same formula with other constants, nil for none.
  public init(penalty: Double, revision: Revision? = nil) {
    self.penalty = penalty
    self.revision = revision
  }
}

/// A fitted formula whose constants are replaced by the closed forms they stand for, as far as the
/// data say so.
///
/// Constants are identified one at a time, what can be stated in the fewest bits first; the others
/// are fitted again after each, because constants that are correlated move together. A form is kept
/// if ``SnapCandidates`` believes it, and if the loss does not rise beyond what noise explains.
///
/// A formula can often be written with its constants in several places, `(0.4·x)²` or `0.16·x²`: those
/// are tried that read best, and the one is kept whose description is the shortest.
public struct IdentifiedEquation: Sendable {
  /// One number of the fitted formula.
  public struct Constant: Sendable, Equatable {
    /// The fitted value, before any constant was replaced.
    public let value: Double

    /// Its standard error, corrected for residuals that are correlated and for what the data are
    /// known to be wrong by; nil where it is undefined.
    public let standardError: Double?

    /// The closed form it stands for, nil if none can be believed.
    public internal(set) var form: Expression?

    /// A number with what is known of it.
    ///
    /// - Parameters:
    ///   - value: The number.
    ///   - standardError: Its standard error, nil where undefined.
    ///   - form: The closed form it stands for, nil for none.
    public init(value: Double, standardError: Double?, form: Expression?) {
      self.value = value
      self.standardError = standardError
      self.form = form
    }
  }

  /// The formula with all constants as fitted numbers, in the places where they were identified;
  /// terms that cannot be told from zero are left out.
  public let fitted: Expression

  /// The formula with closed forms in the place of the constants they were found for.
  public let equation: Expression

  /// The numbers of ``fitted``, in the order of its nodes.
  public let constants: [Constant]

  /// The number of ``constants`` for which no closed form was found.
  public var freeConstants: Int { constants.count { $0.form == nil } }

  /// Mean squared residual of ``equation``, or the mean of the table's loss.
  public let loss: Double

  /// The part of ``loss`` that errors of the data explain; all of it for squares.
  public let noise: Double

  /// `1 − Σ r² / Σ (y − ȳ)²` of ``equation``.
  public let rSquared: Double

  /// Number of independent observations that the residuals are worth.
  public let effectiveSampleSize: Double

  /// ``fitted`` with the identified constants at the values of their forms.
  private let refitted: Expression

  private let domain: [Symbol: Bounds]

  /// Identifies the constants of a formula.
  ///
  /// - Parameters:
  ///   - formula: The formula; its constants are where the fit starts.
  ///   - table: The data.
  ///   - gridShape: The shape of the grid that the rows form, nil for scattered rows, which count as
  ///     independent.
  ///   - candidates: The closed forms to choose from.
  ///   - teacherLoss: The mean squared error that the data are known to have; 0 if unknown.
  /// - Throws: `SearchError` if the formula is undefined on a row.
  public init(
    _ formula: Expression, table: SearchTable, gridShape: [Int]? = nil,
    candidates: SnapCandidates, teacherLoss: Double = 0
  ) throws(SearchError) {
    let start = try ConstantFit(refining: formula, to: table)
    let evidence = Evidence(start, table: table, gridShape: gridShape, teacherLoss: teacherLoss)
    let domain = table.domain.merging(candidates.domain) { own, _ in own }
    var best: ConstantIdentification?
    for placement in Placements(start, table: table, domain: domain, candidates: candidates) {
      var trial = ConstantIdentification(placement, evidence: evidence, table: table)
      trial.run(candidates)
      if trial.descriptionLength < best?.descriptionLength ?? .infinity { best = trial }
      if trial.isComplete { break }
    }
    let found = best ?? ConstantIdentification(start, evidence: evidence, table: table)
    self.init(found, effectiveSampleSize: evidence.effectiveSampleSize, domain: domain)
  }

  private init(
    _ found: ConstantIdentification, effectiveSampleSize: Double, domain: [Symbol: Bounds]
  ) {
    self.effectiveSampleSize = effectiveSampleSize
    self.domain = domain
    constants = found.constants
    fitted = found.fit.expression.replacingConstants(found.constants.map(\.value))
    refitted = found.fit.expression
    equation = refitted.replacingConstants(constants.map(\.form)).readable(on: domain)
    loss = found.fit.loss
    noise = found.fit.noise
    rSquared = found.fit.rSquared
  }

  /// The equation with one more constant replaced by a form, the others fitted again.
  ///
  /// - Parameters:
  ///   - index: Which of ``constants``.
  ///   - form: The form.
  ///   - table: The data.
  /// - Returns: nil if the formula then is undefined on a row.
  public func replacingConstant(
    _ index: Int, by form: ClosedForm, table: SearchTable
  ) -> IdentifiedEquation? {
    let trial = refitted.fixingConstant(index, at: form.value)
    guard let fit = try? ConstantFit(refining: trial, to: table) else { return nil }
    var constants = constants
    constants[index].form = form.expression
    return IdentifiedEquation(self, fit: fit, constants: constants)
  }

  private init(_ other: IdentifiedEquation, fit: ConstantFit, constants: [Constant]) {
    fitted = other.fitted
    effectiveSampleSize = other.effectiveSampleSize
    domain = other.domain
    self.constants = constants
    refitted = fit.expression
    equation = refitted.replacingConstants(constants.map(\.form)).readable(on: other.domain)
    loss = fit.loss
    noise = fit.noise
    rSquared = fit.rSquared
  }
}

public import Symbolic
internal import Tensors

/// A fitted formula whose constants are replaced by the closed forms they stand for, as far as the
/// data say so.
///
/// Constants are identified one at a time, the cheapest form first; the others are fitted again after
/// each, because constants that are correlated move together. A form is kept if it lies within the
/// constant's standard error and the loss stays what it was, up to what the data can tell.
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
  }

  /// The formula with all constants as fitted numbers.
  public let fitted: Expression

  /// The formula with closed forms in the place of the constants they were found for.
  public let equation: Expression

  /// The numbers of ``fitted``, in the order of its nodes.
  public let constants: [Constant]

  /// Mean squared residual of ``equation``.
  public let loss: Double

  /// `1 − Σ r² / Σ (y − ȳ)²` of ``equation``.
  public let rSquared: Double

  /// ``fitted`` with the identified constants at the values of their forms.
  private let refitted: Expression

  /// Number of independent observations that the residuals are worth.
  public let effectiveSampleSize: Double

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
    _ formula: Expression, table: SearchTable, gridShape: [Int]?, candidates: SnapCandidates,
    teacherLoss: Double = 0
  ) throws(SearchError) {
    let start = try ConstantFit(refining: formula, to: table)
    let size = Self.effectiveSampleSize(start.expression, table, gridShape)
    self.effectiveSampleSize = size
    fitted = start.expression
    let error = FitError(
      rows: Double(table.rowCount), effectiveSampleSize: size, teacherLoss: teacherLoss)
    var constants = error.constants(of: start)

    // Rounding of the fit itself: losses below cannot be told apart.
    let power = Statistics.sum(table.target.lazy.map { $0 * $0 }) / Double(table.rowCount)
    let floor = 256 * Double.ulpOfOne * Double.ulpOfOne * power
    var current = start
    var refused: Set<Int> = []
    while true {
      let errors = error.constants(of: current)
      let proposals = errors.indices.compactMap { i -> (Int, SnapCandidates.Candidate)? in
        guard constants[i].form == nil, !refused.contains(i), !current.expression.isFixed(i),
          let standardError = errors[i].standardError
        else { return nil }
        return candidates.match(errors[i].value, standardError: standardError).map { (i, $0) }
      }
      guard let (index, candidate) = proposals.min(by: { $0.1.cost < $1.1.cost }) else { break }
      let trial = current.expression.fixingConstant(index, at: candidate.value)
      // Within its standard error a constant costs at most one part in `size` of the loss.
      if let refit = try? ConstantFit(refining: trial, to: table),
        refit.loss <= current.loss * (1 + 2 / size) + floor + teacherLoss
      {
        constants[index].form = candidate.expression
        current = refit
      } else {
        refused.insert(index)
      }
    }
    self.constants = constants
    refitted = current.expression
    equation = current.expression.replacingConstants(constants.map(\.form)).simplified()
    loss = current.loss
    rSquared = current.rSquared
  }

  /// The equation with one more constant replaced by a form, the others fitted again.
  ///
  /// - Parameters:
  ///   - index: Which of ``constants``.
  ///   - candidate: The form.
  ///   - table: The data.
  /// - Returns: nil if the formula then is undefined on a row.
  func replacingConstant(
    _ index: Int, by candidate: SnapCandidates.Candidate, table: SearchTable
  ) -> IdentifiedEquation? {
    let trial = refitted.fixingConstant(index, at: candidate.value)
    guard let fit = try? ConstantFit(refining: trial, to: table) else { return nil }
    var forms = constants
    forms[index].form = candidate.expression
    return IdentifiedEquation(self, fit: fit, constants: forms)
  }

  private init(_ other: IdentifiedEquation, fit: ConstantFit, constants: [Constant]) {
    fitted = other.fitted
    effectiveSampleSize = other.effectiveSampleSize
    self.constants = constants
    refitted = fit.expression
    equation = fit.expression.replacingConstants(constants.map(\.form)).simplified()
    loss = fit.loss
    rSquared = fit.rSquared
  }

  /// What makes a fit uncertain.
  private struct FitError {
    let rows: Double
    let effectiveSampleSize: Double
    let teacherLoss: Double

    /// The constants of a fit with their standard errors.
    ///
    /// Residuals tell of the part of an error that the constants did *not* absorb. Of a teacher's
    /// error they may have absorbed all, so that one counts in full, as a bound for any shape:
    /// `s² = (JᵀJ)⁻¹ᵢᵢ · max(σ² n / nₑ, n · teacher loss)`.
    func constants(of fit: ConstantFit) -> [Constant] {
      fit.expression.constants.enumerated().map { i, value in
        guard let inverse = fit.inverseGram, let variance = fit.residualVariance else {
          return Constant(value: value, standardError: nil, form: nil)
        }
        let total = max(variance * rows / effectiveSampleSize, teacherLoss * rows)
        return Constant(
          value: value, standardError: (inverse[i, i] * total).squareRoot(), form: nil)
      }
    }
  }

  private static func effectiveSampleSize(
    _ formula: Expression, _ table: SearchTable, _ shape: [Int]?
  ) -> Double {
    guard let shape, let program = try? Program(formula, inputs: table.variables) else {
      return Double(table.rowCount)
    }
    let residuals = zip(program.evaluate(table.columns), table.target).map { $0 - $1 }
    return ResidualCorrelation.effectiveSampleSize(residuals, shape: shape)
  }
}

extension Expression {
  /// Whether the search placed the i-th constant on purpose, so that it is no result of a fit.
  fileprivate func isFixed(_ index: Int) -> Bool {
    nodes.filter { $0.operation == .constant }[index].isFixed
  }

  /// The formula with the i-th constant set and left alone by later fits.
  fileprivate func fixingConstant(_ index: Int, at value: Double) -> Expression {
    var remaining = index
    let nodes = nodes.map { node -> Node in
      guard node.operation == .constant else { return node }
      remaining -= 1
      return remaining == -1 ? Node(constant: value, isFixed: true) : node
    }
    return Expression(postfix: nodes)
  }

  /// The formula with closed forms in the place of some constants.
  fileprivate func replacingConstants(_ forms: [Expression?]) -> Expression {
    var index = -1
    let nodes = nodes.flatMap { node -> [Node] in
      guard node.operation == .constant else { return [node] }
      index += 1
      return forms[index]?.nodes ?? [node]
    }
    return Expression(postfix: nodes)
  }
}

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

    /// Its standard error, corrected for residuals that are correlated; nil where it is undefined.
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
  /// - Throws: `SearchError` if the formula is undefined on a row.
  public init(
    _ formula: Expression, table: SearchTable, gridShape: [Int]?, candidates: SnapCandidates
  ) throws(SearchError) {
    let start = try ConstantFit(refining: formula, to: table)
    let size = Self.effectiveSampleSize(start.expression, table, gridShape)
    self.effectiveSampleSize = size
    fitted = start.expression
    var constants = Self.constants(start, rows: table.rowCount, effective: size)

    // Rounding of the fit itself: losses below cannot be told apart.
    let power = Statistics.sum(table.target.lazy.map { $0 * $0 }) / Double(table.rowCount)
    let floor = 256 * Double.ulpOfOne * Double.ulpOfOne * power
    var current = start
    var refused: Set<Int> = []
    while true {
      let errors = Self.constants(current, rows: table.rowCount, effective: size)
      let proposals = errors.indices.compactMap { i -> (Int, SnapCandidates.Candidate)? in
        guard constants[i].form == nil, !refused.contains(i), !current.expression.isFixed(i),
          let error = errors[i].standardError
        else { return nil }
        return candidates.match(errors[i].value, standardError: error).map { (i, $0) }
      }
      guard let (index, candidate) = proposals.min(by: { $0.1.cost < $1.1.cost }) else { break }
      let trial = current.expression.fixingConstant(index, at: candidate.value)
      // Within its standard error a constant costs at most one part in `size` of the loss.
      if let refit = try? ConstantFit(refining: trial, to: table),
        refit.loss <= current.loss * (1 + 2 / size) + floor
      {
        constants[index].form = candidate.expression
        current = refit
      } else {
        refused.insert(index)
      }
    }
    self.constants = constants
    equation = current.expression.replacingConstants(constants.map(\.form)).simplified()
    loss = current.loss
    rSquared = current.rSquared
  }

  private static func constants(
    _ fit: ConstantFit, rows: Int, effective: Double
  ) -> [Constant] {
    let inflation = (Double(rows) / effective).squareRoot()
    return fit.expression.constants.enumerated().map { i, value in
      Constant(value: value, standardError: fit.standardErrors.map { $0[i] * inflation }, form: nil)
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

public import PINN
public import Symbolic

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One equation of a Pareto front, with what is known about it.
public struct DistilledEquation: Sendable {
  /// The sum of the grammar's weights over the nodes of the fitted formula.
  public let complexity: Int

  /// PySR's score: −Δ log(loss) / Δ complexity along the front.
  public internal(set) var score: Double

  /// The formula with identified constants; of a search in fewer variables, over those.
  public let identified: IdentifiedEquation

  /// The formula as it is shown: the table's own variables, closed forms where constants have them.
  public let equation: Expression

  /// The formula that the search fitted, over the table's own variables.
  public let fitted: Expression

  /// The numbers of ``fitted``: those that were fitted, then those that the target's structure gave.
  public let constants: [IdentifiedEquation.Constant]

  /// Mean squared residual of ``equation``, or the mean of the loss that was asked for.
  public internal(set) var loss: Double

  /// The part of ``loss`` that errors of the data explain; all of it for squares.
  var noise: Double

  /// The power of residuals that ``loss`` grows with.
  let degree: Double

  /// `1 − Σ r² / Σ (y − ȳ)²` of ``equation``.
  public internal(set) var rSquared: Double

  /// The parameters that have a value for each category of a column, such as `a[group]` in ``equation``.
  public let categories: [TemplateParameter]

  /// ``equation`` with the parameters' values in the place of their names: variables alone remain.
  public let numeric: Expression

  /// Whether it is finite between the data, and how it grows beside them.
  public let safety: EquationSafety

  /// What putting it back into the problem gave; nil without a problem.
  public let check: SolutionCheck?
}

extension DistilledEquation {
  /// ``equation`` for people.
  public var readable: Expression { equation.readable }

  /// The formula that the search fitted, for people.
  public var readableFit: Expression { fitted.readable }
}

extension Expression {
  /// The formula with the numbers that remain rounded to six digits, for people.
  var readable: Expression {
    let rounded = constants.map { value in
      guard value != 0, value.isFinite else { return value }
      let scale = pow(10, 5 - floor(log10(abs(value))))
      let rounded = (value * scale).rounded() / scale
      return rounded.isFinite ? rounded : value
    }
    let result = replacingConstants(rounded)
    // A factor that rounds to one goes.
    return rounded != constants && rounded.contains { abs($0) == 1 } ? result.simplified() : result
  }
}

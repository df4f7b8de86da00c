#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How far a prediction `p` is from a target `t`, row by row.
///
/// The loss of a table is the mean over its rows of the value times the row's weight. With the
/// residual `r = p - t`:
///
/// | Loss | Value |
/// |---|---|
/// | ``l1`` | `abs(r)` |
/// | ``l2`` | `r^2` |
/// | ``huber(_:)`` | `r^2/2` for `abs(r) <= δ`, else `δ*(abs(r) - δ/2)` (doi:10.1214/aoms/1177703732) |
/// | ``logCosh`` | `log(cosh(r))` |
/// | ``quantile(_:)`` | `τ*(-r)` for `r < 0`, else `(1 - τ)*r` (doi:10.2307/1913643) |
/// | ``poisson`` | `t*log(t/p) - t + p`, half the deviance |
/// | ``relative`` | `(r/t)^2` |
/// | ``custom(_:)`` | any formula |
public enum Loss: Sendable, Equatable {
  /// The absolute residual; its best constant is the median.
  case l1

  /// The squared residual; its best constant is the mean.
  case l2

  /// Squares for small residuals, absolute values beyond the width.
  case huber(Double)

  /// Between squares and absolute values, smooth everywhere.
  case logCosh

  /// Its best constant is the quantile of the given level between 0 and 1.
  case quantile(Double)

  /// For counts: the prediction is the expected number, and positive.
  case poisson

  /// The squared error in units of the target, which must not be zero.
  case relative

  /// A formula of one's own.
  case custom(CustomLoss)

  /// Whether minimising the loss is a least-squares fit, with weights of its own for relative errors.
  var isLeastSquares: Bool { self == .l2 || self == .relative }

  /// Checks that every target can have a loss.
  ///
  /// - Parameter table: The table.
  /// - Throws: ``SearchError/lossUndefined(loss:target:row:)``.
  func check(_ table: SearchTable) throws(SearchError) {
    switch self {
    case .relative:
      if let row = table.target.firstIndex(of: 0) {
        throw .lossUndefined(loss: "relative", target: 0, row: row + 1)
      }
    case .poisson:
      if let row = table.target.firstIndex(where: { $0 < 0 }) {
        throw .lossUndefined(loss: "poisson", target: table.target[row], row: row + 1)
      }
    default: break
    }
  }

  /// The loss of one row.
  ///
  /// - Parameters:
  ///   - prediction: What the formula gives.
  ///   - target: What it should give.
  ///   - weight: How much the row counts.
  /// - Returns: The loss; NaN where it is not defined.
  public func value(prediction: Double, target: Double, weight: Double = 1) -> Double {
    let residual = prediction - target
    switch self {
    case .l1: return weight * residual.magnitude
    case .l2: return weight * residual * residual
    case .huber(let width):
      let size = residual.magnitude
      return weight * (size <= width ? size * size / 2 : width * (size - width / 2))
    case .logCosh:
      // log cosh r = |r| + log(1 + exp(-2|r|)) - log 2 does not overflow.
      let size = residual.magnitude
      return weight * (size + log1p(exp(-2 * size)) - log(2))
    case .quantile(let level):
      return weight * (residual < 0 ? -level * residual : (1 - level) * residual)
    case .poisson:
      guard prediction > 0, target >= 0 else { return .nan }
      return weight * (target == 0 ? prediction : target * log(target / prediction) + residual)
    case .relative:
      let ratio = residual / target
      return weight * ratio * ratio
    case .custom(let custom):
      return custom.value(prediction, target, weight)
    }
  }

  /// The slope of the loss of one row along the prediction.
  ///
  /// - Parameters:
  ///   - prediction: What the formula gives.
  ///   - target: What it should give.
  ///   - weight: How much the row counts.
  /// - Returns: The derivative; at a kink the mean of both sides.
  public func derivative(prediction: Double, target: Double, weight: Double = 1) -> Double {
    let residual = prediction - target
    switch self {
    case .l1: return weight * Operator.sign(residual)
    case .l2: return weight * 2 * residual
    case .huber(let width): return weight * max(-width, min(width, residual))
    case .logCosh: return weight * tanh(residual)
    case .quantile(let level):
      return weight * (residual < 0 ? -level : residual > 0 ? 1 - level : 0.5 - level)
    case .poisson: return prediction > 0 ? weight * (1 - target / prediction) : .nan
    case .relative: return weight * 2 * residual / (target * target)
    case .custom(let custom): return custom.slope(prediction, target, weight)
    }
  }
}

/// A loss given by a formula in `prediction`, `target` and `weight`.
///
/// A formula without `weight` is multiplied by it.
public struct CustomLoss: Sendable, Equatable {
  /// The loss of one row, `weight` included.
  public let formula: Expression

  let derivative: Expression

  /// The names that the formula may use.
  public static let names = ["prediction", "target", "weight"]

  /// A loss.
  ///
  /// - Parameter formula: The loss of one row in terms of ``names``.
  public init(_ formula: Expression) {
    let hasWeight = formula.symbols.contains("weight")
    self.formula = hasWeight ? formula : "weight" * formula
    derivative = self.formula.derivative(withRespectTo: "prediction")
  }

  fileprivate func value(_ prediction: Double, _ target: Double, _ weight: Double) -> Double {
    formula.evaluate(["prediction": prediction, "target": target, "weight": weight])
  }

  fileprivate func slope(_ prediction: Double, _ target: Double, _ weight: Double) -> Double {
    derivative.evaluate(["prediction": prediction, "target": target, "weight": weight])
  }
}

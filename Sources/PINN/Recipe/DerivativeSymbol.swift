public import Networks
public import Symbolic

/// A partial derivative of an unknown, or the unknown itself, as an equation names it.
///
/// `u_xxt` is `∂³u/∂x²∂t`. Variables may have long names: with variables `r` and `theta`,
/// `u_rtheta` is `∂²u/∂r∂theta`.
public struct DerivativeSymbol: Hashable, Sendable {
  /// The index of the unknown in ``Problem/unknowns``.
  public let unknown: Int

  /// How often it is differentiated by each of ``Problem/variables``.
  public let monomial: Monomial

  /// The name in equations; `u_xt` and `u_tx` are the same derivative under two names.
  public let symbol: Symbol

  /// The highest order of derivatives that equations may contain.
  public static let orderLimit = 4

  /// Names a derivative.
  ///
  /// - Parameters:
  ///   - unknown: The index of the unknown in ``Problem/unknowns``.
  ///   - monomial: How often it is differentiated by each variable.
  ///   - symbol: The name in equations.
  public init(unknown: Int, monomial: Monomial, symbol: Symbol) {
    self.unknown = unknown
    self.monomial = monomial
    self.symbol = symbol
  }

  /// An unknown itself, not differentiated.
  ///
  /// - Parameters:
  ///   - unknown: The index of the unknown in ``Problem/unknowns``.
  ///   - problem: The problem.
  /// - Returns: The derivative of order 0.
  public static func value(of unknown: Int, in problem: Problem) -> DerivativeSymbol {
    DerivativeSymbol(
      unknown: unknown, monomial: Monomial(problem.variables.map { _ in 0 }),
      symbol: Symbol(problem.unknowns[unknown]))
  }

  /// The order of the derivative; 0 for the unknown itself.
  public var order: Int { monomial.degree }
}

extension DerivativeSymbol: Comparable {
  /// Orders by unknown, then by monomial, then by name.
  ///
  /// - Parameters:
  ///   - left: A derivative.
  ///   - right: Another.
  /// - Returns: Whether `left` comes first.
  public static func < (left: DerivativeSymbol, right: DerivativeSymbol) -> Bool {
    if left.unknown != right.unknown { return left.unknown < right.unknown }
    if left.monomial != right.monomial { return left.monomial < right.monomial }
    return left.symbol < right.symbol
  }
}

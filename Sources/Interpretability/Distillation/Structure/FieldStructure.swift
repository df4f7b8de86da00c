public import Symbolic

/// What a function of several variables may have that makes it simpler than it looks.
public enum FieldStructure: Sendable, Equatable, Codable {
  /// Does not depend on the variable: `u_x = 0`.
  case irrelevant(String)

  /// `e^(rate·x) f(rest)`: `u_x = rate·u`.
  case exponentialFactor(String, rate: Double)

  /// `x^exponent f(rest)`: `x u_x = exponent·u`.
  case powerFactor(String, exponent: Double)

  /// `f(rest) sin(k x) + g(rest) cos(k x)`: `u_xx = −k² u`.
  case harmonic(String, wavenumber: Double)

  /// `f(rest) e^(k x) + g(rest) e^(−k x)`: `u_xx = k² u`.
  case hyperbolic(String, rate: Double)

  /// `f(x, rest) + g(y, rest)`: `u_xy = 0`.
  case additive(String, String)

  /// `offset + f(x, rest) g(y, rest)`: `(u − offset) u_xy = u_x u_y`.
  case multiplicative(String, String, offset: Double)

  /// `f(x − speed·y, rest)`: `u_y + speed·u_x = 0`.
  case translation(String, String, speed: Double)

  /// `f(x y^exponent, rest)`: `y u_y = exponent·x u_x`.
  case scaling(String, String, exponent: Double)

  /// `y^power f(x y^exponent, rest)`: `y u_y = exponent·x u_x + power·u`.
  case similarity(String, String, exponent: Double, power: Double)

  /// `f(x² + ratio·y², rest)`: `x u_y = ratio·y u_x`.
  case rotation(String, String, ratio: Double)

  /// `f(s(x, y), rest)` with a function s of two variables: `∂(u_x/u_y)/∂z = 0` for every other z.
  case composition(String, String)
}

extension FieldStructure {
  /// Variables in which the function is simpler, as formulas of the original ones.
  public var derivedVariables: [Expression] {
    func name(_ text: String) -> Expression { Expression(Symbol(text)) }
    let result: [Expression] =
      switch self {
      case .irrelevant, .additive, .multiplicative, .composition: []
      case .exponentialFactor(let x, let rate): [exp(Expression(rate) * name(x))]
      case .powerFactor(let x, let exponent):
        exponent == exponent.rounded() ? [] : [Self.power(x, exponent)]
      case .harmonic(let x, let k): [sin(Expression(k) * name(x)), cos(Expression(k) * name(x))]
      case .hyperbolic(let x, let k): [exp(Expression(k) * name(x)), exp(Expression(-k) * name(x))]
      case .translation(let x, let y, let speed): [name(x) - Expression(speed) * name(y)]
      case .scaling(let x, let y, let exponent): [name(x) * Self.power(y, exponent)]
      case .similarity(let x, let y, let exponent, _):
        // Its square as well: similarity variables most often enter as squares.
        [name(x) * Self.power(y, exponent), pow(name(x), 2) * Self.power(y, 2 * exponent)]
      case .rotation(let x, let y, let ratio):
        [
          pow(name(x), 2) + Expression(ratio) * pow(name(y), 2),
          sqrt(pow(name(x), 2) + Expression(ratio) * pow(name(y), 2)),
        ]
      }
    return result.map { $0.simplified() }
  }

  /// A power, by roots where there are some: exponents in formulas are numbers to be fitted.
  static func power(_ name: String, _ exponent: Double) -> Expression {
    let base = Expression(Symbol(name))
    let size = abs(exponent)
    let power: Expression =
      switch size {
      case 0.5: sqrt(base)
      case 1: base
      case 1.5: base * sqrt(base)
      default: pow(base, Expression(size))
      }
    return exponent < 0 ? .one / power : power
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A simple closed form that a fitted constant may stand for.
///
/// The form is `± F` or `± √F` with `F = (n/d) · π^k · Π pᵢ^eᵢ`, small integers and parameters pᵢ of the
/// problem, or `± exp(j)`. Roots of such products cover √2, √(2·π) and 1/√π alike.
public struct ClosedForm: Sendable {
  /// The value.
  public let value: Double

  /// How many bits it takes to state the form; 1 for the number 1.
  ///
  /// About 2^b forms can be stated in b bits, so that 2^-b is the chance that a constant is this one
  /// before it was looked at.
  public let bits: Int

  /// The form, such as `alpha*pi^2`, with the number in front.
  public let expression: Expression

  init(value: Double, bits: Int, expression: Expression) {
    self.value = value
    self.bits = bits
    self.expression = expression
  }

  /// The number zero.
  static let zero = ClosedForm(value: 0, bits: 0, expression: .zero)

  /// The form with the other sign.
  var negated: ClosedForm {
    ClosedForm(value: -value, bits: bits, expression: expression.negated)
  }
}

extension ClosedForm {
  /// What a product of powers is made of.
  struct Product {
    var numerator: Int
    var denominator: Int
    var powerOfPi: Int
    var parameters: [(symbol: Symbol, value: Double, exponent: Int)]

    /// The digits of all numbers but 1, π and parameters by their powers, and one for a denominator.
    ///
    /// Digits are worth what laws say of them: numbers above four are powers of two or round more often
    /// than not, and a seven or eleven hardly ever stands beside π.
    var bits: Int {
      var bits = Self.width(numerator) + Self.width(denominator)
      bits += powerOfPi == 0 ? 0 : abs(powerOfPi) + (abs(powerOfPi) == 1 ? 1 : 2)
      if powerOfPi != 0 { bits += roughness }
      bits += parameters.reduce(0) { $0 + 2 * abs($1.exponent) }
      let isBelow = denominator > 1 || powerOfPi < 0 || parameters.contains { $0.exponent < 0 }
      return max(1, bits + (isBelow ? 1 : 0))
    }

    var value: Double {
      parameters.reduce(
        Double(numerator) / Double(denominator) * pow(.pi, Double(powerOfPi))
      ) { $0 * pow($1.value, Double($1.exponent)) }
    }

    /// Numerator and denominator as lists of factors, the number first.
    var expression: Expression {
      func power(_ base: Expression, _ exponent: Int) -> Expression {
        exponent == 1 ? base : Symbolic.pow(base, Expression(Double(exponent)))
      }
      func product(_ number: Int, sign: Int) -> Expression? {
        var factors: [Expression] = []
        for parameter in parameters where parameter.exponent * sign > 0 {
          factors.append(power(Expression(parameter.symbol), abs(parameter.exponent)))
        }
        if powerOfPi * sign > 0 {
          // π stands with the numbers, its powers in the order of the alphabet.
          let index =
            abs(powerOfPi) == 1 ? 0 : parameters.filter { $0.symbol.name < "pi" }.count
          factors.insert(power(.pi, abs(powerOfPi)), at: min(index, factors.count))
        }
        if number != 1 || (factors.isEmpty && sign > 0) {
          factors.insert(Expression(Double(number)), at: 0)
        }
        return factors.dropFirst().reduce(factors.first) { product, factor in
          product.map { $0 * factor }
        }
      }
      let upper = product(numerator, sign: 1) ?? .one
      return product(denominator, sign: -1).map { upper / $0 } ?? upper
    }

    /// Whether the square root is a form of its own and not one without a root.
    var isSquareFree: Bool {
      let hasOddPower =
        powerOfPi % 2 != 0 || parameters.contains { $0.exponent % 2 != 0 }
      return hasOddPower || !(Self.isSquare(numerator) && Self.isSquare(denominator))
    }

    private static func isSquare(_ number: Int) -> Bool {
      let root = Int(Double(number).squareRoot().rounded())
      return root * root == number
    }

    /// What prime factors above five cost beside π or under a root.
    fileprivate var roughness: Int { Self.isRough(numerator) || Self.isRough(denominator) ? 3 : 0 }

    private static func isRough(_ number: Int) -> Bool {
      var rest = number
      for prime in [2, 3, 5] { while rest % prime == 0 { rest /= prime } }
      return rest > 1
    }

    private static func width(_ number: Int) -> Int {
      guard number > 1 else { return 0 }
      let isPlain = number <= 4 || number & (number - 1) == 0 || number == 10 || number == 100
      return Int.bitWidth - number.leadingZeroBitCount + (isPlain ? 0 : 1)
    }
  }

  /// A product.
  init(_ product: Product) {
    self.init(value: product.value, bits: product.bits, expression: product.expression)
  }

  /// The square root of a product.
  init(rootOf product: Product) {
    // √(1/(2π)) is written 1/√(2π).
    let expression = product.expression
    let isReciprocal =
      expression.root.operation == .divide && expression.operands[0].constantValue == 1
    self.init(
      value: product.value.squareRoot(),
      // Roots of numbers are common, those of parameters are not.
      bits: product.bits + (product.powerOfPi == 0 ? product.roughness : 0)
        + (product.parameters.isEmpty ? 2 : 5),
      expression: isReciprocal
        ? 1 / Symbolic.sqrt(expression.operands[1]) : Symbolic.sqrt(expression))
  }
}

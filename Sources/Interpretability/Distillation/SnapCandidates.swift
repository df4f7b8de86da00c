public import Symbolic

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The simple closed forms that a fitted constant may stand for, cheapest first.
///
/// A candidate is `(n/d) · π^k · Π pᵢ^eᵢ` with small integers and the recipe's parameters pᵢ. Its cost
/// counts how much has to be said to state it. Among forms within a constant's standard error the
/// cheapest is the one to believe, provided that so cheap a form would hardly lie there by chance:
/// see ``match(_:standardError:)``.
public struct SnapCandidates: Sendable {
  /// One closed form.
  public struct Candidate: Sendable {
    /// Its value.
    public let value: Double

    /// How much has to be said to state it; 1 for the number 1.
    public let cost: Int

    fileprivate let fraction: Fraction
    fileprivate let powerOfPi: Int
    fileprivate let factors: [(symbol: Symbol, exponent: Int)]

    /// The form, such as `alpha*pi^2`.
    public var expression: Expression {
      var result = Expression(fraction.numerator) / Expression(fraction.denominator)
      for (symbol, exponent) in factors {
        result = result * pow(Expression(symbol), Expression(Double(exponent)))
      }
      return (result * pow(.pi, Expression(Double(powerOfPi)))).simplified()
    }

    fileprivate static let zero = Candidate(
      value: 0, cost: 0, fraction: Fraction(numerator: 0, denominator: 1, cost: 0), powerOfPi: 0,
      factors: [])

    fileprivate var negated: Candidate {
      Candidate(
        value: -value, cost: cost,
        fraction: Fraction(
          numerator: -fraction.numerator, denominator: fraction.denominator, cost: fraction.cost),
        powerOfPi: powerOfPi, factors: factors)
    }
  }

  /// All positive candidates, cheapest first, then by value.
  public let candidates: [Candidate]

  /// The chance of a coincidence above which a match is not believed.
  public static let largestChance = 0.02

  /// Lists the candidates.
  ///
  /// - Parameter parameters: The recipe's parameters with their values; those that are not positive
  ///   and finite take no part.
  public init(parameters: [Symbol: Double]) {
    let usable = parameters.filter { $0.value > 0 && $0.value.isFinite }
      .sorted { $0.key < $1.key }
    var candidates: [Candidate] = []
    for fraction in Self.fractions {
      for power in -2...4 {
        for product in Self.products(of: usable.map(\.key)) {
          let cost =
            fraction.cost + (power == 0 ? 0 : abs(power) + (power < 0 ? 2 : 1))
            + product.reduce(0) { $0 + 2 * abs($1.exponent) + ($1.exponent < 0 ? 1 : 0) }
          guard cost <= Self.largestCost else { continue }
          candidates.append(
            Candidate(
              value: product.reduce(
                fraction.numerator / fraction.denominator * pow(.pi, Double(power))
              ) { $0 * pow(parameters[$1.symbol] ?? 1, Double($1.exponent)) },
              cost: cost, fraction: fraction, powerOfPi: power, factors: product))
        }
      }
    }
    self.candidates = candidates.sorted { ($0.cost, $0.value) < ($1.cost, $1.value) }
  }

  /// The form that a constant stands for, if one can be believed.
  ///
  /// A form must lie within the standard error, and it must be unlikely that any form of its cost
  /// or less does so by chance: with M such forms, spread evenly over the logarithms of four
  /// decades, the chance is about `M · 2 s / (|c| · ln 10⁴)`.
  ///
  /// - Parameters:
  ///   - constant: The fitted value c.
  ///   - standardError: Its standard error s.
  /// - Returns: The cheapest form that passes, its sign included; nil if there is none.
  public func match(_ constant: Double, standardError: Double) -> Candidate? {
    // What cannot be told from zero is zero, however many other forms lie within its error.
    if constant.magnitude <= standardError { return .zero }
    let spread = 2 * Self.tolerance(constant, standardError) / (abs(constant) * log(1e4))
    guard
      let index = indices(near: constant, standardError: standardError).first(where: { _ in true }),
      Double(index + 1) * spread <= Self.largestChance
    else { return nil }
    return signed(index, as: constant)
  }

  /// The cheapest forms within a constant's standard error, whether or not by chance.
  ///
  /// - Parameters:
  ///   - constant: The fitted value.
  ///   - standardError: Its standard error.
  ///   - limit: How many forms to return at most.
  /// - Returns: Forms, cheapest first.
  func forms(near constant: Double, standardError: Double, limit: Int) -> [Candidate] {
    indices(near: constant, standardError: standardError).prefix(limit).map {
      signed($0, as: constant)
    }
  }

  private func indices(
    near constant: Double, standardError: Double
  ) -> some Sequence<Int> & LazySequenceProtocol {
    let size = abs(constant)
    let isUsable = size > 0 && constant.isFinite && standardError.isFinite
    let tolerance = Self.tolerance(constant, standardError)
    return candidates.indices.lazy.filter {
      isUsable && abs(candidates[$0].value - size) <= tolerance
    }
  }

  /// A constant from exact data still carries the rounding of its fit.
  private static func tolerance(_ constant: Double, _ standardError: Double) -> Double {
    max(standardError, 8 * constant.magnitude.ulp)
  }

  private func signed(_ index: Int, as constant: Double) -> Candidate {
    constant < 0 ? candidates[index].negated : candidates[index]
  }

  private static let largestCost = 14

  fileprivate struct Fraction: Sendable {
    let numerator: Double
    let denominator: Double
    let cost: Int
  }

  /// Positive fractions in lowest terms; whole numbers cost their size's bits, fractions more.
  private static let fractions: [Fraction] = {
    func bits(_ n: Int) -> Int { Int.bitWidth - n.leadingZeroBitCount }
    func isPrime(_ n: Int, to d: Int) -> Bool {
      var (a, b) = (n, d)
      while b != 0 { (a, b) = (b, a % b) }
      return a == 1
    }
    return (1...32).flatMap { d in
      (1...(d == 1 ? 100 : 32)).filter { isPrime($0, to: d) }.map { n in
        Fraction(
          numerator: Double(n), denominator: Double(d), cost: bits(n) + (d == 1 ? 0 : bits(d)))
      }
    }
  }()

  /// Products of at most two parameters, with exponents from −2 to 2; the empty product first.
  private static func products(
    of symbols: [Symbol]
  ) -> [[(symbol: Symbol, exponent: Int)]] {
    let exponents = [-2, -1, 1, 2]
    var products: [[(symbol: Symbol, exponent: Int)]] = [[]]
    for (i, first) in symbols.enumerated() {
      for a in exponents {
        products.append([(first, a)])
        for second in symbols[(i + 1)...] {
          for b in exponents { products.append([(first, a), (second, b)]) }
        }
      }
    }
    return products
  }
}

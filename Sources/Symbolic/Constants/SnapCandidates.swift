#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The simple closed forms that fitted constants may stand for, cheapest first, and the rule by which
/// one is believed.
///
/// A constant c with standard error s could be stated as a number in about `log₂(|c|/s)` bits. A form
/// that takes b bits and misses by z standard errors says as much in `b + z²/(2 ln 2)` bits, the second
/// term for what the misfit costs (minimum description length: Rissanen (1978),
/// doi:10.1016/0005-1098(78)90005-5). The form is believed if it saves its `margin(of:)`. So a 2 or a π
/// may miss by two or three standard errors, while 17/23 must be known to six digits. Of
/// constants that mean nothing, about one in thirteen is taken for a form if known to eight bits, one in
/// thirty-six to twelve, one in a hundred and fifty to seventeen.
public struct SnapCandidates: Sendable {
  /// Where in a formula a constant stands.
  public enum Role: Sendable {
    /// A factor or a term.
    case coefficient
    /// The exponent of a power: a small fraction or nothing.
    case exponent
  }

  /// All positive forms, cheapest first, then by value.
  public let forms: [ClosedForm]

  /// The parameters that occur in forms.
  let parameters: [Symbol]

  /// How many standard errors a form may miss by, however cheap it is.
  public static let widestMiss = 3.3

  // By value, for finding those near a constant.
  private let byValue: [ClosedForm]

  private static let largestCost = 14

  /// Lists the forms.
  ///
  /// - Parameter parameters: Parameters of the problem with their values; those that are not positive
  ///   and finite take no part.
  public init(parameters: [Symbol: Double] = [:]) {
    let usable = parameters.filter { $0.value > 0 && $0.value.isFinite }
      .sorted { $0.key < $1.key }.map { (symbol: $0.key, value: $0.value) }
    self.parameters = usable.map(\.symbol)
    var forms: [ClosedForm] = []
    for (numerator, denominator) in Self.fractions {
      for power in -4...4 {
        for factors in Self.products(of: usable) {
          let product = ClosedForm.Product(
            numerator: numerator, denominator: denominator, powerOfPi: power, parameters: factors)
          let bits = product.bits
          if bits <= Self.largestCost { forms.append(ClosedForm(product)) }
          if bits + 2 <= Self.largestCost - 3, product.isSquareFree {
            let root = ClosedForm(rootOf: product)
            if root.bits <= Self.largestCost - 3 { forms.append(root) }
          }
        }
      }
    }
    for (exponent, bits) in [(1.0, 5), (-1.0, 6), (2.0, 7), (-2.0, 8), (0.5, 7), (-0.5, 8)] {
      forms.append(
        ClosedForm(
          value: exp(exponent), bits: bits, expression: Symbolic.exp(Expression(exponent))))
    }
    forms.sort { ($0.bits, $0.value) < ($1.bits, $1.value) }
    self.forms = forms
    byValue = forms.sorted { ($0.value, $0.bits) < ($1.value, $1.bits) }
  }

  /// The form that a constant stands for, if one can be believed.
  ///
  /// What cannot be told from zero is zero, unless another form is as good an answer.
  ///
  /// - Parameters:
  ///   - constant: The fitted value c.
  ///   - standardError: Its standard error s.
  ///   - role: Where the constant stands.
  ///   - caution: What forms of four bits or more must save besides, where the error is a bound and
  ///     says nothing of chances.
  /// - Returns: The form that takes the fewest bits, its sign included; nil if none is believed.
  public func match(
    _ constant: Double, standardError: Double, role: Role = .coefficient, caution: Double = 0
  ) -> ClosedForm? {
    guard constant.isFinite, standardError.isFinite else { return nil }
    let error = max(standardError, 2 * constant.magnitude.ulp)
    let best = near(constant, standardError: error, misses: Self.widestMiss, role: role)
      .map { (form: $0, bits: Self.bits($0, constant, error)) }
      .min { $0.bits < $1.bits }
    let precision = log2(constant.magnitude / error)
    if let best {
      let margin = Self.margin(of: best.form) + (best.form.bits > 3 ? caution : 0)
      if best.bits + margin <= precision { return best.form }
    }
    // Not even its sign is known.
    return constant.magnitude <= 2 * error ? .zero : nil
  }

  /// The plainest form near a constant, whether or not one alone could be believed.
  ///
  /// - Parameters:
  ///   - constant: The fitted value.
  ///   - standardError: How far to look: three times as far as this.
  ///   - trusted: The standard error as far as it is known; forms beyond it must be of three bits.
  ///   - role: Where the constant stands.
  /// - Returns: The form that takes the fewest bits together with its misfit; nil if there is none.
  func plainest(
    near constant: Double, standardError: Double, trusted: Double, role: Role
  ) -> ClosedForm? {
    near(constant, standardError: standardError, misses: Self.widestMiss, role: role)
      .filter { form in
        form.bits <= 3 || (form.value - constant).magnitude <= Self.widestMiss * trusted
      }
      .min { Self.bits($0, constant, standardError) < Self.bits($1, constant, standardError) }
  }

  /// What a form must save, in bits: little where forms are few, and laws are full of them.
  static func margin(of form: ClosedForm) -> Double {
    switch form.bits {
    case ...2: 0.3
    case 3: 0.8
    case 4: 1.3
    case 5: 1.9
    case 6: 2.5
    default: 3
    }
  }

  /// The bits that a form takes together with its misfit.
  static func bits(_ form: ClosedForm, _ constant: Double, _ standardError: Double) -> Double {
    let miss = (form.value - constant) / standardError
    return Double(form.bits) + miss * miss / (2 * M_LN2)
  }

  /// The cheapest forms within a constant's standard error, whether or not by chance.
  ///
  /// - Parameters:
  ///   - constant: The fitted value.
  ///   - standardError: Its standard error.
  ///   - limit: How many forms to return at most.
  /// - Returns: Forms, cheapest first.
  public func forms(near constant: Double, standardError: Double, limit: Int) -> [ClosedForm] {
    let error = max(standardError, 8 * constant.magnitude.ulp)
    return Array(
      near(constant, standardError: error, misses: 1, role: .coefficient)
        .sorted { ($0.bits, $0.value) < ($1.bits, $1.value) }.prefix(limit))
  }

  /// The forms within so many standard errors.
  private func near(
    _ constant: Double, standardError: Double, misses: Double, role: Role
  ) -> [ClosedForm] {
    let size = constant.magnitude
    guard size > 0, size.isFinite, standardError.isFinite else { return [] }
    let list = role == .exponent ? Self.exponents : nil
    var found: [ClosedForm] = []
    let reach = misses * standardError
    if let list {
      found = list.filter { abs($0.value - size) <= reach }
    } else {
      var low = 0
      var high = byValue.count
      while low < high {
        let middle = (low + high) / 2
        if byValue[middle].value < size - reach { low = middle + 1 } else { high = middle }
      }
      while low < byValue.count, byValue[low].value <= size + reach {
        found.append(byValue[low])
        low += 1
      }
    }
    return constant < 0 ? found.map(\.negated) : found
  }

  /// Exponents that laws have: whole numbers, halves, thirds and quarters.
  private static let exponents: [ClosedForm] = {
    var forms: [ClosedForm] = []
    for denominator in [1, 2, 3, 4] {
      for numerator in 1...12 where gcd(numerator, denominator) == 1 {
        // Halves are as common as whole numbers: √ is no fraction to anybody.
        let bits = [1: -1, 2: 0, 3: 2, 4: 3][denominator] ?? 0
        let value = Double(numerator) / Double(denominator)
        forms.append(
          ClosedForm(
            value: value, bits: Int.bitWidth - numerator.leadingZeroBitCount + bits,
            expression: Expression(value)))
      }
    }
    return forms
  }()

  /// Positive fractions in lowest terms.
  private static let fractions: [(Int, Int)] = (1...32).flatMap { d in
    (1...(d == 1 ? 100 : 32)).filter { gcd($0, d) == 1 }.map { ($0, d) }
  }

  private static func gcd(_ a: Int, _ b: Int) -> Int {
    Int(Coefficient.greatestCommonDivisor(Int128(a), Int128(b)))
  }

  /// Products of at most two parameters, with exponents from −2 to 2; the empty product first.
  private static func products(
    of parameters: [(symbol: Symbol, value: Double)]
  ) -> [[(symbol: Symbol, value: Double, exponent: Int)]] {
    let exponents = [-2, -1, 1, 2]
    var products: [[(symbol: Symbol, value: Double, exponent: Int)]] = [[]]
    for (i, first) in parameters.enumerated() {
      for a in exponents {
        products.append([(first.symbol, first.value, a)])
        for second in parameters[(i + 1)...] {
          for b in exponents {
            products.append([(first.symbol, first.value, a), (second.symbol, second.value, b)])
          }
        }
      }
    }
    return products
  }
}

/// How two variables become one.
enum Combination: CaseIterable {
  /// `a b`, unchanged where one grows as the other shrinks.
  case product
  /// `a/b`, unchanged under a common scale.
  case ratio
  /// `a − b`, unchanged under a common shift.
  case difference
  /// `a + b`, unchanged where one gives to the other.
  case sum
  /// `a² + b²`, unchanged under rotation.
  case sumOfSquares

  /// Whether the combination is a product of powers.
  var isMonomial: Bool { self == .product || self == .ratio }

  /// What it is written with.
  var operators: [Operator] {
    switch self {
    case .product: [.multiply]
    case .ratio: [.divide]
    case .difference: [.subtract]
    case .sum, .sumOfSquares: [.add]
    }
  }

  /// The value.
  func callAsFunction(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .product: a * b
    case .ratio: a / b
    case .difference: a - b
    case .sum: a + b
    case .sumOfSquares: a * a + b * b
    }
  }

  /// The direction in which (a, b) may move without a change of the value.
  func direction(_ a: Double, _ b: Double) -> (Double, Double) {
    switch self {
    case .product: (a, -b)
    case .ratio: (a, b)
    case .difference: (1, 1)
    case .sum: (1, -1)
    case .sumOfSquares: (b, -a)
    }
  }

  /// The tree; nil if the vocabulary cannot write it.
  func genes(_ a: [Gene], _ b: [Gene], _ vocabulary: Vocabulary) -> [Gene]? {
    switch self {
    case .product: return a.combined(.multiply, b)
    case .ratio: return a.combined(.divide, b)
    case .difference: return a.combined(.subtract, b)
    case .sum: return a.combined(.add, b)
    case .sumOfSquares:
      let writer = PowerWriter(operators: vocabulary.unary + vocabulary.binary)
      guard let x = writer.write(a, exponent: 2), let y = writer.write(b, exponent: 2) else {
        return nil
      }
      return x.combined(.add, y)
    }
  }
}

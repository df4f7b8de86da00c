internal import CVectorMath
internal import Tensors

/// How the channels of a jet multiply: a table of products, and what the kernels read of it.
struct JetAlgebra: Sendable {
  /// The product of two channels, nil where it is truncated.
  let products: [[Product?]]

  /// The highest degree of what each channel stands for.
  let degrees: [Int]

  /// The displacement of each input variable as a jet: its channel, if any derivative by it is carried.
  let displacements: [Product?]

  /// The squares, if there are no other products of displacements; along weights those of each block.
  let squares: Squares?

  /// Whether the channels are there three times, for the powers of a displacement of the weights.
  let isExtended: Bool

  /// A multiple of a channel.
  struct Product: Sendable {
    var channel: Int
    var weight: Double
  }

  /// The algebra of polynomials truncated to monomials, and a last channel for a sum of derivatives.
  ///
  /// A second derivative m of the sum is a multiple of one element q, `m = cₘ m! q`, and so is a first
  /// derivative that occurs nowhere else; q times any displacement vanishes. What is identified this way
  /// is an ideal's quotient, so that sums, products and smooth functions of jets are as exact as without.
  ///
  /// - Parameters:
  ///   - dimension: Number of variables.
  ///   - monomials: A set closed under division, the constant first.
  ///   - sum: The sum, nil for none.
  init(dimension: Int, _ monomials: [Monomial], sum: DerivativeSum?) {
    let places = Dictionary(uniqueKeysWithValues: monomials.enumerated().map { ($1, $0) })
    func element(_ monomial: Monomial) -> Product? {
      if let channel = places[monomial] { return Product(channel: channel, weight: 1) }
      return sum?.weight(of: monomial).map { Product(channel: monomials.count, weight: $0) }
    }
    func product(_ i: Int, _ j: Int) -> Product? {
      guard i < monomials.count, j < monomials.count else {
        return min(i, j) == 0 ? Product(channel: monomials.count, weight: 1) : nil
      }
      return element(monomials[i] * monomials[j])
    }
    let indices = 0..<monomials.count + (sum == nil ? 0 : 1)
    products = indices.map { i in indices.map { j in product(i, j) } }
    degrees = monomials.map(\.degree) + (sum.map { [$0.order] } ?? [])
    squares = Self.squares(products, degrees)
    isExtended = false
    displacements = (0..<dimension).map { variable in
      element(Monomial((0..<dimension).map { $0 == variable ? 1 : 0 }))
    }
  }

  /// An algebra times polynomials of second degree in one more variable h; block k belongs to hᵏ.
  init(extending other: JetAlgebra) {
    let count = other.degrees.count
    products = (0..<3 * count).map { i in
      (0..<3 * count).map { j in
        let power = i / count + j / count
        guard power <= 2, var product = other.products[i % count][j % count] else { return nil }
        product.channel += power * count
        return product
      }
    }
    degrees = (0..<3 * count).map { other.degrees[$0 % count] + $0 / count }
    displacements = other.displacements
    squares = other.squares
    isExtended = true
  }

  /// The highest degree.
  var order: Int { degrees.max() ?? 0 }

  /// Terms of dᵏ from dᵏ⁻¹ and d, where d has no constant part, ordered by target.
  func powerTerms(_ power: Int) -> [limbeck_jet_term] {
    var byTarget: [[limbeck_jet_term]] = degrees.map { _ in [] }
    for left in degrees.indices where left > 0 && degrees[left] >= power - 1 {
      // The square is symmetric: half the terms, with twice the weight off the diagonal.
      for right in power == 2 ? left..<degrees.count : 1..<degrees.count {
        guard let product = products[left][right] else { continue }
        let multiplicity: Double = power == 2 && left != right ? 2 : 1
        byTarget[product.channel].append(
          Self.term(left, right, product.channel, multiplicity * product.weight))
      }
    }
    return Self.closed(byTarget)
  }

  /// Terms `target += weight · left · right` with `target × right = weight · left` as elements, ordered by
  /// target.
  var adjointTerms: [limbeck_jet_term] {
    Self.closed(
      degrees.indices.map { target in
        degrees.indices.compactMap { right in
          products[target][right].map { Self.term($0.channel, right, target, $0.weight) }
        }
      })
  }

  /// The numbers of a plan of second order without mixed products: x_i² and sums of them.
  struct Squares: Sendable {
    /// Number of channels of first degree and of second.
    let first, second: Int

    /// The squares' weights in the channels of second degree, `[second, first]`.
    let weights: [Double]
  }

  private static func squares(_ products: [[Product?]], _ degrees: [Int]) -> Squares? {
    guard degrees.allSatisfy({ $0 <= 2 }), degrees == degrees.sorted() else { return nil }
    let first = degrees.count { $0 == 1 }
    let second = degrees.count - 1 - first
    var weights = [Double](repeating: 0, count: second * first)
    for i in 1..<1 + first {
      for j in 1..<1 + first {
        guard let product = products[i][j] else { continue }
        guard i == j else { return nil }
        weights[(product.channel - 1 - first) * first + i - 1] = product.weight
      }
    }
    return Squares(first: first, second: second, weights: weights)
  }

  private static func term(
    _ left: Int, _ right: Int, _ target: Int, _ weight: Double
  ) -> limbeck_jet_term {
    limbeck_jet_term(
      left: UInt16(left), right: UInt16(right), target: UInt16(target), ends_target: 0,
      weight: weight)
  }

  private static func closed(_ byTarget: [[limbeck_jet_term]]) -> [limbeck_jet_term] {
    byTarget.flatMap { terms in
      var terms = terms
      if !terms.isEmpty { terms[terms.count - 1].ends_target = 1 }
      return terms
    }
  }
}

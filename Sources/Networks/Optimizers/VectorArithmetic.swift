// Sums over parameters, in an order that never changes. Concrete loops: generic ones over sequences
// are many times slower, and a line search spends its time here.

extension [Double] {
  /// The scalar product.
  ///
  /// - Parameter other: As many numbers.
  /// - Returns: `Σ aᵢ bᵢ`, summed in eight interleaved parts.
  func dot(_ other: [Double]) -> Double {
    precondition(count == other.count, "vectors have one length")
    var sums = SIMD8<Double>()
    let whole = count - count % 8
    withUnsafeBytes { a in
      other.withUnsafeBytes { b in
        for i in stride(from: 0, to: whole * 8, by: 64) {
          sums +=
            a.loadUnaligned(fromByteOffset: i, as: SIMD8<Double>.self)
            * b.loadUnaligned(fromByteOffset: i, as: SIMD8<Double>.self)
        }
      }
    }
    var rest = 0.0
    for i in whole..<count { rest += self[i] * other[i] }
    return sums.sum() + rest
  }

  /// The Euclidean norm.
  var norm: Double { dot(self).squareRoot() }

  /// The vector moved along another one.
  ///
  /// - Parameters:
  ///   - direction: As many numbers.
  ///   - length: How far.
  /// - Returns: `a + length · direction`.
  func moved(along direction: [Double], by length: Double) -> [Double] {
    precondition(count == direction.count, "vectors have one length")
    var result = self
    for i in result.indices { result[i] += length * direction[i] }
    return result
  }

  /// The difference.
  ///
  /// - Parameter other: As many numbers.
  /// - Returns: `a − b`.
  func minus(_ other: [Double]) -> [Double] { moved(along: other, by: -1) }

  /// The vector times a number.
  ///
  /// - Parameter factor: The number.
  /// - Returns: `factor · a`.
  func scaled(by factor: Double) -> [Double] { map { factor * $0 } }
}

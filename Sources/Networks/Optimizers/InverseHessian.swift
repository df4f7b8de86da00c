internal import Tensors

/// A symmetric positive definite matrix H that quasi-Newton updates change in place.
struct InverseHessian: Sendable, Equatable {
  private var matrix: Matrix<Double>

  /// A multiple of the unit matrix.
  ///
  /// - Parameters:
  ///   - count: Number of parameters, P.
  ///   - diagonal: The multiple.
  init(count: Int, diagonal: Double) {
    matrix = Matrix(rows: count, columns: count)
    matrix.withUnsafeMutablePointer { h in
      for i in 0..<count { h[i * count + i] = diagonal }
    }
  }

  /// `H x`.
  ///
  /// - Parameter vector: x, P numbers.
  /// - Returns: P numbers.
  /// - Complexity: O(P²).
  func times(_ vector: [Double]) -> [Double] {
    let count = matrix.rows
    precondition(vector.count == count, "a vector of another length")
    var result = [Double](repeating: 0, count: count)
    matrix.withUnsafePointer { h in
      Double.gemv(
        transpose: false, m: count, n: count, alpha: 1, a: h, lda: count, x: vector, beta: 0,
        y: &result)
    }
    return result
  }

  /// A scaled update of Broyden's class, `(H − u uᵀ/q + φ q v vᵀ) / τ + s sᵀ/p`, v = s/p − u/q.
  ///
  /// Multiplied out it is `H / τ + A s sᵀ + B (s uᵀ + u sᵀ) + C u uᵀ`: one pass over the matrix, which
  /// the memory's speed limits. Each term is the same for (i, j) and (j, i), bit by bit.
  ///
  /// - Parameters:
  ///   - step: s.
  ///   - image: u = H y, for the gradient's change y.
  ///   - product: p = yᵀs.
  ///   - curvature: q = yᵀH y.
  ///   - phi: φ, 1 for BFGS and 0 for DFP.
  ///   - tau: τ, 1 without scaling.
  /// - Complexity: O(P²).
  mutating func update(
    _ step: [Double], _ image: [Double], _ product: Double, _ curvature: Double, phi: Double,
    tau: Double
  ) {
    let count = matrix.rows
    let shrink = 1 / tau
    let a = phi * curvature * shrink / (product * product) + 1 / product
    let b = -phi * shrink / product
    let c = (phi - 1) * shrink / curvature
    matrix.withUnsafeMutablePointer { h in
      step.withUnsafeBufferPointer { s in
        image.withUnsafeBufferPointer { u in
          for i in 0..<count {
            let row = h + i * count
            let (si, ui) = (s[i], u[i])
            for j in 0..<count {
              let mixed = b * (si * u[j] + ui * s[j])
              row[j] = row[j] * shrink + (a * (si * s[j]) + c * (ui * u[j]) + mixed)
            }
          }
        }
      }
    }
  }
}

extension InverseHessian: Codable {
  private struct Stored: Codable {
    let count: Int

    /// Row by row from the diagonal on.
    @PackedNumbers var upper: [Double]
  }

  /// Reads a matrix.
  ///
  /// - Parameter decoder: Where to read from.
  /// - Throws: `DecodingError` if the numbers do not make a triangle.
  init(from decoder: any Decoder) throws {
    let stored = try Stored(from: decoder)
    let count = stored.count
    guard (0...1_000_000).contains(count), stored.upper.count == count * (count + 1) / 2 else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a symmetric matrix"))
    }
    matrix = Matrix(rows: count, columns: count)
    matrix.withUnsafeMutablePointer { h in
      var next = 0
      for i in 0..<count {
        for j in i..<count {
          h[i * count + j] = stored.upper[next]
          h[j * count + i] = stored.upper[next]
          next += 1
        }
      }
    }
  }

  /// Writes the upper triangle; the lower one is the same, bit by bit.
  ///
  /// - Parameter encoder: Where to write.
  /// - Throws: What the encoder throws.
  func encode(to encoder: any Encoder) throws {
    let count = matrix.rows
    var upper: [Double] = []
    upper.reserveCapacity(count * (count + 1) / 2)
    matrix.withUnsafePointer { h in
      for i in 0..<count { for j in i..<count { upper.append(h[i * count + j]) } }
    }
    try Stored(count: count, upper: upper).encode(to: encoder)
  }
}

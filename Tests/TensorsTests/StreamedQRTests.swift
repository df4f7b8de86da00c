import Tensors
import Testing

@Suite("QR of rows in pieces")
struct StreamedQRTests {
  /// A matrix with singular values from 1 to `smallest`, and a right-hand side that it reaches exactly.
  private func problem(
    rows: Int, columns: Int, smallest: Double
  ) -> (matrix: Matrix<Double>, right: [Double], solution: [Double]) {
    var random = RandomStream(seed: 11)
    func orthogonal(_ m: Int) -> Matrix<Double> {
      QRDecomposition(
        Matrix(rows: m, columns: columns, elements: (0..<m * columns).map { _ in random.normal() })
      ).orthogonal
    }
    var (left, right) = (orthogonal(rows), orthogonal(columns))
    for i in 0..<columns {
      let value = power(smallest, Double(i) / Double(columns - 1))
      for j in 0..<rows { left[j, i] *= value }
    }
    let matrix = left * right.transposed
    let solution = (0..<columns).map { _ in random.normal() }
    let product = matrix * Matrix(rows: columns, columns: 1, elements: solution)
    right = product
    return (matrix, product.elements, solution)
  }

  private func power(_ base: Double, _ exponent: Double) -> Double {
    // base = 10⁻ⁿ by halving: exact enough for the scale of a test.
    var (result, factor, rest) = (1.0, base, exponent)
    for _ in 0..<30 {
      if rest >= 1 {
        result *= factor
        rest -= 1
      }
      factor = factor.squareRoot()
      rest *= 2
    }
    return result
  }

  private func streamed(
    _ matrix: Matrix<Double>, _ right: [Double], pieces: [Range<Int>]
  ) -> StreamedQR {
    var factor = StreamedQR(columns: matrix.columns)
    for piece in pieces {
      let rows = piece.map { matrix.row($0) + [right[$0]] }
      var transposed = Matrix(
        rows: piece.count, columns: matrix.columns + 1, elements: rows.flatMap { $0 }
      ).transposed
      transposed.withUnsafeMutablePointer { factor.add($0, rows: piece.count) }
    }
    return factor
  }

  private func error(_ x: [Double], _ y: [Double]) -> Double {
    zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  @Test func `solves the normal equations of a well-conditioned matrix, however it is cut`() throws
  {
    let (matrix, right, _) = problem(rows: 90, columns: 12, smallest: 0.1)
    let damping = 1e-3
    var gram = matrix.gram
    for i in 0..<12 { gram[i, i] += damping }
    let cholesky = try Cholesky(gram)
    let pulled = (matrix.transposed * Matrix(rows: 90, columns: 1, elements: right)).elements
    let expected = cholesky.solve(pulled)
    for pieces in [[0..<90], [0..<5, 5..<50, 50..<50, 50..<90]] {
      let factor = streamed(matrix, right, pieces: pieces)
      let damped = try #require(factor.damped(by: damping))
      // Condition 100, squared in the normal equations.
      #expect(error(damped.solution, expected) < 1e-11)
      #expect(error(damped.solveNormal(pulled), expected) < 1e-11)
      for (j, norm) in factor.squaredColumnNorms.enumerated() {
        #expect(abs(norm - matrix.gram[j, j]) < 1e-13)
      }
    }
  }

  @Test func `factors of parts add up to the factor of the whole`() throws {
    let (matrix, right, _) = problem(rows: 60, columns: 7, smallest: 0.1)
    let whole = streamed(matrix, right, pieces: [0..<60])
    var parts = streamed(matrix, right, pieces: [0..<20])
    parts.add(streamed(matrix, right, pieces: [20..<60]))
    parts.add(StreamedQR(columns: 7))
    let (a, b) = (try #require(whole.damped(by: 1e-6)), try #require(parts.damped(by: 1e-6)))
    // Condition 10.
    #expect(error(a.solution, b.solution) < 1e-12)
  }

  @Test func `keeps digits of an ill-conditioned matrix that products lose`() throws {
    let (matrix, right, solution) = problem(rows: 200, columns: 20, smallest: 1e-9)
    let factor = streamed(matrix, right, pieces: [0..<64, 64..<128, 128..<200])
    // Far below the smallest singular value squared.
    let orthogonal = try #require(factor.damped(by: 1e-24)).solution
    // Condition 1e9 leaves seven digits.
    #expect(error(orthogonal, solution) < 1e-5)
    // The smallest damping with which products can be factored at all.
    var gram = matrix.gram
    for i in 0..<20 { gram[i, i] += 1e-15 }
    let pulled = (matrix.transposed * Matrix(rows: 200, columns: 1, elements: right)).elements
    #expect(error(try Cholesky(gram).solve(pulled), solution) > 1e-2)
  }

  @Test func `the basis of a decomposition is orthonormal and spans the matrix`() {
    let (matrix, _, _) = problem(rows: 9, columns: 4, smallest: 0.01)
    let factors = QRDecomposition(matrix)
    let identity = factors.orthogonal.gram
    let product = factors.orthogonal * factors.upper
    for i in 0..<4 {
      for j in 0..<4 { #expect(abs(identity[i, j] - (i == j ? 1 : 0)) < 1e-14) }
      for j in 0..<9 { #expect(abs(product[j, i] - matrix[j, i]) < 1e-14) }
    }
  }
}

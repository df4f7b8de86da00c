import Tensors
import Testing

@Suite("Linear algebra")
struct LinearAlgebraTests {
  private func random(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix<Double> {
    var stream = RandomStream(seed: seed)
    return Matrix(
      rows: rows, columns: columns, elements: (0..<rows * columns).map { _ in stream.normal() })
  }

  private func largest(_ a: Matrix<Double>, minus b: Matrix<Double>) -> Double {
    zip(a.elements, b.elements).map { abs($0 - $1) }.max() ?? 0
  }

  @Test(
    "the product agrees with the textbook triple loop",
    arguments: [(1, 1, 1), (5, 7, 3), (33, 65, 17)])
  func product(m: Int, k: Int, n: Int) {
    let (a, b) = (random(m, k, seed: 1), random(k, n, seed: 2))
    var plain = Matrix<Double>(rows: m, columns: n)
    for i in 0..<m { for j in 0..<n { for l in 0..<k { plain[i, j] += a[i, l] * b[l, j] } } }
    // k products of standard normal numbers round to about k ulps of 1.
    #expect(largest(a * b, minus: plain) < 1e-15 * Double(k) * 8)
  }

  @Test func `the Gram matrix is the product with the transpose`() {
    let a = random(40, 9, seed: 3)
    // 40 products of standard normal numbers.
    #expect(largest(a.gram, minus: a.transposed * a) < 1e-13)
  }

  @Test func `Cholesky, QR and SVD solve the same least-squares problem`() throws {
    let a = random(60, 11, seed: 4)
    var stream = RandomStream(seed: 5)
    let b = (0..<60).map { _ in stream.normal() }
    let normal = (a.transposed * Matrix(rows: 60, columns: 1, elements: b)).elements
    let byCholesky = try Cholesky(a.gram).solve(normal)
    let byQR = QRDecomposition(a).solve(b)
    let bySVD = try LeastSquares(a, b)
    #expect(bySVD.rank == 11)
    for i in 0..<11 {
      // A random 60 × 11 matrix has a condition number near 3, squared by the normal equations.
      #expect(abs(byCholesky[i] - byQR[i]) < 1e-13)
      #expect(abs(bySVD.solution[i] - byQR[i]) < 1e-13)
    }
  }

  @Test func `Cholesky inverts, and says which minor is not positive`() throws {
    let gram = random(30, 6, seed: 6).gram
    let product = gram * (try Cholesky(gram).inverse)
    for i in 0..<6 { for j in 0..<6 { #expect(abs(product[i, j] - (i == j ? 1 : 0)) < 1e-12) } }
    let indefinite = Matrix<Double>(rows: 2, columns: 2, elements: [1, 2, 2, 1])
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 2)) { try Cholesky(indefinite) }
  }

  @Test func `least squares without full rank gives the shortest solution`() throws {
    // Both columns are equal, so the shortest solution splits the weight evenly.
    let a = Matrix<Double>(rows: 3, columns: 2, elements: [1, 1, 2, 2, 3, 3])
    let fit = try LeastSquares(a, [2, 4, 6])
    #expect(fit.rank == 1)
    for weight in fit.solution { #expect(abs(weight - 1) < 1e-14) }
  }

  @Test func `the singular value decomposition rebuilds the matrix`() throws {
    let a = random(7, 12, seed: 8)
    let svd = try SingularValueDecomposition(a)
    var scaled = svd.rightTransposed
    for i in 0..<7 { for j in 0..<12 { scaled[i, j] *= svd.values[i] } }
    #expect(largest(svd.left * scaled, minus: a) < 1e-13)
    #expect(svd.values == svd.values.sorted(by: >))
  }

  @Test func `QR keeps the digits that the normal equations lose`() throws {
    // A Läuchli matrix: its Gram matrix is singular to working precision, the matrix is not.
    let e = 1e-9
    let a = Matrix<Double>(rows: 3, columns: 2, elements: [1, 1, e, 0, 0, e])
    let x = QRDecomposition(a).solve([2, e, e])
    // The condition number is about 1e9, of 16 digits 7 remain.
    #expect(abs(x[0] - 1) < 1e-6 && abs(x[1] - 1) < 1e-6)
    #expect(throws: LinearAlgebraError.self) { try Cholesky(a.gram) }
  }

  @Test func `copies of a matrix do not share later changes`() {
    let a = random(2, 2, seed: 9)
    var b = a
    b[0, 0] += 1
    #expect(a[0, 0] != b[0, 0])
    #expect(a[1, 1] == b[1, 1])
  }
}

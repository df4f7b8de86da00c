import Foundation
import Interpretability
import Tensors
import Testing

@Suite("Comparisons of representations")
struct RepresentationTests {
  func normals(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix<Double> {
    var random = RandomStream(seed: seed)
    return Matrix(
      rows: rows, columns: columns, elements: (0..<rows * columns).map { _ in random.normal() })
  }

  /// An orthogonal matrix.
  func rotation(_ n: Int) -> Matrix<Double> { QRDecomposition(normals(n, n, seed: 9)).orthogonal }

  @Test("alignment is one under rotation, scaling and shift")
  func alignmentInvariance() throws {
    let x = normals(200, 6, seed: 1)
    var y = x * rotation(6)
    for i in 0..<200 { for j in 0..<6 { y[i, j] = 3 * y[i, j] + Double(j) } }
    let alignment = try CentredActivations(x).alignment(with: CentredActivations(y))
    // A few roundings of sums of 200 terms.
    #expect(abs(try #require(alignment) - 1) < 1e-12)
  }

  @Test("alignment of features is that of the samples' kernels")
  func alignmentDefinition() throws {
    let (x, y) = (normals(30, 4, seed: 1), normals(30, 7, seed: 2))
    // The definition: ⟨HKH, HLH⟩ / (‖HKH‖ ‖HLH‖) with K = XXᵀ, L = YYᵀ.
    func kernel(_ x: Matrix<Double>) -> Matrix<Double> {
      var centring = Matrix<Double>(rows: 30, columns: 30, repeating: -1 / 30)
      for i in 0..<30 { centring[i, i] += 1 }
      return centring * (x * x.transposed) * centring
    }
    func inner(_ a: Matrix<Double>, _ b: Matrix<Double>) -> Double {
      zip(a.elements, b.elements).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let (k, l) = (kernel(x), kernel(y))
    let expected = inner(k, l) / (inner(k, k) * inner(l, l)).squareRoot()
    let found = try CentredActivations(x).alignment(with: CentredActivations(y))
    #expect(abs(try #require(found) - expected) < 1e-12)
    #expect(expected < 0.5)
  }

  @Test("canonical correlation is one under any invertible map")
  func correlationInvariance() throws {
    let x = normals(200, 5, seed: 1)
    let y = x * normals(5, 5, seed: 4)
    let correlation = try CentredActivations(x)
      .canonicalCorrelation(with: CentredActivations(y), keeping: 1)
    #expect(abs(try #require(correlation) - 1) < 1e-10)
    let other = try CentredActivations(x)
      .canonicalCorrelation(with: CentredActivations(normals(200, 5, seed: 6)), keeping: 1)
    // Independent normals correlate by about sqrt(5/200).
    #expect(try #require(other) < 0.35)
  }

  @Test("the effective rank counts equal directions")
  func rank() throws {
    // Three orthogonal columns of equal length about zero, and one that repeats the first.
    let columns: [[Double]] = [
      [1, -1, 1, -1, 1, -1, 1, -1], [1, 1, -1, -1, 1, 1, -1, -1], [1, 1, 1, 1, -1, -1, -1, -1],
    ]
    let x = Matrix(rows: 8, columns: 3, elements: (0..<8).flatMap { i in columns.map { $0[i] } })
    let layer = try CentredActivations(x)
    #expect(abs(try #require(layer.effectiveRank) - 3) < 1e-12)
    #expect(abs(try #require(layer.participationRatio) - 3) < 1e-12)
    let constant = try CentredActivations(Matrix(rows: 8, columns: 2, repeating: 4))
    #expect(constant.effectiveRank == nil && constant.participationRatio == nil)
    #expect(constant.alignment(with: layer) == nil)
  }
}

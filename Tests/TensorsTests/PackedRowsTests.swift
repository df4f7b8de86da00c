import Tensors
import Testing

@Suite("Packed rows")
struct PackedRowsTests {
  private static func random(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix<Double> {
    var stream = RandomStream(seed: seed)
    return Matrix(
      rows: rows, columns: columns, elements: (0..<rows * columns).map { _ in stream.normal() })
  }

  /// Packs columns in two parts, the second one first.
  private static func packed(_ a: Matrix<Double>) -> PackedRows {
    let packed = PackedRows(rows: a.rows, capacity: a.columns + 16)
    let middle = a.columns / 32 * 16
    for part in [middle..<a.columns, 0..<middle] {
      a.withUnsafePointer {
        packed.setColumns(part, from: $0 + part.lowerBound, stride: a.columns)
      }
    }
    return packed
  }

  @Test(
    "the product with itself is the plain product above the diagonal",
    arguments: [(1, 16), (8, 48), (23, 32), (61, 1040)])
  func gram(rows: Int, columns: Int) {
    let a = Self.random(rows, columns, seed: 1)
    let own = Self.packed(a)
    let plain = a * a.transposed
    for threads in [1, 3] {
      var product = Matrix<Double>(rows: rows, columns: rows, repeating: 1)
      product.withUnsafeMutablePointer {
        own.addProduct(with: own, columns: columns, to: $0, stride: rows, threads: threads)
      }
      for i in 0..<rows {
        for j in i..<rows {
          // Roundings of partial sums that grow to the number of columns on the diagonal.
          #expect(abs(product[i, j] - 1 - plain[i, j]) < 4e-15 * Double(columns))
        }
      }
    }
  }

  @Test func `rows of a transpose, and two different factors`() {
    let (a, b) = (Self.random(48, 70, seed: 2), Self.random(32, 70, seed: 3))
    let (left, right) = (
      PackedRows(rows: 48, capacity: 70), PackedRows(rows: 32, capacity: 70)
    )
    for (matrix, packed) in [(a, left), (b, right)] {
      let transposed = matrix.transposed
      for first in stride(from: 0, to: matrix.rows, by: 16) {
        transposed.withUnsafePointer {
          packed.setRows(
            first..<first + 16, columns: 70, fromTransposed: $0 + first, stride: matrix.rows)
        }
      }
    }
    var product = Matrix<Double>(rows: 48, columns: 32)
    product.withUnsafeMutablePointer {
      left.addProduct(with: right, columns: 70, to: $0, stride: 32, threads: 2)
    }
    let plain = a * b.transposed
    for i in 0..<48 {
      // 70 products of standard normal numbers.
      for j in 0..<32 { #expect(abs(product[i, j] - plain[i, j]) < 1e-13) }
    }
  }

  @Test func `bits do not depend on the number of threads`() {
    let own = Self.packed(Self.random(100, 1040, seed: 4))
    let products = [1, 2, 4].map { threads in
      var product = Matrix<Double>(rows: 100, columns: 100)
      product.withUnsafeMutablePointer {
        own.addProduct(with: own, columns: 1040, to: $0, stride: 100, threads: threads)
      }
      return product
    }
    #expect(products[0] == products[1] && products[0] == products[2])
  }
}

import CVectorMath
import Tensors
import Testing

/// The kernels of every instruction set this machine has, against plain loops.
@Suite("Network kernels at every level")
struct KernelLevelTests {
  private static let levels = InstructionSet.allCases.filter(\.isAvailable)

  @Test(
    "products agree with triple loops", arguments: levels,
    [(1, 1), (3, 2), (7, 5), (13, 9), (20, 33)])
  func products(level: InstructionSet, shape: (Int, Int)) throws {
    let kernels = try #require(limbeck_matrix_f64_at(Int32(level.rawValue))).pointee
    let (m, k) = shape
    for columns in [16, 48, 80, 112] {
      var random = RandomStream(seed: UInt64(columns))
      let a = (0..<m * k).map { _ in random.normal() }
      let b = (0..<k * columns).map { _ in random.normal() }
      let start = (0..<m * columns).map { _ in random.normal() }
      var c = start
      kernels.multiply(m, columns, k, a, k, 1, b, columns, 1, &c, columns)
      var transposed = start
      // The same matrix stored by columns.
      let aT = (0..<k * m).map { a[($0 % m) * k + $0 / m] }
      kernels.multiply(m, columns, k, aT, 1, m, b, columns, 1, &transposed, columns)
      #expect(c == transposed)
      var outer = [Double](repeating: 0, count: m * k)
      kernels.multiply_transposed(m, k, columns, c, columns, b, columns, &outer, k)
      var sums = [Double](repeating: 1, count: m)
      kernels.add_row_sums(m, 16, columns, c, &sums)
      for i in 0..<m {
        for j in 0..<columns {
          let plain =
            start[i * columns + j]
            + Statistics.sum((0..<k).map { a[i * k + $0] * b[$0 * columns + j] })
          // k products of standard normal numbers.
          #expect(abs(c[i * columns + j] - plain) < 1e-13)
        }
        for l in 0..<k {
          let plain = Statistics.sum(
            (0..<columns).map { c[i * columns + $0] * b[l * columns + $0] })
          #expect(abs(outer[i * k + l] - plain) < 1e-11)
        }
        #expect(abs(sums[i] - 1 - Statistics.sum(c[i * columns..<i * columns + 16])) < 1e-12)
      }
    }
  }

  @Test func `levels agree on single-precision products`() throws {
    let (m, k, columns) = (19, 23, 144)
    var random = RandomStream(seed: 9)
    let a = (0..<m * k).map { _ in Float(random.normal()) }
    let b = (0..<k * columns).map { _ in Float(random.normal()) }
    let results = try Self.levels.map { level in
      let kernels = try #require(limbeck_matrix_f32_at(Int32(level.rawValue))).pointee
      var c = [Float](repeating: 0, count: m * columns)
      kernels.multiply(m, columns, k, a, k, 1, b, columns, 0, &c, columns)
      return c
    }
    for result in results {
      // 23 products rounded to 6e-8 each, with or without fused multiply-add.
      for (x, y) in zip(result, results[0]) { #expect(abs(x - y) < 2e-5) }
    }
  }
}

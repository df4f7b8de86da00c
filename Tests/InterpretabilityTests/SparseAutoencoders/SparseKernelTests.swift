import CVectorMath
import Tensors
import Testing

/// Each kernel against the plain loop it stands for, at every instruction set of this machine.
@Suite("Sparse kernels")
struct SparseKernelTests {
  static let levels = InstructionSet.allCases.filter(\.isAvailable)

  private static func kernels(_ level: InstructionSet) throws -> limbeck_sparse_f32 {
    try #require(limbeck_sparse_f32_at(Int32(level.rawValue))).pointee
  }

  private static func normals(_ count: Int, _ random: inout RandomStream) -> [Float] {
    (0..<count).map { _ in Float(random.normal()) }
  }

  /// The chosen entries by sorting everything.
  private static func plainLargest(
    _ x: [Float], _ k: Int, byMagnitude: Bool
  ) -> [(index: Int, value: Float)] {
    let size = x.map { byMagnitude ? abs($0) : $0 }
    return x.indices.filter { size[$0] > 0 }
      .sorted { (-size[$0], $0) < (-size[$1], $1) }
      .prefix(k).sorted().map { ($0, x[$0]) }
  }

  private static func largest(
    _ x: [Float], _ k: Int, byMagnitude: Bool, _ kernels: limbeck_sparse_f32
  ) -> [(index: Int, value: Float)] {
    var indices = [UInt32](repeating: 0, count: x.count + 16)
    var values = [Float](repeating: 0, count: x.count + 16)
    var scratch = values
    let found = kernels.select_largest(
      x, x.count, k, byMagnitude ? 1 : 0, &indices, &values, &scratch)
    return (0..<found).map { (Int(indices[$0]), values[$0]) }
  }

  @Test(arguments: levels)
  func `the largest are those of a sort`(_ level: InstructionSet) throws {
    let kernels = try Self.kernels(level)
    var random = RandomStream(seed: 1)
    for count in [1, 7, 16, 33, 100, 512, 1000] {
      for k in [1, 2, 5, 8, 32, 64, 2000] {
        for byMagnitude in [false, true] {
          // Few different numbers make ties; continuous ones make none.
          let x =
            random.below(2) == 0
            ? Self.normals(count, &random)
            : (0..<count).map { _ in Float(random.below(9) - 4) }
          let expected = Self.plainLargest(x, k, byMagnitude: byMagnitude)
          let found = Self.largest(x, k, byMagnitude: byMagnitude, kernels)
          #expect(found.map(\.index) == expected.map(\.index))
          #expect(found.map(\.value) == expected.map(\.value))
        }
      }
    }
  }

  @Test(arguments: levels)
  func `of equal elements the first are taken`(_ level: InstructionSet) throws {
    let found = Self.largest(
      Array(repeating: 2, count: 40), 3, byMagnitude: false, try Self.kernels(level))
    #expect(found.map(\.index) == [0, 1, 2])
  }

  @Test(arguments: levels)
  func `nothing at or below zero is taken, nor anything that is no number`(
    _ level: InstructionSet
  ) throws {
    let kernels = try Self.kernels(level)
    var x = [Float](repeating: -1, count: 50)
    (x[3], x[20], x[40]) = (.nan, 0, 5)
    #expect(Self.largest(x, 8, byMagnitude: false, kernels).map(\.index) == [40])
  }

  @Test(arguments: levels)
  func `elements above a bound are those of a loop`(_ level: InstructionSet) throws {
    let kernels = try Self.kernels(level)
    var random = RandomStream(seed: 2)
    for count in [1, 16, 17, 100, 511] {
      let x = Self.normals(count, &random)
      let bounds = Self.normals(count, &random)
      var indices = [UInt32](repeating: 0, count: count + 16)
      var values = [Float](repeating: 0, count: count + 16)
      var found = kernels.select_above(x, count, nil, 0.3, &indices, &values)
      #expect(indices[..<found].map(Int.init) == x.indices.filter { x[$0] > 0.3 })
      #expect(Array(values[..<found]) == x.filter { $0 > 0.3 })
      found = kernels.select_above(x, count, bounds, -0.1, &indices, &values)
      #expect(indices[..<found].map(Int.init) == x.indices.filter { x[$0] > bounds[$0] - 0.1 })
    }
  }

  @Test(arguments: levels)
  func `sums and products over gathered rows are those of loops`(_ level: InstructionSet) throws {
    let kernels = try Self.kernels(level)
    var random = RandomStream(seed: 3)
    for width in [16, 32, 48, 64, 144, 272] {
      let rows = 20
      let matrix = Self.normals(rows * width, &random)
      let indices = (0..<13).map { _ in UInt32(random.below(rows)) }
      let weights = Self.normals(13, &random)
      let start = Self.normals(width, &random)
      for beta in [0, 1] {
        var sum = start
        kernels.gather_sum(13, indices, weights, matrix, width, width, Int32(beta), &sum)
        for column in 0..<width {
          let expected = zip(indices, weights).reduce(Double(beta) * Double(start[column])) {
            $0 + Double($1.1) * Double(matrix[Int($1.0) * width + column])
          }
          // 14 products and sums of numbers about one in single precision.
          #expect(abs(Double(sum[column]) - expected) < 1e-5)
        }
      }
      var products = [Float](repeating: 0, count: 13)
      kernels.gather_dots(13, indices, matrix, width, width, start, &products)
      for (index, product) in zip(indices, products) {
        let expected = (0..<width).reduce(0.0) {
          $0 + Double(start[$1]) * Double(matrix[Int(index) * width + $1])
        }
        // Up to 272 products in single precision: √272 · 2⁻²⁴ · a few.
        #expect(abs(Double(product) - expected) < 2e-5)
      }
    }
  }

  @Test(arguments: levels)
  func `the k-th largest is that of a sort`(_ level: InstructionSet) throws {
    let kernels = try Self.kernels(level)
    var random = RandomStream(seed: 4)
    for count in [1, 2, 3, 10, 257] {
      let x = (0..<count).map { _ in Float(random.below(50)) }
      for k in 1...count {
        var copy = x
        #expect(kernels.kth_largest(&copy, count, k) == x.sorted(by: >)[k - 1])
      }
    }
  }

  @Test(arguments: levels)
  func `Adam moves as its formula says`(_ level: InstructionSet) throws {
    let kernels = try Self.kernels(level)
    var random = RandomStream(seed: 5)
    let gradient = Self.normals(32, &random)
    var (first, second, parameters) = (
      Self.normals(32, &random), Self.normals(32, &random).map(abs), Self.normals(32, &random)
    )
    let before = (first, second, parameters)
    kernels.adam(32, gradient, &first, &second, &parameters, 0.9, 0.99, 0.01, 1.5, 1e-8)
    for i in 0..<32 {
      let g = Double(gradient[i])
      let m = 0.9 * Double(before.0[i]) + 0.1 * g
      let v = 0.99 * Double(before.1[i]) + 0.01 * g * g
      let p = Double(before.2[i]) - 0.01 * m / ((1.5 * v).squareRoot() + 1e-8)
      // A few roundings in single precision; decays like 0.9 are rounded too.
      #expect(abs(Double(first[i]) - m) < 1e-6)
      #expect(abs(Double(second[i]) - v) < 1e-6)
      #expect(abs(Double(parameters[i]) - p) < 1e-6)
    }
  }
}

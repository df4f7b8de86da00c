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

  @Test(
    "jets in registers are those by tables", arguments: levels,
    [(0, 0), (1, 0), (1, 1), (2, 1), (2, 2), (3, 1)])
  func squares(level: InstructionSet, shape: (first: Int, second: Int)) throws {
    let kernels = try #require(limbeck_jets_f64_at(Int32(level.rawValue))).pointee
    let (first, second) = shape
    var random = RandomStream(seed: 11)
    // One more than is read: an empty array has no address.
    let weights = (0...first * second).map { _ in random.normal() }
    var squares: [limbeck_jet_term] = []
    for k in 0..<second {
      for i in 0..<first {
        squares.append(
          Self.term(1 + i, 1 + i, 1 + first + k, weights[k * first + i], ends: i == first - 1))
      }
    }
    let channels = 1 + first + second
    // The transposed products by channel: with the constant, and of each x_i with itself.
    var adjoint: [limbeck_jet_term] = (0..<channels).map {
      Self.term($0, $0, 0, 1, ends: $0 == channels - 1)
    }
    for target in 1..<channels {
      let mixed = target <= first ? second : 0
      adjoint.append(Self.term(target, 0, target, 1, ends: mixed == 0))
      for k in 0..<mixed {
        adjoint.append(
          Self.term(
            1 + first + k, target, target, weights[k * first + target - 1], ends: k == mixed - 1))
      }
    }
    let (points, units) = (32, 3)
    let size = units * channels * points
    let z = (0..<size).map { _ in random.normal() }
    let seeds = (0..<size).map { _ in random.normal() }
    for activation in [LIMBECK_TANH, LIMBECK_SIN] {
      let results = [true, false].map { isByTables in
        var plan = limbeck_jet_plan()
        plan.channels = Int32(channels)
        plan.order = second > 0 ? 2 : first > 0 ? 1 : 0
        plan.first = Int32(first)
        plan.second = Int32(second)
        plan.powers_of_h = 1
        plan.adjoint_count = Int32(adjoint.count)
        plan.power_counts.2 = Int32(squares.count)
        var (a, bars) = (z, seeds)
        weights.withUnsafeBufferPointer { weights in
          squares.withUnsafeBufferPointer { squares in
            adjoint.withUnsafeBufferPointer { adjoint in
              plan.powers.2 = squares.baseAddress
              plan.adjoint = adjoint.baseAddress
              plan.squares = isByTables ? nil : weights.baseAddress
              kernels.forward(Int32(activation.rawValue), &plan, units, points, z, &a)
              kernels.reverse(Int32(activation.rawValue), &plan, units, points, z, a, &bars)
              // One factor of all products is the first unit.
              kernels.multiply(&plan, units, points, z, 1, seeds, 0, &a, 1)
              kernels.multiply_reverse(&plan, units, points, seeds, 1, z, 0, &bars, 1)
            }
          }
        }
        return a + bars
      }
      // A dozen roundings of products of standard normal numbers.
      for (x, y) in zip(results[0], results[1]) { #expect(abs(x - y) < 1e-12) }
    }
  }

  @Test("rows of a layer's Jacobian are sums over channels", arguments: levels, 1...7)
  func jacobian(level: InstructionSet, channels: Int) throws {
    let kernels = try #require(limbeck_jets_f64_at(Int32(level.rawValue))).pointee
    let (points, stride, inputs) = (32, 48, 3)
    for outputs in 1...4 {
      var random = RandomStream(seed: UInt64(outputs))
      let adjoint = (0..<outputs * channels * points).map { _ in random.normal() }
      let x = (0..<inputs * channels * points).map { _ in random.normal() }
      var rows = [Double](repeating: 7, count: outputs * inputs * stride)
      var biases = [Double](repeating: 7, count: outputs * stride)
      kernels.jacobian(channels, outputs, inputs, points, adjoint, x, &rows, &biases, stride)
      for o in 0..<outputs {
        for p in 0..<stride {
          // Beyond the points nothing is written.
          let isPoint = p < points
          #expect(
            biases[o * stride + p] == (isPoint ? adjoint[o * channels * points + p] : 7))
          for i in 0..<inputs {
            let plain = Statistics.sum(
              (0..<channels).map {
                isPoint
                  ? adjoint[(o * channels + $0) * points + p] * x[(i * channels + $0) * points + p]
                  : 7 / Double(channels)
              })
            // A few products of standard normal numbers.
            #expect(abs(rows[(o * inputs + i) * stride + p] - plain) < 1e-13)
          }
        }
      }
    }
  }

  private static func term(
    _ left: Int, _ right: Int, _ target: Int, _ weight: Double, ends: Bool
  ) -> limbeck_jet_term {
    limbeck_jet_term(
      left: UInt16(left), right: UInt16(right), target: UInt16(target), ends_target: ends ? 1 : 0,
      weight: weight)
  }
}

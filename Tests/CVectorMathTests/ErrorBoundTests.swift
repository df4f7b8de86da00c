import CVectorMath
import Foundation
import Testing

@Suite("Error of the vector functions")
struct ErrorBoundTests {
  /// Step through the 2³² bit patterns; odd, so that every low bit takes part.
  private static let stride: UInt64 = 4099

  @Test(
    "single precision over all bit patterns",
    arguments: VectorFunction.allCases, Level.available)
  func floatPatterns(function: VectorFunction, level: Level) {
    var pattern: UInt64 = 0
    var worst = (error: 0.0, argument: Float(0))
    while pattern < 1 << 32 {
      var x: [Float] = []
      while x.count < 4096, pattern < 1 << 32 {
        x.append(Float(bitPattern: UInt32(pattern)))
        pattern += Self.stride
      }
      let y = function(x, at: level)
      for (x, y) in zip(x, y) {
        let error = ulpError(y, exact: function.inDouble(Double(x)))
        if !(error <= worst.error) { worst = (error, x) }
      }
    }
    #expect(
      worst.error <= function.floatBound(at: level),
      "\(worst.error) ulp at \(worst.argument)")
  }

  /// The arguments with the largest errors at some level, found by trying all.
  private static let worst: [(VectorFunction, Float)] = [
    (.tanh, 0x1.fda44cp-5), (.tanh, 0x1.a88e5p-3), (.sin, 0x1.afc61p+10), (.sin, 0x1.0d5e9ap+8),
    (.cos, 0x1.cf6162p+7), (.cos, 0x1.f58978p+1), (.exp, 0x1.ab3b66p+4), (.exp, -0x1.33c1d6p+5),
    (.log, 0x1.6a06bp-1), (.log, 0x1.47d904p+0),
  ]

  @Test("the worst numbers of single precision", arguments: Level.available)
  func floatWorst(level: Level) {
    for (function, x) in Self.worst {
      let error = ulpError(function([x], at: level)[0], exact: function.inDouble(Double(x)))
      #expect(error <= function.floatBound(at: level), "\(function)(\(x)): \(error) ulp")
    }
  }

  @Test("powers of single precision against double", arguments: Level.available)
  func floatPowers(level: Level) throws {
    let pow = try #require(limbeck_functions_f32_at(level.rawValue)).pointee.pow
    let (bases, exponents) = Self.powerArguments(limit: 90)
    let (x, y) = (bases.map { Float($0) }, exponents.map { Float($0) })
    var z = [Float](repeating: .nan, count: x.count)
    pow(x, y, &z, z.count)
    for i in z.indices {
      let error = ulpError(z[i], exact: Foundation.pow(Double(x[i]), Double(y[i])))
      #expect(error <= 1.3, "\(x[i])^\(y[i]): \(error) ulp")
    }
  }

  /// Bases of every size and sign with whole and fractional exponents, results up to exp(±limit),
  /// and the special values of both.
  private static func powerArguments(limit: Double) -> (bases: [Double], exponents: [Double]) {
    var random = SplitMix(seed: 11)
    var pairs: [(Double, Double)] = []
    for _ in 0..<20_000 {
      let logarithm = random.uniform(-0.97, 0.97) * limit
      pairs.append((exp(logarithm), random.uniform(-1, 1) * limit / logarithm))
      pairs.append((random.uniform(0.5, 1.5), random.uniform(-30, 30)))
      pairs.append((random.uniform(-3, 3), random.uniform(-9, 9).rounded()))
    }
    let special: [Double] = [
      0, -0.0, 1, -1, 2, -2, 0.5, -0.5, 3, 1e30, .infinity, -.infinity, .nan, 0x1p-140, 1e10,
    ]
    for x in special { for y in special { pairs.append((x, y)) } }
    return (pairs.map(\.0), pairs.map(\.1))
  }

  #if arch(x86_64) && !os(Windows)
    @Test("powers of double precision against long double", arguments: Level.available)
    func doublePowers(level: Level) throws {
      let pow = try #require(limbeck_functions_f64_at(level.rawValue)).pointee.pow
      let (x, y) = Self.powerArguments(limit: 744)
      var z = [Double](repeating: .nan, count: x.count)
      pow(x, y, &z, z.count)
      for i in z.indices {
        let error = ulpError(z[i], exact: Foundation.pow(Float80(x[i]), Float80(y[i])))
        #expect(error <= 1.3, "\(x[i])^\(y[i]): \(error) ulp")
      }
    }

    @Test(
      "double precision against long double",
      arguments: VectorFunction.allCases, Level.available)
    func doubleSweeps(function: VectorFunction, level: Level) {
      var worst = (error: 0.0, argument: 0.0)
      for sweep in Sweep.allCases {
        let x = sweep.arguments(count: 100_000, seed: 7)
        let y = function(x, at: level)
        for (x, y) in zip(x, y) {
          let error = ulpError(y, exact: function.inExtended(Float80(x)))
          if !(error <= worst.error) { worst = (error, x) }
        }
      }
      #expect(
        worst.error <= function.doubleBound(at: level),
        "\(worst.error) ulp at \(worst.argument)")
    }
  #endif
}

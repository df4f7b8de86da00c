import CVectorMath
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

  #if arch(x86_64) && !os(Windows)
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

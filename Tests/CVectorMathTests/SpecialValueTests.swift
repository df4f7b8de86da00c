import Testing

@Suite("Special values of the vector functions")
struct SpecialValueTests {
  /// C99 Annex F: argument and result.
  private static let rows: [(VectorFunction, Double, Double)] = [
    (.tanh, 0, 0), (.tanh, -0.0, -0.0), (.tanh, .infinity, 1), (.tanh, -.infinity, -1),
    (.sin, 0, 0), (.sin, -0.0, -0.0), (.sin, .infinity, .nan), (.sin, -.infinity, .nan),
    (.cos, 0, 1), (.cos, -0.0, 1), (.cos, .infinity, .nan), (.cos, -.infinity, .nan),
    (.exp, 0, 1), (.exp, -0.0, 1), (.exp, .infinity, .infinity), (.exp, -.infinity, 0),
    (.exp, 1000, .infinity), (.exp, -1000, 0),
    (.log, 1, 0), (.log, 0, -.infinity), (.log, -0.0, -.infinity), (.log, .infinity, .infinity),
    (.log, -1, .nan), (.log, -.infinity, .nan),
    (.sqrt, 0, 0), (.sqrt, -0.0, -0.0), (.sqrt, .infinity, .infinity), (.sqrt, -1, .nan),
    (.reciprocal, 0, .infinity), (.reciprocal, -0.0, -.infinity), (.reciprocal, .infinity, 0),
    (.reciprocal, -.infinity, -0.0),
    (.expm1, -0.0, -0.0), (.expm1, .infinity, .infinity), (.expm1, -.infinity, -1),
    (.log2, 8, 3), (.log2, 0, -.infinity), (.log2, -1, .nan), (.log2, .infinity, .infinity),
    (.log10, 1, 0), (.log10, 0, -.infinity), (.log10, -1, .nan), (.log10, .infinity, .infinity),
    (.log1p, -0.0, -0.0), (.log1p, -1, -.infinity), (.log1p, -2, .nan),
    (.log1p, .infinity, .infinity),
    (.tan, -0.0, -0.0), (.tan, .infinity, .nan), (.asin, -0.0, -0.0), (.asin, 2, .nan),
    (.acos, 1, 0), (.acos, -2, .nan), (.atan, -0.0, -0.0),
    (.sinh, -0.0, -0.0), (.sinh, -.infinity, -.infinity), (.cosh, -.infinity, .infinity),
    (.cosh, 0, 1), (.asinh, -0.0, -0.0), (.asinh, -.infinity, -.infinity),
    (.acosh, 1, 0), (.acosh, 0.5, .nan), (.acosh, .infinity, .infinity),
    (.atanh, -0.0, -0.0), (.atanh, 1, .infinity), (.atanh, -1, -.infinity), (.atanh, 2, .nan),
    (.erf, -0.0, -0.0), (.erf, .infinity, 1), (.erf, -.infinity, -1),
  ]

  @Test("follow Annex F", arguments: Level.available)
  func annexF(level: Level) {
    for (function, x, expected) in Self.rows {
      let single = function([Float(x)], at: level)[0]
      let double = function([x], at: level)[0]
      #expect(Self.same(Double(single), expected), "\(function)(\(x)) = \(single) in Float")
      #expect(Self.same(double, expected), "\(function)(\(x)) = \(double) in Double")
    }
  }

  @Test("NaN gives NaN", arguments: VectorFunction.allCases, Level.available)
  func notANumber(function: VectorFunction, level: Level) {
    #expect(function([Float.nan], at: level)[0].isNaN)
    #expect(function([Double.nan], at: level)[0].isNaN)
  }

  @Test("odd functions of subnormals are the subnormals", arguments: Level.available)
  func subnormals(level: Level) {
    let x = [Float.leastNonzeroMagnitude, -0x1.8p-140, Float.leastNormalMagnitude.nextDown]
    let wide = [Double.leastNonzeroMagnitude, -0x1.8p-1060, Double.leastNormalMagnitude.nextDown]
    for function in [VectorFunction.tanh, .sin, .tan, .expm1, .log1p, .asin, .atan, .sinh, .asinh] {
      #expect(function(x, at: level) == x)
      #expect(function(wide, at: level) == wide)
    }
  }

  @Test("exp crosses the subnormals to zero", arguments: Level.available)
  func gradualUnderflow(level: Level) {
    // exp(-744.44) = 4.9e-324·0.999…: the last nonzero double; exp(-745.2) is below half of it.
    #expect(VectorFunction.exp([-744.44, -745.2], at: level) == [0x1p-1074, 0])
    // The same for Float: ln(2⁻¹⁴⁹) = -103.28, ln(2⁻¹⁵⁰) = -103.97.
    let single: [Float] = [-103.28, -103.98]
    #expect(VectorFunction.exp(single, at: level) == [Float.leastNonzeroMagnitude, 0])
  }

  @Test("a special lane leaves its neighbours' bits alone", arguments: Level.available)
  func neighbours(level: Level) {
    let ordinary = (0..<64).map { 0.37 + 0.61 * Double($0) }
    let intruders: [Double] = [.nan, .infinity, -.infinity, 0, -1, 1e30, 1e300, 0x1p-1074]
    for function in VectorFunction.allCases {
      let single = ordinary.map(Float.init)
      let expected = function(ordinary, at: level)
      let expectedSingle = function(single, at: level)
      for (offset, intruder) in intruders.enumerated() {
        var x = ordinary
        var s = single
        for i in stride(from: offset, to: x.count, by: 5) {
          x[i] = intruder
          s[i] = Float(intruder)
        }
        let y = function(x, at: level)
        let t = function(s, at: level)
        for i in x.indices where (i - offset) % 5 != 0 || i < offset {
          #expect(y[i].bitPattern == expected[i].bitPattern)
          #expect(t[i].bitPattern == expectedSingle[i].bitPattern)
        }
      }
    }
  }

  /// Equality that tells the zeros apart and takes NaN for NaN.
  private static func same(_ x: Double, _ y: Double) -> Bool {
    x.isNaN ? y.isNaN : x == y && x.sign == y.sign
  }
}

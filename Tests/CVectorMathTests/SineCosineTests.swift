import CVectorMath
import Testing

@Suite("Sine and cosine at once")
struct SineCosineTests {
  @Test("have the bits of sin and cos", arguments: Level.available)
  func bits(level: Level) throws {
    let table = try #require(limbeck_functions_f64_at(level.rawValue)).pointee
    let tableOfFloats = try #require(limbeck_functions_f32_at(level.rawValue)).pointee
    for sweep in Sweep.allCases {
      // Not a multiple of any vector, so the last elements go through the padded copy.
      let x = sweep.arguments(count: 1003, seed: 2)
      var sine = x
      var cosine = x
      table.sincos(x, &sine, &cosine, x.count)
      #expect(sine.elementsEqual(VectorFunction.sin(x, at: level), by: Self.same))
      #expect(cosine.elementsEqual(VectorFunction.cos(x, at: level), by: Self.same))

      let single = x.map(Float.init)
      var singleSine = single
      var singleCosine = single
      tableOfFloats.sincos(single, &singleSine, &singleCosine, single.count)
      #expect(singleSine.elementsEqual(VectorFunction.sin(single, at: level), by: Self.same))
      #expect(singleCosine.elementsEqual(VectorFunction.cos(single, at: level), by: Self.same))
    }
  }

  /// Equality that tells the zeros apart and takes NaN for NaN.
  private static func same<Scalar: BinaryFloatingPoint>(_ x: Scalar, _ y: Scalar) -> Bool {
    x == y && x.sign == y.sign || x.isNaN && y.isNaN
  }
}

import CVectorMath
import Testing

@Suite("Sums for the least-squares line")
struct MomentTests {
  @Test("moments against two plain passes", arguments: Level.available)
  func moments(level: Level) {
    check(Float.self, level: level)
    check(Double.self, level: level)
  }

  @Test("a nearly constant column keeps its digits", arguments: Level.available)
  func nearlyConstant(level: Level) {
    // Steps of one ulp of 1e6 in Float: their squares would vanish beside 10¹².
    let x = (0..<1000).map { Float(1e6) + Float($0 % 5) * Float(1e6).ulp }
    let y = (0..<1000).map { Float($0 % 5) }
    let found = Float.moments(x, y, level: level)
    // Every value is a small multiple of a power of two, so the sums are exact: 200·(4+1+0+1+4).
    let unit = Double(Float(1e6).ulp)
    #expect(found.syy == 2000)
    #expect(found.sxy == 2000 * unit)
    #expect(found.sxx == 2000 * unit * unit)
    #expect(
      Float.lineResidual(
        x, y, intercept: found.mean_y - found.mean_x / unit, slope: 1 / unit, level: level) == 0)
  }

  @Test("one row and none", arguments: Level.available)
  func degenerate(level: Level) {
    let one = Double.moments([3], [-2], level: level)
    #expect([one.mean_x, one.mean_y, one.sxx, one.sxy, one.syy] == [3, -2, 0, 0, 0])
    let none = Double.moments([], [], level: level)
    #expect([none.mean_x, none.mean_y, none.sxx, none.sxy, none.syy] == [0, 0, 0, 0, 0])
    #expect(Double.lineResidual([], [], intercept: 1, slope: 1, level: level) == 0)
  }

  private func check<Scalar: ExpressionKernels>(_: Scalar.Type, level: Level) {
    var random = SplitMix(seed: 3)
    for rows in Array(1...70) + [511, 512, 1000] {
      let x = (0..<rows).map { _ in Scalar(random.uniform(1, 3)) }
      let y = (0..<rows).map { _ in Scalar(random.uniform(-2, 5)) }
      let n = Double(rows)
      let meanX = x.reduce(0) { $0 + Double($1) } / n
      let meanY = y.reduce(0) { $0 + Double($1) } / n
      var plain = limbeck_moments(mean_x: meanX, mean_y: meanY, sxx: 0, sxy: 0, syy: 0)
      var residual = 0.0
      for (x, y) in zip(x, y) {
        let dx = Double(x) - meanX
        let dy = Double(y) - meanY
        plain.sxx += dx * dx
        plain.sxy += dx * dy
        plain.syy += dy * dy
        let r = Double(y) - 0.5 - 1.25 * Double(x)
        residual += r * r
      }
      let found = Scalar.moments(x, y, level: level)
      // A thousand terms of size 10 in double: rounding stays below 10⁻¹¹.
      let tolerance = 1e-11 * n
      #expect(abs(found.mean_x - plain.mean_x) < tolerance)
      #expect(abs(found.mean_y - plain.mean_y) < tolerance)
      #expect(abs(found.sxx - plain.sxx) < tolerance)
      #expect(abs(found.sxy - plain.sxy) < tolerance)
      #expect(abs(found.syy - plain.syy) < tolerance)
      let line = Scalar.lineResidual(x, y, intercept: 0.5, slope: 1.25, level: level)
      #expect(abs(line - residual) < tolerance)
    }
  }
}

import Testing

@Suite("Vector functions against mpmath")
struct HighPrecisionTableTests {
  @Test("double precision", arguments: Level.available)
  func double(level: Level) {
    for row in HighPrecisionTable.rows {
      let y = row.function([row.argument], at: level)[0]
      // The difference of neighbouring doubles is exact, so `low` joins without loss.
      let error = abs((y - row.high) - row.low) / row.high.ulp
      #expect(
        error <= row.function.doubleBound(at: level),
        "\(row.function)(\(row.argument)) = \(y): \(error) ulp")
    }
  }

  @Test("single precision where the argument is a float", arguments: Level.available)
  func single(level: Level) {
    var compared = 0
    for row in HighPrecisionTable.rows where Double(Float(row.argument)) == row.argument {
      let y = row.function([Float(row.argument)], at: level)[0]
      let error = ulpError(y, exact: row.high)
      #expect(
        error <= row.function.floatBound(at: level),
        "\(row.function)(\(row.argument)) = \(y): \(error) ulp")
      compared += 1
    }
    #expect(compared > 20)
  }
}

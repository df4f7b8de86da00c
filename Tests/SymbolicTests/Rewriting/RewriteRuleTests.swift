import Symbolic
import Tensors
import Testing

@Suite("Rewrite rules")
struct RewriteRuleTests {
  @Test func `both sides of every rule are equal wherever the left side is defined`() throws {
    var random = RandomStream(seed: 5)
    for line in RewriteRule.lines {
      let left = try Expression(parsing: line.left)
      let right = try Expression(parsing: line.right)
      var compared = 0
      for _ in 0..<400 {
        var point: [Symbol: Double] = [:]
        for symbol in left.symbols {
          let isPositive = line.positive.contains(symbol)
          point[symbol] = isPositive ? random.uniform(0.1, 3) : random.uniform(-1.5, 1.5)
        }
        let expected = left.evaluate(point)
        guard expected.isFinite, expected.magnitude < 1e6 else { continue }
        compared += 1
        // Some ten roundings, magnified up to a thousandfold where the left side cancels.
        let tolerance = 1e-11 * max(1, expected.magnitude * expected.magnitude)
        #expect((right.evaluate(point) - expected).magnitude < tolerance, "\(line) at \(point)")
      }
      #expect(compared > 50, "\(line) was hardly ever defined")
    }
  }
}

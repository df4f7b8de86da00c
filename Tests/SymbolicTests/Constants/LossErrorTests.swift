import Symbolic
import Tensors
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite("Standard errors by other losses")
struct LossErrorTests {
  /// Draws of a distribution, and their location fitted by a loss.
  private func fit(
    _ loss: Loss, rows: Int = 4000, _ draw: (inout RandomStream) -> Double
  ) throws -> (value: Double, error: Double, noise: Double, loss: Double) {
    var stream = RandomStream(seed: 12)
    let target = (0..<rows).map { _ in draw(&stream) }
    let table = try SearchTable(
      variables: ["x"], columns: [target.indices.map(Double.init)], targetName: "y", target: target)
    let fit = try ConstantFit(refining: Expression(1.5), to: table.measured(by: loss))
    return (fit.expression.constants[0], try #require(fit.standardErrors)[0], fit.noise, fit.loss)
  }

  /// Box and Muller's method.
  private func normal(_ stream: inout RandomStream) -> Double {
    sqrt(-2 * log(stream.uniform(1e-15, 1))) * cos(2 * .pi * stream.uniform(0, 1))
  }

  @Test func `a median of normal errors is sqrt(π/2) less certain than their mean`() throws {
    let median = try fit(.l1) { self.normal(&$0) + 2 }
    // A density from 4000 draws is known to some 5 %; the median itself lies within three errors.
    #expect(abs(median.error / (sqrt(.pi / 2) / sqrt(4000)) - 1) < 0.12)
    #expect(abs(median.value - 2) < 3 * median.error)
  }

  @Test(arguments: [0.1, 0.5, 0.8])
  func `a quantile is as certain as the density there allows`(level: Double) throws {
    let quantile = try fit(.quantile(level)) { -log($0.uniform(1e-15, 1)) }
    // An exponential law has density 1 - p at its quantile p: the error is sqrt(p / (1 - p) / n).
    let expected = sqrt(level / (1 - level) / 4000)
    // The density changes over the bandwidth, most at the edge of the law.
    #expect(abs(quantile.error / expected - 1) < 0.25)
    #expect(abs(quantile.value + log(1 - level)) < 4 * expected)
  }

  @Test func `smooth losses know the errors of their means`() throws {
    // Where residuals are small against the width, Huber's loss and log cosh are squares.
    for loss in [Loss.huber(100), .logCosh, .huber(0.5)] {
      let scale = loss == .logCosh ? 0.01 : 1
      let mean = try fit(loss) { scale * self.normal(&$0) + 2 }
      // Huber's location at half a standard deviation has the efficiency 0.79 (Huber 1964).
      let expected = scale / sqrt(4000) / (loss == .huber(0.5) ? sqrt(0.79) : 1)
      #expect(abs(mean.error / expected - 1) < 0.06, "\(loss)")
    }
  }

  @Test func `a rate of counts is as certain as Fisher says`() throws {
    let rate = try fit(.poisson) { stream in
      var (product, count) = (stream.uniform(0, 1), 0.0)
      while product > exp(-3) {
        product *= stream.uniform(0, 1)
        count += 1
      }
      return count
    }
    #expect(abs(rate.error / sqrt(3.0 / 4000) - 1) < 0.05)
  }

  @Test func `of squares all of the loss is noise`() throws {
    let mean = try fit(.l2) { self.normal(&$0) }
    #expect(mean.noise == mean.loss)
    // Of the absolute values of normal errors, half of their loss: σ² π/2 · f(0) of σ sqrt(2/π).
    let median = try fit(.l1) { self.normal(&$0) }
    #expect(abs(median.noise / median.loss - .pi / 4) < 0.1)
  }
}

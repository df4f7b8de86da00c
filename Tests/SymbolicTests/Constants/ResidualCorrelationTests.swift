import Symbolic
import Tensors
import Testing

@Suite("Correlated residuals")
struct ResidualCorrelationTests {
  @Test func `independent residuals count in full`() {
    var random = RandomStream(seed: 1)
    let residuals = (0..<2500).map { _ in random.normal() }
    let size = ResidualCorrelation.effectiveSampleSize(residuals, shape: [50, 50])
    // Each lag-one correlation has a standard deviation of 0.02 about zero, and counts if positive.
    #expect(size > 2000 && size <= 2500)
  }

  @Test func `an autoregressive series counts as theory says`() {
    var random = RandomStream(seed: 2)
    var series = [random.normal()]
    for _ in 1..<20_000 { series.append(0.8 * series[series.count - 1] + 0.6 * random.normal()) }
    let size = ResidualCorrelation.effectiveSampleSize(series, shape: [20_000])
    // N (1 − 0.8) / (1 + 0.8) = 2222; ρ is known to 0.004, which moves it by 5 %.
    #expect(abs(size - 2222) < 220)
  }

  @Test func `a smooth error is worth a single observation`() {
    let residuals = (0..<2500).map { i -> Double in Double(i / 50) + Double(i % 50) }
    #expect(ResidualCorrelation.effectiveSampleSize(residuals, shape: [50, 50]) == 1)
  }

  @Test func `perfect fits count in full`() {
    #expect(ResidualCorrelation.effectiveSampleSize([0, 0, 0, 0], shape: [2, 2]) == 4)
  }
}

import Tensors
import Testing

@Suite("Point samplers")
struct SamplingTests {
  @Test("points lie in the unit cube and repeat with the seed", arguments: PointSampler.allCases)
  func inside(sampler: PointSampler) {
    var first = RandomStream(seed: 1)
    var second = RandomStream(seed: 1)
    let points = sampler.points(count: 257, dimension: 3, random: &first)
    #expect(points.elements.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(points == sampler.points(count: 257, dimension: 3, random: &second))
    #expect(Set(points.elements).count > 5)
  }

  @Test(
    "low-discrepancy points integrate better than random ones",
    arguments: [PointSampler.sobol, .halton, .latin])
  func integrates(sampler: PointSampler) {
    func error(_ sampler: PointSampler) -> Double {
      var total = 0.0
      for seed in 0..<20 {
        var random = RandomStream(seed: UInt64(seed))
        let points = sampler.points(count: 1024, dimension: 2, random: &random)
        let mean = Statistics.sum((0..<1024).map { points[$0, 0] + points[$0, 1] }) / 1024
        total += (mean - 1) * (mean - 1)
      }
      return (total / 20).squareRoot()
    }
    // The integrand is additive, where all three converge at order 1 or better; random points have
    // a standard error of 0.0128.
    #expect(error(sampler) < 0.2 * error(.uniform))
  }

  @Test func `a Latin hypercube fills each slice of each axis once`() {
    var random = RandomStream(seed: 3)
    let points = PointSampler.latin.points(count: 40, dimension: 3, random: &random)
    for axis in 0..<3 {
      #expect(points.column(axis).map { Int($0 * 40) }.sorted() == Array(0..<40))
    }
  }

  @Test func `a grid of a square number of points is regular`() {
    var random = RandomStream(seed: 3)
    let points = PointSampler.grid.points(count: 9, dimension: 2, random: &random)
    #expect(Set(points.column(0)).count == 3 && Set(points.column(1)).count == 3)
    #expect(Set((0..<9).map { points.row($0) }).count == 9)
  }
}

import Tensors
import Testing

@Suite("Statistics")
struct StatisticsTests {
  @Test func `compensated sums keep what a plain sum loses`() {
    let values = [1.0, 1e100, 1.0, -1e100]
    #expect(values.reduce(0, +) == 0)
    #expect(Statistics.sum(values) == 2)
  }

  @Test func `moments of a small sample are the ones computed by hand`() throws {
    let values = [2.0, 4, 4, 4, 5, 5, 7, 9]
    #expect(Statistics.mean(values) == 5)
    #expect(Statistics.variance(values) == 4)
    #expect(Statistics.median(values) == 4.5)
    #expect(Statistics.quantile(values, 0.25) == 4)
    #expect(Statistics.quantile(values, 1) == 9)
    #expect(Statistics.rootMeanSquare([3, 4]) == 12.5.squareRoot())
    #expect(Statistics.relativeL2([1, 1], reference: [1, 0]) == 1)
  }

  @Test func `what is not defined is nil, not zero`() {
    #expect(Statistics.mean([]) == nil)
    #expect(Statistics.median([]) == nil)
    #expect(Statistics.relativeL2([1], reference: [0]) == nil)
  }
}

@Suite("Parallel loop")
struct ParallelForTests {
  @Test("every index is visited once", arguments: [1, 2, 4, 7])
  func visitsAll(threads: Int) {
    let visits = AlignedBuffer<Int>(count: 100, repeating: 0)
    parallelFor(count: 100, threads: threads) { visits.pointer[$0] += $0 + 1 }
    #expect((0..<100).allSatisfy { visits.pointer[$0] == $0 + 1 })
  }
}

import Foundation
import Testing

import Reporting

@Suite("Drawing time")
struct DrawingTimeTests {
  @Test func `a solution of 256 by 256 points beside its reference is a PNG within 150 ms`() throws
  {
    let grid = SamplingGrid(
      sides: ["x", "t"].map { .init(name: $0, lower: 0, upper: 1, count: 256) })
    let truth = zip(grid.column("x") ?? [], grid.column("t") ?? []).map { x, t in
      sin(.pi * x) * exp(-t)
    }
    let field = SampledField(
      unknown: "u", grid: grid, network: truth.map { $0 + 1e-6 * sin(40 * $0) }, reference: truth)
    let figure = ComparisonFigure([field], with: .reference)
    var best = Double.infinity
    for _ in 0..<5 {
      let start = Self.processorSeconds
      _ = try figure.rendered(as: .png)
      best = min(best, Self.processorSeconds - start)
    }
    // In debug builds the pixels take several times as long.
    #if !DEBUG
      #expect(best < 0.15)
    #endif
  }

  /// What this thread has used; other tests run beside it.
  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
}

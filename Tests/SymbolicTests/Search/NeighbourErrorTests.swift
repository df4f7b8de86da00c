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

@Suite("Errors of the nearest neighbour")
struct NeighbourErrorTests {
  private func columns(_ count: Int, rows: Int, seed: UInt64) -> [[Double]] {
    var stream = RandomStream(seed: seed)
    return (0..<count).map { _ in (0..<rows).map { _ in stream.uniform(0, 3) } }
  }

  @Test("ranks")
  func ranks() {
    #expect(NeighbourError.ranks([5, -1, 5, 2, 0]) == [0.75, 0, 1, 0.5, 0.25])
  }

  @Test("neighbours are those of all coordinates at unit variance")
  func neighbours() {
    // By hand: rows 0-1 and 2-3 are nearest in (x, y) once y, a thousand times wider, is scaled down.
    let x: [Double] = [0, 0.1, 3, 3.1]
    let y: [Double] = [0, 1000, 100, 900]
    let ranks = [0, 0.25, 0.5, 1]
    let error = NeighbourError([x, y.map { 0.001 * $0 }], ranks: ranks)
    #expect(error.squares == NeighbourError([x, y], ranks: ranks).squares)
    let alone = NeighbourError([x], ranks: ranks)
    #expect(alone.squares == [0.0625, 0.0625, 0.25, 0.25])
  }

  @Test("what does not depend on the coordinates is off by a sixth")
  func independent() {
    let columns = columns(3, rows: 600, seed: 3)
    let error = NeighbourError([columns[0], columns[1]], ranks: NeighbourError.ranks(columns[2]))
    // (U - V)² of two uniform numbers has mean 1/6 and variance 7/180: a standard error of 0.008, more
    // as rows share neighbours; five of them.
    #expect(abs(error.mean - 1.0 / 6) < 0.04)
  }

  @Test("the right coordinate is far better than the two it comes from, not the other way round")
  func periods() {
    // Eleven periods of sin²: no polynomial follows.
    let columns = columns(2, rows: 800, seed: 4)
    let target = zip(columns[0], columns[1]).map { a, b in
      let s = sin(6 * (a - b))
      return s * s
    }
    let surrogate = PolynomialFit(columns, target: target)
    #expect((surrogate?.heldOutRSquared ?? 0) < 0.5)
    let ranks = NeighbourError.ranks(target)
    let both = NeighbourError(columns, ranks: ranks)
    let difference = NeighbourError([zip(columns[0], columns[1]).map { $0 - $1 }], ranks: ranks)
    let sum = NeighbourError([zip(columns[0], columns[1]).map { $0 + $1 }], ranks: ranks)
    #expect(difference.mean < 0.1 * both.mean)
    #expect(difference.improvement(over: both) > 4)
    #expect(both.improvement(over: difference) < -4)
    #expect(sum.improvement(over: both) < -4)
  }
}

import Tensors
import Testing

@Suite("Random streams")
struct RandomStreamTests {
  @Test func `the generator is xoshiro256++ seeded by SplitMix64`() {
    // Computed from the published reference algorithms with Python integers, seed 1.
    var stream = RandomStream(seed: 1)
    #expect((0..<3).map { _ in stream.next() } == RandomStreamTests.reference)
  }

  private static let reference: [UInt64] = [
    0xCFC5D07F6F03C29B, 0xBF424132963FE08D, 0x19A37D5757AAF520,
  ]

  @Test func `children depend on the seed and the index alone`() {
    let fresh = RandomStream(seed: 7)
    var used = fresh
    _ = used.next()
    #expect(fresh.child(3) == used.child(3))
    #expect(fresh.child(3) != fresh.child(4))
    #expect(fresh.child(-1) != fresh.child(1))
  }

  @Test func `uniform and normal draws have the right moments`() throws {
    var stream = RandomStream(seed: 11)
    let count = 100_000
    let uniform = (0..<count).map { _ in stream.uniform() }
    let normal = (0..<count).map { _ in stream.normal() }
    // Five standard errors: 5 · 0.29 / √n for the mean, 5 · √2 / √n for the variance of normals.
    #expect(abs(try #require(Statistics.mean(uniform)) - 0.5) < 0.005)
    #expect(abs(try #require(Statistics.variance(uniform)) - 1.0 / 12) < 0.002)
    #expect(abs(try #require(Statistics.mean(normal))) < 0.016)
    #expect(abs(try #require(Statistics.variance(normal)) - 1) < 0.023)
    #expect(uniform.allSatisfy { $0 >= 0 && $0 < 1 })
  }

  @Test func `integers below a bound are all reached, evenly`() {
    var stream = RandomStream(seed: 12)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[stream.below(7)] += 1 }
    // Each count is binomial with standard deviation 93.
    for count in counts { #expect(abs(count - 10_000) < 470) }
  }

  @Test func `a permutation holds each index once`() {
    var stream = RandomStream(seed: 13)
    #expect(stream.permutation(50).sorted() == Array(0..<50))
    #expect(stream.permutation(0).isEmpty)
  }
}

import Interpretability
import Tensors
import Testing

@Suite("What neurons read")
struct NeuronReadingTests {
  @Test("a planted neuron and a planted difference are found, which untrained networks have not")
  func planted() throws {
    var random = RandomStream(seed: 3)
    let (samples, width) = (400, 6)
    func layer() -> [[Double]] {
      (0..<width).map { _ in (0..<samples).map { _ in random.normal() } }
    }
    func matrix(_ columns: [[Double]]) -> Matrix<Double> {
      Matrix(
        rows: samples, columns: width,
        elements: (0..<samples).flatMap { row in columns.map { $0[row] } })
    }
    let columns = layer()
    let untrained = (0..<3).map { _ in matrix(layer()) }
    let study = ProbeStudy(
      sites: [ProbeSite(name: "layer0", activations: matrix(columns), untrained: untrained)],
      targets: [
        ProbeTarget("one", columns[4].map { 3 * $0 + 1 }),
        ProbeTarget("slope", zip(columns[1], columns[5]).map { $0 - $1 }),
        ProbeTarget(
          "bend", (0..<samples).map { columns[0][$0] - 2 * columns[3][$0] + columns[2][$0] }),
      ])
    let readings = try NeuronReadings(study)
    func row(_ target: String, _ kind: String) throws -> NeuronReadings.Row {
      try #require(readings.rows.first { $0.target == target && $0.kind == kind })
    }
    // A linear function of one column, to rounding.
    #expect(try #require(row("one", "sparse1").r2) > 1 - 1e-12)
    #expect(try row("one", "sparse1").neurons == [4])
    #expect(Set(try row("slope", "pair").neurons) == [1, 5])
    #expect(try #require(row("slope", "pair").r2) > 1 - 1e-12)
    let bend = try row("bend", "triplet")
    #expect(bend.neurons[1] == 3 && Set(bend.neurons) == [0, 2, 3])
    // Of 400 independent samples the best of some tens of differences explains a few per cent.
    for row in readings.rows { #expect(try #require(row.untrained) < 0.15) }
    #expect(readings.rows.count == 3 * 5)
  }
}

import Foundation
import Interpretability
import Networks
import PINN
import RunStore
import Testing

@Suite("Extraction of activations")
final class ActivationExtractionTests {
  private let folder = NSTemporaryDirectory() + "limbeck-\(UUID().uuidString)"

  init() throws { try FileSystem.createDirectory(folder) }

  deinit { try? FileSystem.remove(folder) }

  private let checksum = String(repeating: "0", count: 64)

  @Test(arguments: [ActivationExtraction.Precision.single, .double])
  func `the file holds what the network says`(
    precision: ActivationExtraction.Precision
  ) throws {
    let (solution, problem) = (SampleSolution.network(), try SampleSolution.problem())
    // Several blocks of points, the last one smaller.
    let points = try SamplePoints(gridOf: problem, side: 27, threads: 2)
    #expect(points.blockCount == 5)
    let sites = try solution.sites(named: [], includingSums: true)
    var extraction = try ActivationExtraction(
      solution, problem: problem, sites: sites, points: points, threads: 2)
    extraction.precision = precision
    let path = folder + "/a.h5"
    let summary = try #require(try extraction.write(to: path, modelChecksum: checksum))

    let file = try ActivationFile(contentsOf: path)
    #expect(file.provenance.variables == ["x", "y", "t"])
    #expect(file.provenance.points == "grid 27 27 27")
    #expect(file.provenance.modelChecksum == checksum)
    #expect(file.layers == ["layer0", "layer1", "layer0.pre", "layer1.pre"])
    #expect(file.samples == 27 * 27 * 27)
    let grid = ValidationGrid(problem, side: 27).columns
    let all = 0..<file.samples
    #expect(
      try file.coordinates.doubles(rows: all) == all.flatMap { i in grid.map { $0[i] } })
    let expected = SiteActivations(solution, sites: sites, threads: 1).values(at: grid)
    for (site, values) in zip(sites, expected) {
      let stored = try file.layer(site.name).doubles(rows: all)
      #expect(stored == (precision == .double ? values : values.map { Double(Float($0)) }))
    }
    let fields = try FieldValues(problem, threads: 1)
    #expect(file.fields == fields.fields.map(\.name))
    for (name, values) in zip(file.fields, fields.values(of: solution, at: grid)) {
      #expect(try file.field(name) == values, "\(name)")
    }
    // The exact solution is undefined where x = 0.
    let exact = try file.exactField("u")
    #expect(exact.count { $0.isNaN } == 27 * 27)
    let index = try #require(summary.arrays.firstIndex { $0.content == .exactField })
    #expect(summary.undefinedCount(of: index) == 27 * 27)
    let distance = try #require(summary.arrays.firstIndex { $0.name == "boundary_distance" })
    let mean =
      try file.field("boundary_distance").map { $0 * $0 }.reduce(0, +) / Double(file.samples)
    // Twenty thousand roundings, in another order.
    #expect(abs((summary.rms(of: distance) ?? 0) - mean.squareRoot()) < 1e-12)
  }

  @Test func `points of a grid are those in the domain, in its order`() throws {
    let problem = try Recipe(
      parsing: """
        problem:
          variables: {x: [-1, 1], y: [-1, 1]}
          domain: {d: {disc: {center: {x: 0, y: 0}, radius: 0.7}}}
          unknowns: [u]
          equations: ["u_xx + u_yy"]
          conditions: [{at: boundary, equation: u}]
        """
    ).problem
    let points = try SamplePoints(gridOf: problem, side: 300, threads: 2)
    let blocks = (0..<points.blockCount).map { points.block($0) }
    let grid = ValidationGrid(problem, side: 300).columns
    #expect(points.count == grid[0].count)
    for axis in 0..<2 { #expect(blocks.flatMap { $0[axis] } == grid[axis]) }
    for (index, block) in blocks.enumerated() {
      #expect(points.rows(ofBlock: index).count == block[0].count)
    }
    let none = #expect(throws: ExtractionError.self) {
      try SamplePoints(gridOf: problem, side: 2, threads: 1)
    }
    #expect(none == .noPoints(side: 2))
    let many = #expect(throws: ExtractionError.self) {
      try SamplePoints(gridOf: problem, side: 1 << 40, threads: 1)
    }
    #expect(many == .tooManyPoints(side: 1 << 40, dimension: 2))
  }

  @Test func `points of a table are taken as they are`() throws {
    let problem = try SampleSolution.problem()
    let table = Table(
      names: ["t", "extra", "x", "y"], columns: [[0, 1, 3], [9, 9, 9], [0.5, 1, 0], [0, 0, 0]])
    let points = try SamplePoints(table, path: "p.csv", in: problem)
    #expect(points.count == 3 && points.blockCount == 1)
    #expect(points.block(0) == [[0.5, 1, 0], [0, 0, 0], [0, 1, 3]])
    #expect(points.outsideCount == 1)
    let error = #expect(throws: EvaluationError.self) {
      try SamplePoints(Table(names: ["x"], columns: [[1]]), path: "p.csv", in: problem)
    }
    #expect(error?.description.contains("'y'") ?? false)
  }

  @Test func `an extraction that is stopped leaves nothing`() throws {
    let problem = try SampleSolution.problem()
    let solution = SampleSolution.network()
    let extraction = try ActivationExtraction(
      solution, problem: problem, sites: solution.network.sites,
      points: try SamplePoints(gridOf: problem, side: 30, threads: 1), threads: 1)
    var done: [Int] = []
    let summary = try extraction.write(to: folder + "/a.h5", modelChecksum: checksum) {
      done.append($0)
      return true
    }
    #expect(summary == nil)
    #expect(done == [1 << 12])
    #expect(try FileSystem.entries(of: folder) == [])
  }
}

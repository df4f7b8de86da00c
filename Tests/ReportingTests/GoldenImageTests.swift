import Foundation
import Testing

import Reporting

/// Each figure as it was when a person last looked at it.
///
/// After a change on purpose: `LIMBECK_UPDATE_GOLDEN=1 swift test --filter GoldenImageTests`, and
/// look at every picture that changed.
@Suite("Figures look as they did")
struct GoldenImageTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("Golden")

  private static func figures() throws -> [(name: String, figure: any Figure)] {
    let (map, curve) = (Samples.map, Samples.curve)
    let fields = ["u", "u_x", "u_t", "u_xx", "x"]
    let waves = (0..<7).map { (row: Int) -> [Double] in
      (0..<5).map { (column: Int) -> Double in sin(Double(3 * row + 7 * column)) }
    }
    let nines = (0..<5).map { (row: Int) -> [Double] in
      (0..<4).map { (column: Int) -> Double in
        column == 3 ? -0.1 : 1 - pow(10, -Double(row + column))
      }
    }
    let densities = (0..<256).map { (index: Int) -> Double in
      index % 32 == 0 ? 0 : 1 / Double(1 + index)
    }
    let neurons = (0..<5).map { index in
      MapGridFigure.Map(
        title: "neuron \(index)", equation: "tanh(\(index)*x - t)",
        values: zip(Samples.grid.column("x") ?? [], Samples.grid.column("t") ?? []).map {
          (x: Double, t: Double) -> Double in tanh(Double(index) * x - t)
        })
    }
    return [
      ("history", TrainingHistoryFigure(try TrainingHistory(parsing: Samples.history, path: "h"))),
      ("front", EquationFrontFigure(try EquationFront(parsing: Samples.front, path: "f"))),
      ("solution", ComparisonFigure([map], with: .reference)),
      ("curves", ComparisonFigure([curve], with: .equation)),
      ("sections", SectionsFigure([map])),
      ("agreement", AgreementFigure([map])),
      (
        "correlation",
        HeatMapFigure(
          title: "feature × field correlation", rows: (0..<7).map { "feature \($0)" },
          columns: fields, values: waves, coloring: .signed, hatchedBelow: 0.4)
      ),
      (
        "probes",
        HeatMapFigure(
          title: "R² on held-out rows", rows: fields,
          columns: ["layer 0", "layer 1", "layer 2", "permuted"], values: nines,
          coloring: .explained, controls: 1)
      ),
      ("density", DensityFigure(densities)),
      ("maps", MapGridFigure(neurons, on: Samples.grid, coloring: .shared)),
      ("features", MapGridFigure(neurons, on: Samples.grid, coloring: .each)),
    ]
  }

  @Test func `every figure`() throws {
    for (name, figure) in try Self.figures() {
      let drawn = try figure.rendered(as: .png, scale: 1)
      let file = Self.folder.appendingPathComponent("\(name).png")
      if ProcessInfo.processInfo.environment["LIMBECK_UPDATE_GOLDEN"] != nil {
        try Data(drawn).write(to: file)
        continue
      }
      let golden = try PixelImage(png: [UInt8](try Data(contentsOf: file)))
      let distance = try #require(try PixelImage(png: drawn).blockDistance(to: golden))
      // Other versions of cairo and FreeType darken the edges of letters by some levels of 255; a
      // label that is gone or elsewhere changes its blocks by fifty and more.
      #expect(distance < 24, "\(name) changed")
    }
  }

  @Test func `a changed picture is noticed`() throws {
    let history = try TrainingHistory(parsing: Samples.history, path: "h")
    let figure = TrainingHistoryFigure(history)
    let light = try PixelImage(png: try figure.rendered(as: .png, scale: 1))
    let dark = try PixelImage(png: try figure.rendered(as: .png, theme: .dark, scale: 1))
    #expect(try #require(light.blockDistance(to: dark)) > 24)
    let other = TrainingHistoryFigure(
      try TrainingHistory(parsing: Samples.history.dropLastLines(20), path: "h"))
    let shorter = try PixelImage(png: try other.rendered(as: .png, scale: 1))
    #expect(try #require(light.blockDistance(to: shorter)) > 24)
  }
}

extension [UInt8] {
  fileprivate func dropLastLines(_ count: Int) -> [UInt8] {
    let lines = split(separator: UInt8(ascii: "\n")).dropLast(count)
    return Array(lines.joined(separator: [UInt8(ascii: "\n")])) + [UInt8(ascii: "\n")]
  }
}

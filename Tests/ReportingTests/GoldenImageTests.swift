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
    let features = try Samples.features()
    let densities = (0..<256).map { (index: Int) -> Double in
      index % 32 == 0 ? 0 : 1 / Double(1 + index)
    }
    let line = FieldMaps(
      "activations of layer0", on: Samples.line,
      [FieldMaps.Map(title: "neuron 0", values: curve.network)])
    let cosines = features.live.map {
      (name: "\($0.index)", vector: features.directions?[$0.index] ?? [])
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
          correlations: try #require(features.correlations), of: "layer1", outOf: 5)
      ),
      ("inputs", HeatMapFigure(Samples.inputs, of: "layer0")),
      ("cosines", HeatMapFigure(cosinesOf: cosines, of: "layer1")),
      ("probes", HeatMapFigure(try ProbeResults(parsing: Samples.probes, path: "p"))),
      ("density", DensityFigure(densities, of: "layer1")),
      ("activations", MapGridFigure(Samples.neurons, coloring: .shared)),
      (
        "ablation",
        StackedFigure([
          MapGridFigure(Samples.ablations, coloring: .each), MapGridFigure(line, coloring: .each),
        ])
      ),
      ("lines", MapGridFigure(line, coloring: .shared)),
      ("unknowns", ComparisonFigure([map, Samples.second], with: .reference)),
      ("features", FeatureFigure(features, try #require(features.maps))),
      ("superposition", DirectionsFigure([Samples.pentagon, Samples.pentagon])),
      ("spectrum", SpectrumFigure(Samples.spectra)),
      ("learning", SpectrumHistoryFigure(Samples.spectrumHistory)),
      ("kernel", KernelSpectrumFigure(Samples.kernels)),
      ("circuit", CircuitFigure(Samples.circuit)),
      ("attention", AttentionFigure(Samples.attention)),
      ("panels", Samples.panels),
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

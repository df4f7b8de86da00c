import Foundation
import Testing

@Suite("Figures and reports")
struct ReportTests {
  /// A run with a network and equations.
  private static func finishedRun() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write(HeatRecipe.text, to: "r.yaml")
    // Whatever is found in so little time: pages and figures are made all the same.
    _ = try scratch.limbeck("run", "r.yaml", "--out", "run", "--quiet")
    try #require(scratch.contains("run/equations.json"))
    return scratch
  }

  @Test func `a finished run has a page and all figures`() throws {
    let scratch = try Self.finishedRun()
    let report = try scratch.limbeck("report", "run")
    #expect(report.status == 0 && report.errors.isEmpty)
    #expect(report.output == "run/report.html\n")
    let page = String(decoding: try scratch.read("run/report.html"), as: UTF8.self)
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
    #expect(page.contains("<math><mrow><mrow><msub><mi>u</mi><mi>t</mi></msub><mo>−</mo>"))
    #expect(page.contains("x = 1") && page.contains("seed: 1"))

    let plot = try scratch.limbeck("plot", "run", "--json")
    #expect(plot.status == 0)
    let figures = try #require(plot.json()["figures"] as? [String: String])
    #expect(
      Set(figures.keys).isSuperset(of: [
        "history", "solution", "sections", "agreement", "front", "activations", "ablation",
        "spectrum",
      ]))
    for path in figures.values { #expect(scratch.contains(path)) }
    let features = try scratch.limbeck("plot", "run", "features")
    #expect(features.status == 66 && features.errors.contains("'limbeck sae run --label'"))
    // The page and the figures are on the run's list.
    let manifest = String(decoding: try scratch.read("run/manifest.json"), as: UTF8.self)
    #expect(manifest.contains("\"report.html\"") && manifest.contains("figures/history.svg"))
  }

  @Test func `a figure goes where it is told, in the format of its name`() throws {
    let scratch = try Self.finishedRun()
    let before = try scratch.files(below: "run")
    let png = try scratch.limbeck("plot", "run", "history", "--out", "h.png", "--scale", "1")
    #expect(png.status == 0 && png.output == "history  h.png\n")
    #expect(try scratch.read("h.png").starts(with: [0x89, 0x50, 0x4E, 0x47]))
    #expect(
      try scratch.limbeck("plot", "run", "front", "--out", "f", "--format", "pdf").status == 0)
    #expect(try scratch.read("f/front.pdf").starts(with: Data("%PDF".utf8)))
    let again = try scratch.limbeck("plot", "run", "history", "--out", "h.png")
    #expect(again.status == 74 && again.errors.contains("--force"))
    #expect(try scratch.files(below: "run") == before)
  }

  @Test func `an incomplete run says what is missing`() throws {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(
      at: scratch.url.appendingPathComponent("run"), withIntermediateDirectories: true)
    try scratch.write(HeatRecipe.text, to: "run/recipe.yaml")
    let plot = try scratch.limbeck("plot", "run", "history")
    #expect(plot.status == 66)
    #expect(
      plot.errors
        == "error: run: there is nothing to draw as 'history': the run holds no history.csv; "
        + "'limbeck train RECIPE --out run' writes one\n")
    let report = try scratch.limbeck("report", "run")
    #expect(report.status == 0)
    let page = String(decoding: try scratch.read("run/report.html"), as: UTF8.self)
    #expect(page.contains("What is missing") && page.contains("limbeck distill run"))
  }

  @Test(arguments: [
    (["report", "nowhere"], 66), (["plot", "nowhere"], 66), (["report", "r.yaml"], 65),
    (["plot", "run", "histroy"], 64), (["plot", "run", "--scale", "0"], 64),
  ])
  func `bad input has the code of its kind`(arguments: [String], code: Int) throws {
    let scratch = try Scratch()
    try scratch.write(HeatRecipe.text, to: "r.yaml")
    let outcome = try CommandLineTool.run(arguments, in: scratch.url)
    #expect(outcome.status == code)
    #expect(outcome.errors.hasPrefix("error: ") && outcome.output.isEmpty)
  }
}

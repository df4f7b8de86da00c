import Testing

import Reporting

@Suite("Curves of any origin")
struct CurvesFigureTests {
  private static let x = (0...50).map { Double($0) / 10 }

  private func panel(
    _ name: String, over side: String = "t", _ y: [Double], isLogarithmic: Bool = false
  ) -> CurvesFigure.Panel {
    CurvesFigure.Panel(
      horizontal: .init(MathText(side)),
      vertical: .init(MathText(name), isLogarithmic: isLogarithmic),
      [
        .init(MathText(name), x: Self.x, y: y),
        .init("measured", x: Self.x, y: y.map { 1.5 * $0 }, style: .dots),
      ])
  }

  private func image(_ figure: CurvesFigure) throws -> PixelImage {
    try PixelImage(png: try figure.rendered(as: .png, scale: 1))
  }

  /// The columns in which a colour of the palette is seen, at least so many pixels of it.
  private func columns(of index: Int, in image: PixelImage, rows: Range<Int>) -> [Int] {
    let color = Theme.light.palette[index].hex
    return (0..<image.width).filter { x in rows.contains { image.pixel(x, $0) == color } }
  }

  @Test func `each plot adds to the height, and the summary names what is drawn`() {
    let one = CurvesFigure("one", [panel("V", Self.x)])
    let two = CurvesFigure("two", [panel("V", Self.x), panel("m", Self.x)])
    #expect(two.size.width == one.size.width && two.size.height > 1.5 * one.size.height)
    #expect(two.summary == "two: V, measured; m, measured")
  }

  @Test func `frames over the same quantity are in line`() throws {
    // The wider numbers of the second plot move both frames.
    let figure = CurvesFigure(
      "gate", [panel("V", Self.x.map { 1 + $0 }), panel("m", Self.x.map { 10_000 + 1e-3 * $0 })])
    let image = try image(figure)
    let half = image.height / 2
    let above = columns(of: 0, in: image, rows: 0..<half)
    let below = columns(of: 0, in: image, rows: half..<image.height)
    // Antialiasing takes a pixel or two at the ends; the samples of the key are common to both.
    #expect(abs(try #require(above.first) - (try #require(below.first))) <= 3)
  }

  @Test func `on logarithmic axes zero interrupts a curve`() throws {
    let whole = Self.x.map { _ in 1.0 }
    let broken = Self.x.map { $0 > 2 && $0 < 3 ? 0 : 1.0 }
    let lines = try [whole, broken].map { y in
      let image = try image(
        CurvesFigure(
          "loss",
          [
            .init(
              horizontal: .init("step"), vertical: .init("loss", isLogarithmic: true),
              [.init("loss", x: Self.x, y: y)])
          ]))
      return columns(of: 0, in: image, rows: 0..<image.height).count
    }
    // A fifth of the line, about, is missing.
    #expect(lines[1] < lines[0] - lines[0] / 8 && lines[1] > lines[0] / 2)
  }

  @Test func `inputs of neurons and features stand side by side`() throws {
    let inputs = InputCorrelations(
      neurons: NamedTable(
        rows: ["0", "1"], columns: ["T", "RH"], values: [[0.9, 0.1], [-0.5, 0.6]]),
      features: NamedTable(
        rows: ["0", "1", "5"], columns: ["T", "RH"], values: [[1, 0], [0.2, .nan], [0, -0.7]]))
    let figure = HeatMapFigure(inputs, of: "layer0")
    #expect(figure.summary.hasSuffix(": 2 rows by 5 columns"))
    #expect(try figure.rendered(as: .svg).count > 1000)
  }
}

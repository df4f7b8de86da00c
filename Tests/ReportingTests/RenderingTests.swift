import Testing

import Reporting

@Suite("Files of figures")
struct RenderingTests {
  private let figure = ComparisonFigure([Samples.map], with: .reference)

  @Test(arguments: ImageFormat.allCases)
  func `the same figure gives the same bytes`(format: ImageFormat) throws {
    let first = try figure.rendered(as: format)
    // Something else in between, which cairo counts.
    _ = try AgreementFigure([Samples.map]).rendered(as: .svg)
    #expect(try figure.rendered(as: format) == first)
  }

  @Test(arguments: [
    (ImageFormat.png, [0x89, 0x50, 0x4E, 0x47] as [UInt8]), (.pdf, Array("%PDF-1".utf8)),
    (.svg, Array("<?xml".utf8)),
  ])
  func `files are what their name says`(format: ImageFormat, start: [UInt8]) throws {
    #expect(try figure.rendered(as: format).starts(with: start))
  }

  @Test func `pixels follow the scale`() throws {
    for scale in [1.0, 1.5, 2.0] {
      let image = try PixelImage(png: try figure.rendered(as: .png, scale: scale))
      #expect(image.width == Int((figure.size.width * scale).rounded(.up)))
      #expect(image.height == Int((figure.size.height * scale).rounded(.up)))
    }
  }

  @Test func `a picture that is too large is an error`() {
    #expect {
      try figure.rendered(as: .png, scale: 1000)
    } throws: { error in
      "\(error)".hasPrefix("the figure cannot be drawn: ") && "\(error)".contains("--scale")
    }
  }

  @Test(arguments: Theme.allCases)
  func `fields without numbers have a colour of their own`(theme: Theme) throws {
    let holes = Samples.map.network.count { $0.isNaN }
    let image = try PixelImage(png: try figure.rendered(as: .png, theme: theme, scale: 1))
    var count = 0
    for y in 0..<image.height {
      for x in 0..<image.width where image.pixel(x, y) == theme.undefined.hex { count += 1 }
    }
    // A map is about 230 pixels a side for 40 by 30 cells, so a cell has 40 pixels and more; the
    // network's map and that of the difference have the holes.
    #expect(holes > 0 && count > 2 * 40 * holes)
    let whole = try PixelImage(
      png: try ComparisonFigure([Samples.curve], with: .reference).rendered(as: .png, scale: 1))
    let isFree = (0..<whole.height).allSatisfy { row in
      whole.pixel(whole.width / 2, row) != theme.undefined.hex
    }
    #expect(isFree)
  }

  @Test func `names in an SVG are numbered anew`() {
    let text = ##"<g id="surface41"/><use xlink:href="#surface41"/><p clip-path="url(#clip9)"/>"##
    #expect(
      String(decoding: SVGIdentifiers.normalize(Array(text.utf8)), as: UTF8.self)
        == ##"<g id="i0"/><use xlink:href="#i0"/><p clip-path="url(#i1)"/>"##)
  }

  @Test(arguments: [
    (#"<use x="742.123456" y="-0.001"/>"#, #"<use x="742.12" y="0"/>"#),
    (
      #"<path d="M 0.5 -7.046875 L 5.509 1 C 1.995 2 Z "/>"#,
      #"<path d="M 0.5 -7.05 L 5.51 1 C 2 2 Z "/>"#
    ),
    (
      #"<g style="fill:rgb(10.588235%,12.156863%,14.117647%);fill-opacity:1;">"#,
      ##"<g style="fill:#1b1f24;">"##
    ),
    (
      #"<g transform="matrix(0.703125,0,0,0.5,1.23456,2)">"#,
      #"<g transform="matrix(0.703125,0,0,0.5,1.23456,2)">"#
    ),
    // Cairo gives small numbers more decimals than six: they are one number all the same.
    (#"<path d="M 4.46 -0.00390625 L 0.0078125 3 "/>"#, #"<path d="M 4.46 0 L 0.01 3 "/>"#),
    (#"fill:rgb(1,2,3)"#, #"fill:rgb(1,2,3)"#),
    (#"<path d="M 1"#, #"<path d="M 1"#),
  ])
  func `coordinates in an SVG have two decimals and colours no percents`(
    text: String, shorter: String
  ) {
    #expect(
      String(decoding: SVGShortening.shortened(Array(text.utf8)), as: UTF8.self) == shorter)
  }

  @Test func `drawings on a page share their letters`() {
    let drawing = { (name: String, outline: String) in
      ##"<symbol overflow="visible" id="\##(name)"><path d="\##(outline)"/></symbol>"##
        + ##"<use xlink:href="#\##(name)" x="1"/><use xlink:href="#other"/>"##
    }
    let page = drawing("l0", "M 1") + drawing("d0", "M 1") + drawing("d1", "M 2")
    let (symbols, markup) = SVGLetters.shared(Array(page.utf8))
    #expect(
      String(decoding: symbols, as: UTF8.self)
        == #"<symbol overflow="visible" id="g0"><path d="M 1"/></symbol>"#
        + #"<symbol overflow="visible" id="g1"><path d="M 2"/></symbol>"#)
    #expect(
      String(decoding: markup, as: UTF8.self)
        == ["g0", "g0", "g1"].map {
          ##"<use xlink:href="#\##($0)" x="1"/><use xlink:href="#other"/>"##
        }.joined())
  }

  @Test func `cells become squares, rows from bottom to top`() {
    let picture = Picture(cells: [1, 2, 3, 4], columns: 2, atLeast: 4) { UInt32($0) }
    #expect(
      picture.pixels == [3, 3, 4, 4, 3, 3, 4, 4, 1, 1, 2, 2, 1, 1, 2, 2])
  }

  @Test func `samples at unequal distances keep their places`() throws {
    // Ones below 0.1, zeros above; three of the five samples are in the first tenth.
    let grid = SamplingGrid(sides: [
      .init(name: "x", coordinates: [0, 0.05, 0.1, 0.55, 1]),
      .init(name: "y", lower: 0, upper: 1, count: 2),
    ])
    let ones = zip(grid.column("x") ?? [], grid.column("y") ?? []).map { x, _ in
      x < 0.2 ? 1.0 : 0
    }
    let field = SampledField(unknown: "u", grid: grid, network: ones, reference: ones)
    let image = try PixelImage(
      png: try ComparisonFigure([field], with: .reference).rendered(as: .png, scale: 1))
    let high = ColorMap.sequential[1].hex
    let row = image.height / 2
    let first = try #require((0..<image.width).first { image.pixel($0, row) == high })
    let end = try #require((first..<image.width).first { image.pixel($0, row) != high })
    let low = try #require(
      (end..<image.width).first {
        image.pixel($0, row) != ColorMap.sequential[0].hex
      })
    // The border lies half way between the samples at 0.1 and 0.55; cells are 1/512 wide, pixels
    // more than ten of them.
    #expect(abs(Double(end - first) / Double(low - first) - 0.325) < 0.02)
  }
}

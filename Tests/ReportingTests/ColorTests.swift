import Testing

import Reporting

@Suite("Colours")
struct ColorTests {
  @Test(arguments: [ColorMap.sequential, .glowing])
  func `lightness rises by equal steps`(map: ColorMap) {
    let lightness = map.colors.map { OKLab($0).lightness }
    let step = (lightness[255] - lightness[0]) / 255
    #expect(step > 0.6 / 255)
    for (lower, upper) in zip(lightness, lightness.dropFirst()) {
      // Clipping to the screen's colours moves the lightness by less than a fifth of a step.
      #expect(abs(upper - lower - step) < 0.2 * step)
    }
  }

  @Test func `both arms of the diverging map are equally dark`() {
    let colors = ColorMap.diverging.colors
    for index in 0..<128 {
      let (below, above) = (OKLab(colors[index]), OKLab(colors[255 - index]))
      // As above: the gamut's edge.
      #expect(abs(below.lightness - above.lightness) < 1e-3)
      #expect(below.b < above.b, "blue below, red above")
    }
    #expect(OKLab(colors[127]).lightness > 0.96)
  }

  @Test(arguments: Theme.allCases)
  func `lines can be told apart from each other and the background`(theme: Theme) {
    let colors = theme.palette + [theme.background]
    for (index, color) in colors.enumerated() {
      for other in colors[..<index] {
        let (left, right) = (OKLab(color), OKLab(other))
        let distance =
          ((left.lightness - right.lightness) * (left.lightness - right.lightness)
          + (left.a - right.a) * (left.a - right.a) + (left.b - right.b) * (left.b - right.b))
          .squareRoot()
        // A difference of 0.02 is just visible; the two blues of the palette are the closest pair.
        #expect(distance > 0.1)
      }
    }
  }

  @Test func `OKLab has its author's values`() {
    // B. Ottosson's own conversion of the sRGB primaries, to the digits that he prints.
    let red = OKLab(Color(hex: 0xFF0000))
    #expect(abs(red.lightness - 0.628) < 5e-4 && abs(red.a - 0.225) < 5e-4)
    #expect(abs(red.b - 0.126) < 5e-4)
    let white = OKLab(Color(hex: 0xFFFFFF))
    // The matrices are published with ten digits.
    #expect(abs(white.lightness - 1) < 1e-6 && abs(white.a) < 1e-6 && abs(white.b) < 1e-6)
  }

  @Test func `colours come back from OKLab`() {
    for hex: UInt32 in [0x000000, 0x123456, 0x0072B2, 0xD55E00, 0xFFFFFF] {
      #expect(OKLab(Color(hex: hex)).color.hex == hex)
    }
    #expect(Color(hex: 0x00A0FF).css == "#00a0ff")
  }

  @Test func `what is outside a map has the colour of its end`() {
    #expect(ColorMap.sequential[-3] == ColorMap.sequential[0])
    #expect(ColorMap.sequential[.infinity] == ColorMap.sequential[1])
  }
}

/// The colours of everything that is not data.
public enum Theme: String, Sendable, CaseIterable {
  /// Dark on white, for print and bright rooms.
  case light

  /// Light on near black.
  case dark

  /// Behind everything.
  package var background: Color { Color(hex: self == .light ? 0xFFFFFF : 0x14161A) }

  /// Letters and axes.
  var ink: Color { Color(hex: self == .light ? 0x1B1F24 : 0xE6E8EB) }

  /// What should be read second.
  var muted: Color { Color(hex: self == .light ? 0x626A73 : 0x9AA3AD) }

  /// Lines across a plot.
  var grid: Color { Color(hex: self == .light ? 0xE4E7EA : 0x2A2E34) }

  /// What the figure is about.
  var accent: Color { palette[1] }

  /// Cells without a number.
  package var undefined: Color { Color(hex: self == .light ? 0xB9BEC4 : 0x565C64) }

  /// Colours of lines that readers with any colour vision tell apart.
  ///
  /// Source: M. Okabe and K. Ito, "Color Universal Design" (2008), as printed in B. Wong, "Points of
  /// view: Color blindness", https://doi.org/10.1038/nmeth.1618; without yellow, which is invisible on
  /// white, and with the blues exchanged on a dark background.
  package var palette: [Color] {
    let hues: [UInt32] =
      self == .light
      ? [0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9]
      : [0x56B4E9, 0xE8763A, 0x1FBF92, 0xDB93BA, 0xE69F00, 0x4C8FD0]
    return hues.map { Color(hex: $0) }
  }

  /// The pen of the n-th of several lines: colours first, then colours with dashes.
  func pen(_ index: Int, width: Double = 1.5) -> Pen {
    let patterns: [[Double]] = [[], [5, 2.5], [1.5, 2]]
    let pattern = patterns[index / palette.count % patterns.count]
    return Pen(palette[index % palette.count], width: width, dashes: pattern)
  }
}

/// Colours for numbers: equal steps of a number are equal steps of lightness to the eye.
///
/// All maps are curves in `OKLab` whose lightness is linear in the number, so they order values
/// for readers of any colour vision and survive a printer without colours.
public struct ColorMap: Sendable, Equatable {
  /// Colours at equal distances, the first for 0 and the last for 1.
  package let colors: [Color]

  private let pixels: [UInt32]

  private static let count = 256

  private init(_ curve: (_ fraction: Double) -> OKLab) {
    colors = (0..<Self.count).map { curve(Double($0) / Double(Self.count - 1)).color }
    pixels = colors.map(\.hex)
  }

  /// For values from low to high: dark violet over blue and green to yellow.
  public static let sequential = ColorMap { fraction in
    OKLab(
      lightness: 0.27 + 0.66 * fraction,
      chroma: 0.13 - 0.13 * fraction + 0.16 * fraction * fraction, hue: 312 - 208 * fraction)
  }

  /// For magnitudes, such as activations: near black over red to pale yellow.
  public static let glowing = ColorMap { fraction in
    OKLab(
      lightness: 0.22 + 0.74 * fraction, chroma: 0.05 + 0.5 * fraction * (1 - fraction),
      hue: 290 + 170 * fraction)
  }

  /// For values on both sides of a middle: blue below, grey at 0.5, red above.
  public static let diverging = ColorMap { fraction in
    let distance = abs(2 * fraction - 1)
    return OKLab(
      lightness: 0.97 - 0.53 * distance, chroma: 0.16 * distance,
      hue: fraction < 0.5 ? 255 : 32)
  }

  /// The colour of a fraction; those outside 0...1 get the colour of the nearer end.
  ///
  /// - Parameter fraction: Any number but NaN.
  public subscript(fraction: Double) -> Color { colors[Self.index(fraction)] }

  /// The colour of a fraction as a pixel.
  func pixel(_ fraction: Double) -> UInt32 { pixels[Self.index(fraction)] }

  private static func index(_ fraction: Double) -> Int {
    Int((min(max(fraction, 0), 1) * Double(count - 1)).rounded())
  }
}

/// An opaque colour in sRGB, each component in 0...1.
public struct Color: Hashable, Sendable {
  let red: Double
  let green: Double
  let blue: Double

  init(red: Double, green: Double, blue: Double) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// The colour that CSS writes with the same digits.
  ///
  /// - Parameter hex: `0xRRGGBB`.
  package init(hex: UInt32) {
    self.init(
      red: Double(hex >> 16 & 0xFF) / 255, green: Double(hex >> 8 & 0xFF) / 255,
      blue: Double(hex & 0xFF) / 255)
  }

  /// `0xRRGGBB`.
  package var hex: UInt32 {
    func byte(_ component: Double) -> UInt32 {
      UInt32((min(max(component, 0), 1) * 255).rounded())
    }
    return byte(red) << 16 | byte(green) << 8 | byte(blue)
  }

  /// The colour as CSS writes it: `#RRGGBB`.
  package var css: String {
    let digits = String(hex, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// The colour painted over another with an opacity in 0...1.
  func mixed(with other: Color, _ opacity: Double) -> Color {
    func mix(_ component: Double, _ below: Double) -> Double {
      opacity * component + (1 - opacity) * below
    }
    return Color(
      red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
  }

  /// Whether black letters are easier to read on the colour than white ones.
  var isBright: Bool { OKLab(self).lightness > 0.65 }
}

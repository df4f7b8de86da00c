#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A colour by lightness and two opponent axes, spaced as the eye sees differences.
///
/// Source: B. Ottosson, "A perceptual color space for image processing" (2020),
/// https://bottosson.github.io/posts/oklab/; the transfer function is that of IEC 61966-2-1.
package struct OKLab: Equatable {
  /// 0 for black, 1 for white.
  package let lightness: Double

  /// From green to red.
  package let a: Double

  /// From blue to yellow.
  package let b: Double

  init(lightness: Double, a: Double, b: Double) {
    self.lightness = lightness
    self.a = a
    self.b = b
  }

  /// The colour of a lightness, a hue in degrees and at most a chroma, less where sRGB holds no such
  /// colour.
  init(lightness: Double, chroma: Double, hue: Double) {
    let angle = hue * .pi / 180
    func color(_ chroma: Double) -> OKLab {
      OKLab(lightness: lightness, a: chroma * cos(angle), b: chroma * sin(angle))
    }
    guard !color(chroma).isDisplayable else {
      self = color(chroma)
      return
    }
    var (inside, outside) = (0.0, chroma)
    // Twenty halvings resolve less than a step of eight bits.
    for _ in 0..<20 {
      let middle = (inside + outside) / 2
      if color(middle).isDisplayable { inside = middle } else { outside = middle }
    }
    self = color(inside)
  }

  /// The colour as the eye sees it.
  package init(_ color: Color) {
    let (r, g, b) = (Self.linear(color.red), Self.linear(color.green), Self.linear(color.blue))
    let l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    let m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    let s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    self.init(
      lightness: 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      a: 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      b: 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s)
  }

  /// The colour on a screen, clipped to what it can show.
  package var color: Color {
    let (red, green, blue) = linearComponents
    return Color(
      red: Self.encoded(red), green: Self.encoded(green), blue: Self.encoded(blue))
  }

  private var isDisplayable: Bool {
    let (red, green, blue) = linearComponents
    // Rounding to eight bits hides less than half of 1/255.
    return [red, green, blue].allSatisfy { (-1e-4...1 + 1e-4).contains($0) }
  }

  private var linearComponents: (Double, Double, Double) {
    let l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b)
    let m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b)
    let s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b)
    return (
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s
    )
  }

  private func cube(_ value: Double) -> Double { value * value * value }

  private static func linear(_ component: Double) -> Double {
    component <= 0.04045 ? component / 12.92 : pow((component + 0.055) / 1.055, 2.4)
  }

  private static func encoded(_ component: Double) -> Double {
    let light = min(max(component, 0), 1)
    return light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055
  }
}

import CCairo
import Testing

/// A decoded PNG.
struct PixelImage {
  let width: Int
  let height: Int

  /// Red, green and blue of each pixel in 0...255.
  let components: [UInt8]

  init(png: [UInt8]) throws {
    let source = ByteSource(png)
    let surface = cairo_image_surface_create_from_png_stream(
      ByteSource.read, Unmanaged.passUnretained(source).toOpaque())
    defer { cairo_surface_destroy(surface) }
    try #require(cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS)
    width = Int(cairo_image_surface_get_width(surface))
    height = Int(cairo_image_surface_get_height(surface))
    let stride = Int(cairo_image_surface_get_stride(surface))
    let data = try #require(cairo_image_surface_get_data(surface))
    var components: [UInt8] = []
    for row in 0..<height {
      for column in 0..<width {
        let pixel = data + row * stride + column * 4
        components += [pixel[2], pixel[1], pixel[0]]
      }
    }
    self.components = components
  }

  /// `0xRRGGBB` at a place.
  func pixel(_ x: Int, _ y: Int) -> UInt32 {
    let place = 3 * (y * width + x)
    return components[place..<place + 3].reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The greatest difference from another picture after both are averaged over blocks of 8 by 8
  /// pixels, in 0...255; nil for another size.
  ///
  /// Versions of a font differ at the edges of its letters, which an average hardly notices; a label
  /// that moved, or a colour, it does.
  func blockDistance(to other: PixelImage) -> Double? {
    guard width == other.width, height == other.height else { return nil }
    var worst = 0.0
    for top in stride(from: 0, to: height, by: 8) {
      for left in stride(from: 0, to: width, by: 8) {
        let columns = left..<min(left + 8, width)
        var sums = [0.0, 0.0, 0.0]
        for row in top..<min(top + 8, height) {
          for column in columns {
            for component in 0..<3 {
              let place = 3 * (row * width + column) + component
              sums[component] += Double(components[place]) - Double(other.components[place])
            }
          }
        }
        let count = Double(columns.count * (min(top + 8, height) - top))
        worst = max(worst, sums.map { abs($0) / count }.max() ?? 0)
      }
    }
    return worst
  }
}

/// Hands bytes to cairo.
private final class ByteSource {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  static let read: cairo_read_func_t = { closure, target, count in
    guard let closure, let target else { return CAIRO_STATUS_READ_ERROR }
    let source = Unmanaged<ByteSource>.fromOpaque(closure).takeUnretainedValue()
    guard source.rest.count >= Int(count) else { return CAIRO_STATUS_READ_ERROR }
    for (index, byte) in source.rest.prefix(Int(count)).enumerated() { target[index] = byte }
    source.rest = source.rest.dropFirst(Int(count))
    return CAIRO_STATUS_SUCCESS
  }
}

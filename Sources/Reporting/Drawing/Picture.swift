/// A rectangle of opaque pixels, rows from top to bottom.
package struct Picture: Equatable {
  package let width: Int
  package let height: Int

  /// `0x00RRGGBB`, one for each pixel.
  package let pixels: [UInt32]

  /// Colours the cells of a grid.
  ///
  /// Each cell becomes a square of so many pixels that a viewer which smooths magnified pictures, as
  /// those of SVG and PDF do, blurs no cell into the next.
  ///
  /// - Parameters:
  ///   - values: One number for each cell; rows from bottom to top, as coordinates grow.
  ///   - columns: Number of cells in a row.
  ///   - least: The least number of pixels along each side.
  ///   - color: The colour of a value.
  package init(
    cells values: [Double], columns: Int, atLeast least: Int = 256, color: (Double) -> UInt32
  ) {
    let rows = values.count / columns
    let (across, down) = (max(1, least / columns), max(1, least / rows))
    width = columns * across
    height = rows * down
    var pixels: [UInt32] = []
    pixels.reserveCapacity(width * height)
    for row in (0..<rows).reversed() {
      let start = pixels.count
      for column in 0..<columns {
        pixels.append(
          contentsOf: repeatElement(color(values[row * columns + column]), count: across))
      }
      for _ in 1..<down { pixels.append(contentsOf: pixels[start..<(start + width)]) }
    }
    self.pixels = pixels
  }
}

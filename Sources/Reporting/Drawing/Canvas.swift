internal import CCairo

/// What figures draw on: one set of strokes, fills and letters for pixels, SVG and PDF.
///
/// Coordinates are points from the upper left corner, whatever the resolution.
public final class Canvas {
  let context: OpaquePointer

  /// Wraps a cairo context, which the canvas then owns.
  init(context: OpaquePointer) {
    self.context = context
    let options = cairo_font_options_create()
    // Letters keep their shapes and advances at every scale, so layouts do not shift with it.
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    cairo_set_font_options(context, options)
    cairo_font_options_destroy(options)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
  }

  deinit { cairo_destroy(context) }

  /// Draws with a clip or a transformation that ends with the body.
  private func scoped(_ body: () -> Void) {
    cairo_save(context)
    body()
    cairo_restore(context)
  }

  /// Draws only what is inside a rectangle.
  func clipped(to area: Rectangle, _ body: () -> Void) {
    scoped {
      cairo_rectangle(context, area.x, area.y, area.width, area.height)
      cairo_clip(context)
      body()
    }
  }

  /// Draws turned about a point, clockwise by an angle in radians.
  func rotated(by angle: Double, around point: Point, _ body: () -> Void) {
    scoped {
      cairo_translate(context, point.x, point.y)
      cairo_rotate(context, angle)
      cairo_translate(context, -point.x, -point.y)
      body()
    }
  }

  /// Draws with the origin at a point.
  func translated(to origin: Point, _ body: () -> Void) {
    scoped {
      cairo_translate(context, origin.x, origin.y)
      body()
    }
  }

  func setColor(_ color: Color) {
    cairo_set_source_rgb(context, color.red, color.green, color.blue)
  }
}

// MARK: - Shapes

extension Canvas {
  /// Fills a rectangle.
  func fill(_ area: Rectangle, _ color: Color) {
    setColor(color)
    cairo_rectangle(context, area.x, area.y, area.width, area.height)
    cairo_fill(context)
  }

  /// Draws the outline of a rectangle.
  func stroke(_ area: Rectangle, _ pen: Pen) {
    use(pen)
    cairo_rectangle(context, area.x, area.y, area.width, area.height)
    cairo_stroke(context)
  }

  /// Fills a polygon.
  func fill(_ polygon: [Point], _ color: Color) {
    setColor(color)
    trace(polygon)
    cairo_close_path(context)
    cairo_fill(context)
  }

  /// Draws a line through points; one that is not finite interrupts it.
  func stroke(_ points: [Point], _ pen: Pen) {
    use(pen)
    trace(points)
    cairo_stroke(context)
  }

  /// Draws a line that leaves one point and reaches the other horizontally.
  func curve(from start: Point, to end: Point, _ pen: Pen) {
    use(pen)
    let middle = (start.x + end.x) / 2
    cairo_move_to(context, start.x, start.y)
    cairo_curve_to(context, middle, start.y, middle, end.y, end.x, end.y)
    cairo_stroke(context)
  }

  /// Draws a round dot of the pen's width at each finite point.
  ///
  /// Lines without length have round ends: one short path, where a thousand circles fill a file.
  func dots(_ points: [Point], _ pen: Pen) {
    use(pen)
    for point in points where point.x.isFinite && point.y.isFinite {
      cairo_move_to(context, point.x, point.y)
      cairo_line_to(context, point.x, point.y)
    }
    cairo_stroke(context)
  }

  /// Fills a disc with a rim that sets it off.
  func disc(_ center: Point, radius: Double, _ color: Color, rim: Color) {
    cairo_new_sub_path(context)
    cairo_arc(context, center.x, center.y, radius, 0, 2 * Double.pi)
    setColor(color)
    cairo_fill_preserve(context)
    use(Pen(rim, width: 0.75))
    cairo_stroke(context)
  }

  /// Covers rectangles with slanted lines.
  func hatch(_ areas: [Rectangle], spacing: Double = 5, _ pen: Pen) {
    // One path of many lines, each interrupted from the next.
    let gap = Point(x: .nan, y: .nan)
    let lines = areas.flatMap { area in
      stride(from: spacing / 2, to: area.width + area.height, by: spacing).flatMap { reach in
        // Where the line down to the left from `reach` along the upper side enters and leaves.
        let (start, end) = (max(0, reach - area.width), min(area.height, reach))
        return [start, end].map { Point(x: area.x + reach - $0, y: area.y + $0) } + [gap]
      }
    }
    stroke(lines, pen)
  }

  private func trace(_ points: [Point]) {
    var isDown = false
    for point in points {
      guard point.x.isFinite, point.y.isFinite else {
        isDown = false
        continue
      }
      if isDown {
        cairo_line_to(context, point.x, point.y)
      } else {
        cairo_move_to(context, point.x, point.y)
      }
      isDown = true
    }
  }

  private func use(_ pen: Pen) {
    setColor(pen.color)
    cairo_set_line_width(context, pen.width)
    cairo_set_dash(context, pen.dashes, Int32(pen.dashes.count), 0)
    cairo_set_line_cap(context, pen.dashes.isEmpty ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
  }
}

// MARK: - Pictures

extension Canvas {
  /// Draws a picture, stretched to a rectangle; its pixels stay sharp squares.
  func draw(_ picture: Picture, in area: Rectangle) {
    var pixels = picture.pixels
    let (width, height) = (Int32(picture.width), Int32(picture.height))
    pixels.withUnsafeMutableBytes { bytes in
      let surface = cairo_image_surface_create_for_data(
        bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), CAIRO_FORMAT_RGB24, width, height,
        width * 4)
      scoped {
        cairo_translate(context, area.x, area.y)
        cairo_scale(context, area.width / Double(width), area.height / Double(height))
        cairo_set_source_surface(context, surface, 0, 0)
        cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST)
        cairo_rectangle(context, 0, 0, Double(width), Double(height))
        cairo_fill(context)
      }
      // A vector format may still refer to the pixels, which are ours only up to here.
      cairo_surface_finish(surface)
      cairo_surface_destroy(surface)
    }
  }
}

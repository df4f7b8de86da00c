internal import CCairo

/// Which part of a text stands at the point it is drawn at.
enum TextAnchor {
  case start, middle, end
}

extension Canvas {
  /// Present wherever fontconfig is installed on Debian; elsewhere the system's own font serves.
  private static let fontName = "DejaVu Sans"

  /// Size of exponents and indices against the text's.
  private static let scriptScale = 0.7

  /// The width of a text in points.
  func width(of text: MathText, size: Double) -> Double {
    text.runs.reduce(0) { $0 + width(of: $1, size: size) }
  }

  /// Draws a text with its baseline through a point.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - point: Where its anchor goes.
  ///   - anchor: The part at the point.
  ///   - size: Height of the letters in points.
  ///   - color: The colour.
  func draw(
    _ text: MathText, at point: Point, _ anchor: TextAnchor = .start, size: Double, _ color: Color
  ) {
    let shift =
      switch anchor {
      case .start: 0.0
      case .middle: width(of: text, size: size) / 2
      case .end: width(of: text, size: size)
      }
    var x = point.x - shift
    setColor(color)
    for run in text.runs {
      let rise =
        switch run.script {
        case .line: 0.0
        case .raised: 0.38 * size
        case .lowered: -0.18 * size
        }
      select(run, size: size)
      cairo_move_to(context, x, point.y - rise)
      cairo_show_text(context, run.text)
      x += width(of: run, size: size)
    }
    // The pen is where the text ends: the next line must not start there.
    cairo_new_path(context)
  }

  /// The longest beginning of a text that fits a width, with an ellipsis where something is left out.
  func truncated(_ text: MathText, to limit: Double, size: Double) -> MathText {
    guard width(of: text, size: size) > limit else { return text }
    var runs = text.runs
    while let last = runs.last {
      let shorter = MathText(runs: runs) + "…"
      if width(of: shorter, size: size) <= limit { return shorter }
      if last.text.count > 1 {
        runs[runs.count - 1].text.removeLast()
      } else {
        runs.removeLast()
      }
    }
    return "…"
  }

  private func width(of run: MathText.Run, size: Double) -> Double {
    select(run, size: size)
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, run.text, &extents)
    return extents.x_advance
  }

  private func select(_ run: MathText.Run, size: Double) {
    cairo_select_font_face(
      context, Self.fontName, run.isSlanted ? CAIRO_FONT_SLANT_OBLIQUE : CAIRO_FONT_SLANT_NORMAL,
      run.isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, run.script == .line ? size : size * Self.scriptScale)
  }
}

/// The sizes of letters, in points.
enum TextSize {
  static let title = 12.0
  static let label = 11.0
  static let tick = 10.0

  /// From the middle of a line of text down to its baseline, for a text of size 1.
  static let middle = 0.35
}

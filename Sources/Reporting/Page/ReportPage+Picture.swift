extension ReportPage {
  /// A figure of the run for light and dark screens; nil if the run lacks what it shows.
  ///
  /// - Parameters:
  ///   - kind: The figure.
  ///   - features: The layer that was taken apart, by its place, for figures of such.
  ///   - caption: What stands below it.
  /// - Returns: A `<figure>` with the drawing in the page itself, once for each theme.
  /// - Throws: ``RenderingError`` if the figure cannot be drawn.
  func picture(
    _ kind: FigureKind, of features: Int? = nil, caption: String
  ) throws(RenderingError) -> HTML? {
    let drawn =
      features.map { try? kind.figure(of: results.features[$0], results) }
      ?? (try? kind.figure(of: results))
    guard let figure = drawn else { return nil }
    // Names are unique on the page: the kind's place, the layer's, and the theme.
    let place = FigureKind.allCases.firstIndex(of: kind) ?? 0
    let name = "\(place)" + (features.map { "s\($0)" } ?? "")
    func drawing(_ theme: Theme) throws(RenderingError) -> HTML {
      let svg = SVGIdentifiers.normalize(
        try figure.rendered(as: .svg, theme: theme), prefix: theme.rawValue.prefix(1) + name + "_")
      let text = String(decoding: svg, as: UTF8.self)
      return HTML(
        "div", ["class": theme.rawValue, "role": "img", "aria-label": figure.summary],
        // Without the line that says it is XML.
        [HTML(trusted: text.firstRange(of: "<svg").map { String(text[$0.lowerBound...]) } ?? "")])
    }
    return HTML(
      "figure",
      [
        try drawing(.light), try drawing(.dark), HTML("figcaption", [HTML(caption)]),
      ])
  }
}

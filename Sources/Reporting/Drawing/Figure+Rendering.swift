internal import CCairo
internal import RunStore

extension Figure {
  /// Draws the figure into a file's bytes; the same figure gives the same bytes.
  ///
  /// - Parameters:
  ///   - format: The file format.
  ///   - theme: The colours.
  ///   - scale: Pixels for each point; PNG alone has pixels.
  /// - Returns: The file's contents.
  /// - Throws: ``RenderingError`` if cairo refuses, such as for a picture of more than 32 767 pixels.
  public func rendered(
    as format: ImageFormat, theme: Theme = .light, scale: Double = 2
  ) throws(RenderingError) -> [UInt8] {
    switch format {
    case .png: try renderedPixels(theme, scale)
    case .svg:
      SVGShortening.shortened(
        SVGIdentifiers.normalize(try renderedVectors(theme, Self.svgSurface)))
    case .pdf: try renderedVectors(theme, Self.pdfSurface)
    }
  }

  private func renderedPixels(_ theme: Theme, _ scale: Double) throws(RenderingError) -> [UInt8] {
    let (width, height) = (
      (size.width * scale).rounded(.up), (size.height * scale).rounded(.up)
    )
    guard max(width, height) <= Self.pixelLimit else {
      throw .cairo("\(NumberFormat.short(max(width, height))) pixels are too many")
    }
    let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
    defer { cairo_surface_destroy(surface) }
    try RenderingError.check(cairo_surface_status(surface))
    try paint(surface, theme, scale: scale)
    let sink = ByteSink()
    try RenderingError.check(
      cairo_surface_write_to_png_stream(surface, ByteSink.write, sink.closure))
    return sink.bytes
  }

  /// The greatest side of a picture that cairo holds.
  private static var pixelLimit: Double { 32_767 }

  private typealias Surface = (ByteSink, FigureSize) -> OpaquePointer?

  private func renderedVectors(
    _ theme: Theme, _ create: Surface
  ) throws(RenderingError) -> [UInt8] {
    let sink = ByteSink()
    let surface = create(sink, size)
    defer { cairo_surface_destroy(surface) }
    try RenderingError.check(cairo_surface_status(surface))
    try paint(surface, theme, scale: 1)
    cairo_surface_finish(surface)
    try RenderingError.check(cairo_surface_status(surface))
    return sink.bytes
  }

  private func paint(
    _ surface: OpaquePointer?, _ theme: Theme, scale: Double
  ) throws(RenderingError) {
    guard let context = cairo_create(surface) else { throw .cairo("no context") }
    cairo_scale(context, scale, scale)
    let canvas = Canvas(context: context)
    // A point more on each side: the last pixel of a broken size is filled as well.
    canvas.fill(size.bounds.inset(by: -1), theme.background)
    draw(on: canvas, theme)
    try RenderingError.check(cairo_status(context))
  }

  private static func svgSurface(_ sink: ByteSink, _ size: FigureSize) -> OpaquePointer? {
    let surface = cairo_svg_surface_create_for_stream(
      ByteSink.write, sink.closure, size.width, size.height)
    cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PX)
    return surface
  }

  private static func pdfSurface(_ sink: ByteSink, _ size: FigureSize) -> OpaquePointer? {
    let surface = cairo_pdf_surface_create_for_stream(
      ByteSink.write, sink.closure, size.width, size.height)
    // The present time, which cairo would write, made every file another.
    cairo_pdf_surface_set_metadata(
      surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z")
    return surface
  }
}

/// Collects what cairo writes.
private final class ByteSink {
  var bytes: [UInt8] = []

  /// What cairo hands back with each write; the sink has to outlive the surface.
  var closure: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  static let write: cairo_write_func_t = { closure, data, count in
    guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
    Unmanaged<ByteSink>.fromOpaque(closure).takeUnretainedValue().bytes
      .append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
    return CAIRO_STATUS_SUCCESS
  }
}

/// Why a figure could not be drawn.
public enum RenderingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The drawing library refused.
  case cairo(String)

  static func check(_ status: cairo_status_t) throws(RenderingError) {
    guard status == CAIRO_STATUS_SUCCESS else {
      throw .cairo(String(cString: cairo_status_to_string(status)))
    }
  }

  /// What was found and what to do.
  public var description: String {
    switch self {
    case .cairo(let reason):
      "the figure cannot be drawn: \(reason); choose a smaller --scale or another --format"
    }
  }
}

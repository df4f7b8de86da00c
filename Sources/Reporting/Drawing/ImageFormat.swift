/// The file formats of figures.
public enum ImageFormat: String, Sendable, CaseIterable {
  /// Lines and letters as shapes, for the web.
  case svg

  /// Pixels.
  case png

  /// Lines and letters, for print.
  case pdf
}

/// Prediction against truth: on the diagonal where the network is right.
public struct AgreementFigure: Figure {
  private let fields: [SampledField]

  /// Plots fields against their references.
  ///
  /// - Parameter fields: At least one, all with a reference.
  public init(_ fields: [SampledField]) {
    precondition(
      !fields.isEmpty && fields.allSatisfy { $0.reference != nil }, "there is a truth")
    self.fields = fields
  }

  /// A square for each unknown.
  public var size: FigureSize {
    FigureSize(width: 20 + 340 * Double(fields.count), height: 360)
  }

  /// Says how far from the diagonal the predictions are.
  public var summary: String {
    "Prediction against truth: "
      + fields.map { field in
        let error = field.relativeL2(to: .reference).map { MathText(short: $0).plain } ?? "?"
        return "\(field.unknown), relative L2 \(error)"
      }.joined(separator: "; ")
  }

  /// Draws one plot for each unknown.
  ///
  /// - Parameters:
  ///   - canvas: Where to draw.
  ///   - theme: The colours.
  public func draw(on canvas: Canvas, _ theme: Theme) {
    for (field, cell) in zip(fields, size.bounds.inset(by: 10).columns(fields.count, gap: 0)) {
      let reference = field.reference ?? []
      let range = ValueRange.covering([field.network, reference])
      let stride = max(1, reference.count / Self.dotLimit)
      let kept = reference.indices.filter { $0 % stride == 0 }
      let name = MathText(formula: field.unknown)
      let error = field.relativeL2(to: .reference).map { MathText(short: $0) } ?? "?"
      let ends = [range.lowerBound, range.upperBound]
      let panel = PlotPanel(
        title: name + ":  rel. " + .squaredNorm + " " + error,
        horizontal: Axis("true " + name, range).padded(by: 0.04),
        vertical: Axis("predicted " + name, range).padded(by: 0.04),
        marks: [
          .line(x: ends, y: ends, Pen(theme.muted, width: 1.2)),
          .dots(
            x: kept.map { reference[$0] }, y: kept.map { field.network[$0] }, theme.palette[0],
            radius: 1.6),
        ])
      panel.draw(on: canvas, frame: cell.inset(by: panel.margins(on: canvas, in: cell)), theme)
    }
  }

  /// More dots than these hide one another and fill the file.
  private static let dotLimit = 1200
}

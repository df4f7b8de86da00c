/// The eigenvalues of the neural tangent kernel: how fast each direction of the error is learned.
public struct KernelSpectrumFigure: Figure {
  private let spectra: [KernelSpectrum]

  /// Plots eigenvalues.
  ///
  /// - Parameter spectra: One spectrum for each moment; at least one.
  public init(_ spectra: [KernelSpectrum]) {
    precondition(!spectra.isEmpty, "a figure shows something")
    self.spectra = spectra
  }

  /// 640 by 340 points.
  public var size: FigureSize { FigureSize(width: 640, height: 340) }

  /// Names the moments and the largest eigenvalues.
  public var summary: String {
    "Eigenvalues of the neural tangent kernel: "
      + spectra.map { spectrum in
        let largest = spectrum.eigenvalues.first.map { MathText(short: $0).plain } ?? "none"
        return "\(spectrum.name), largest \(largest)"
      }.joined(separator: "; ")
  }

  /// Draws a line for each moment.
  ///
  /// - Parameters:
  ///   - canvas: Where to draw.
  ///   - theme: The colours.
  public func draw(on canvas: Canvas, _ theme: Theme) {
    let all = ValueRange.positive(spectra.map(\.eigenvalues))
    // What is sixteen decades below the largest is rounding.
    let range = max(all.lowerBound, all.upperBound * 1e-17)...all.upperBound
    let count = Double(spectra.map(\.eigenvalues.count).max() ?? 1)
    let pens = spectra.indices.map { theme.pen($0, width: 1.8) }
    let legend = Legend(
      entries: zip(spectra, pens).map { (.line($1), MathText($0.name)) })
    let panel = PlotPanel(
      title: "Neural tangent kernel",
      horizontal: Axis("index of the eigenvalue", 1...max(10, count), scale: .logarithmic),
      vertical: Axis("eigenvalue", range, scale: .logarithmic).padded(by: 0.04),
      marks: zip(spectra, pens).map { spectrum, pen in
        .line(
          x: spectrum.eigenvalues.indices.map { Double($0 + 1) }, y: spectrum.eigenvalues, pen)
      })
    var area = size.bounds.inset(by: 10)
    area.width -= legend.size(on: canvas).width + 14
    let frame = area.inset(by: panel.margins(on: canvas, in: area))
    panel.draw(on: canvas, frame: frame, theme)
    legend.draw(on: canvas, at: Point(x: frame.maxX + 14, y: frame.y), theme)
  }
}

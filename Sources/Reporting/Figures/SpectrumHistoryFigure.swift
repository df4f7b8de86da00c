#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Which frequencies of an error a training takes away when: the amplitude by frequency and step.
public struct SpectrumHistoryFigure: Figure {
  private let history: SpectrumHistory

  /// Draws spectra over a training.
  ///
  /// - Parameter history: The spectra.
  public init(_ history: SpectrumHistory) {
    self.history = history
  }

  /// 640 by 360 points.
  public var size: FigureSize { FigureSize(width: 640, height: 360) }

  /// Says what was transformed and when.
  public var summary: String {
    "Spectrum of \(history.name) at \(history.steps.count) steps from \(Int(history.steps[0])) to "
      + "\(Int(history.steps[history.steps.count - 1]))"
  }

  /// Draws the map and the key to its colours.
  ///
  /// - Parameters:
  ///   - canvas: Where to draw.
  ///   - theme: The colours.
  public func draw(on canvas: Canvas, _ theme: Theme) {
    let shells = 1..<history.amplitudes[0].count
    let logarithms = shells.map { shell in
      history.amplitudes.map { $0[shell] > 0 ? log10($0[shell]) : .nan }
    }
    let all = ValueRange.covering(logarithms)
    // What is fifteen decades below the largest is rounding.
    let range = max(all.lowerBound, all.upperBound - 15)...all.upperBound
    let scale = MapScale(map: .sequential, range: range)
    let bar = ColorBar(
      map: .sequential,
      axis: Axis(
        "amplitude", pow(10, range.lowerBound)...pow(10, range.upperBound), scale: .logarithmic),
      hasUndefined: logarithms.joined().contains { $0.isNaN })
    let moments = places(steps)
    let panel = PlotPanel(
      title: MathText("Spectrum of \(history.name) over the training"), horizontal: steps,
      vertical: Axis(
        "periods along the domain", 0.5...Double(shells.upperBound) - 0.5, isWhole: true),
      marks: [
        .cells(
          scale.picture(
            logarithms.flatMap { row in moments.map { row[$0] } }, columns: moments.count, theme))
      ], hasGrid: false)
    var area = size.bounds.inset(by: 10)
    area.width -= bar.width(on: canvas, height: area.height) + 14
    let frame = area.inset(by: panel.margins(on: canvas, in: area))
    panel.draw(on: canvas, frame: frame, theme)
    bar.draw(on: canvas, x: frame.maxX + 14, from: frame.y, to: frame.maxY, theme)
  }

  /// The steps by their logarithms; initial weights, which no logarithm has, stand before the first step.
  private var shownSteps: [Double] {
    history.steps.map { $0 > 0 ? $0 : history.steps[1] / 2 }
  }

  private var steps: Axis {
    let shown = shownSteps
    return Axis("step", shown[0]...shown[shown.count - 1], scale: .logarithmic)
  }

  /// The moment that each column of the picture shows: the nearest on the axis.
  private func places(_ axis: Axis) -> [Int] {
    let places = shownSteps.map(axis.fraction)
    var nearest = 0
    return (0..<Self.columnCount).map { column in
      let place = (Double(column) + 0.5) / Double(Self.columnCount)
      while nearest + 1 < places.count,
        abs(places[nearest + 1] - place) <= abs(places[nearest] - place)
      { nearest += 1 }
      return nearest
    }
  }

  private static let columnCount = 256
}

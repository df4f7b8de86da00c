#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How numbers become places.
enum AxisScale {
  case linear, logarithmic
}

/// A side of a plot: what it measures, from where to where.
struct Axis: Equatable {
  var title: MathText
  let scale: AxisScale
  let range: ClosedRange<Double>

  /// Whether ticks stand at whole numbers alone, as for counts.
  let isWhole: Bool

  init(
    _ title: MathText, _ range: ClosedRange<Double>, scale: AxisScale = .linear,
    isWhole: Bool = false
  ) {
    precondition(scale == .linear || range.lowerBound > 0, "logarithms are of positive numbers")
    self.title = title
    self.scale = scale
    self.range = range
    self.isWhole = isWhole
  }

  /// The axis with room at both ends for marks that should not touch the frame.
  func padded(by fraction: Double) -> Axis {
    let (lower, upper) = (transformed(range.lowerBound), transformed(range.upperBound))
    let margin = (upper - lower) * fraction
    func value(_ place: Double) -> Double { scale == .linear ? place : pow(10, place) }
    return Axis(
      title, value(lower - margin)...value(upper + margin), scale: scale, isWhole: isWhole)
  }

  /// Where a number lies: 0 at the lower end, 1 at the upper; NaN for none, such as log 0.
  func fraction(of value: Double) -> Double {
    let (lower, upper) = (transformed(range.lowerBound), transformed(range.upperBound))
    return (transformed(value) - lower) / (upper - lower)
  }

  /// The ticks for an axis of a length.
  ///
  /// - Parameters:
  ///   - length: In points.
  ///   - spacing: The least distance of two labels in points.
  /// - Returns: The ticks.
  func ticks(length: Double, spacing: Double) -> TickMarks {
    let count = max(1, Int(length / spacing))
    return switch scale {
    case .linear: .linear(in: range, atMost: count, isWhole: isWhole)
    case .logarithmic: .logarithmic(in: range, atMost: count)
    }
  }

  private func transformed(_ value: Double) -> Double {
    guard scale == .logarithmic else { return value }
    return value > 0 ? log10(value) : .nan
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension TickMarks {
  /// Ticks at powers of ten; where the axis holds less than two of them, also at 2 and 5 times
  /// such, with labels.
  ///
  /// Where there are too many decades for the length, every second, third, … has a label, counted
  /// from 10⁰ so that axes side by side agree.
  ///
  /// - Parameters:
  ///   - range: The axis.
  ///   - limit: The largest number of intervals between labels.
  /// - Returns: The ticks from left to right.
  package static func logarithmic(in range: ClosedRange<Double>, atMost limit: Int) -> TickMarks {
    let (lower, upper) = (log10(range.lowerBound), log10(range.upperBound))
    // Rounding must not lose a tick at the end of the axis.
    let tolerance = 1e-9
    let decades = Int((lower - tolerance).rounded(.down))...Int((upper + tolerance).rounded(.up))
    let stride = max(1, Int((upper - lower) / Double(limit)) + 1)
    let powers = decades.filter {
      (lower - tolerance...upper + tolerance).contains(Double($0)) && $0 % stride == 0
    }
    var ticks: [Tick] = []
    for decade in decades {
      for digit in 1...9 where digit == 1 || stride == 1 {
        let place = Double(decade) + log10(Double(digit))
        guard (lower - tolerance...upper + tolerance).contains(place) else { continue }
        ticks.append(
          Tick(
            value: Double(digit) * pow(10, Double(decade)),
            label: label(digit, decade, stride: stride, powers: powers.count)))
      }
    }
    return TickMarks(ticks: ticks)
  }

  private static func label(
    _ digit: Int, _ decade: Int, stride: Int, powers: Int
  ) -> MathText? {
    if digit == 1 { return decade % stride == 0 ? .power(of: 10, decade) : nil }
    guard powers < 2, digit == 2 || digit == 5 else { return nil }
    return MathText("\(digit)×") + .power(of: 10, decade)
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension TickMarks {
  /// Ticks at multiples of 1, 2, 2.5 or 5 times a power of ten.
  ///
  /// Labels are printed from whole numbers, so none is off by a rounding, and all have the same
  /// number of decimals. Where they would need more than four digits, a power of ten is split off.
  ///
  /// - Parameters:
  ///   - range: The axis.
  ///   - limit: The largest number of intervals between labels.
  ///   - isWhole: Whether ticks stand at whole numbers alone.
  /// - Returns: The ticks from left to right.
  package static func linear(
    in range: ClosedRange<Double>, atMost limit: Int, isWhole: Bool = false
  ) -> TickMarks {
    let step = TickStep(
      atLeast: (range.upperBound - range.lowerBound) / Double(limit), isWhole: isWhole)
    // Rounding must not lose a tick at the end of the axis.
    let tolerance = 1e-9
    let first = Int((range.lowerBound / step.value - tolerance).rounded(.up))
    let last = Int((range.upperBound / step.value + tolerance).rounded(.down))
    guard first <= last else { return TickMarks(ticks: []) }
    let largest = max(abs(first), abs(last)) * step.digits
    let magnitude = step.exponent + String(largest).count - 1
    let isPlain = (-3..<5).contains(magnitude) && step.exponent >= -4
    let factor = isPlain ? 0 : magnitude
    return TickMarks(
      ticks: (first...last).map {
        Tick(
          value: Double($0) * step.value,
          label: MathText(
            MathText.withMinus(decimal($0 * step.digits, exponent: step.exponent - factor))))
      },
      factor: isPlain ? nil : MathText("×") + .power(of: 10, factor))
  }

  /// `number · 10^exponent` with as many decimals as the exponent has.
  private static func decimal(_ number: Int, exponent: Int) -> String {
    guard exponent < 0 else {
      return "\(number)" + (number == 0 ? "" : String(repeating: "0", count: exponent))
    }
    guard number != 0 else { return "0" }
    var digits = String(number.magnitude)
    let missing = -exponent + 1 - digits.count
    if missing > 0 { digits = String(repeating: "0", count: missing) + digits }
    return (number < 0 ? "-" : "") + digits.dropLast(-exponent) + "." + digits.suffix(-exponent)
  }
}

/// A distance of ticks: `digits · 10^exponent`.
private struct TickStep {
  let digits: Int
  let exponent: Int

  /// The least step of a readable size that is not smaller than a distance.
  init(atLeast distance: Double, isWhole: Bool) {
    let decade = Int(log10(distance).rounded(.down))
    let candidates = [(1, decade), (2, decade), (25, decade - 1), (5, decade), (1, decade + 1)]
    let fitting = candidates.first { digits, exponent in
      Double(digits) * pow(10, Double(exponent)) >= distance * (1 - 1e-9)
        && !(isWhole && exponent < 0)
    }
    (digits, exponent) = fitting ?? (1, isWhole ? max(0, decade + 1) : decade + 1)
  }

  /// A quotient of whole numbers where that is exact: 0.1 is 1/10, but not 10⁻¹ as a product.
  var value: Double {
    exponent < 0
      ? Double(digits) / pow(10, Double(-exponent))
      : Double(digits) * pow(10, Double(exponent))
  }
}

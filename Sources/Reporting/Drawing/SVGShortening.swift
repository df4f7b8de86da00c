/// Takes from an SVG of cairo's what nobody sees: decimals beyond a hundredth of a point, opacities of
/// one, and colours in percents.
package enum SVGShortening {
  /// The same drawing in about half the bytes.
  ///
  /// Only coordinates are shortened; matrices, which pictures are stretched by, keep their digits.
  ///
  /// - Parameter document: An SVG.
  /// - Returns: The shorter SVG.
  package static func shortened(_ document: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(document.count)
    var index = 0
    while index < document.count {
      let rest = document[index...]
      if let mark = marks.first(where: { rest.first == $0[0] && rest.starts(with: $0) }) {
        result += mark
        index = appendNumbers(document, from: index + mark.count, to: &result)
      } else if rest.first == color[0], rest.starts(with: color) {
        index = appendColor(document, from: index, to: &result)
      } else if let word = idle.first(where: { rest.first == $0[0] && rest.starts(with: $0) }) {
        index += word.count
      } else {
        result.append(document[index])
        index += 1
      }
    }
    return result
  }

  /// What coordinates follow, up to a quotation mark.
  private static let marks = [#" d=""#, #" x=""#, #" y=""#].map { Array($0.utf8) }

  /// What says nothing.
  private static let idle = ["fill-opacity:1;", "stroke-opacity:1;", "stroke-miterlimit:10;"]
    .map { Array($0.utf8) }

  private static let color = Array("rgb(".utf8)

  /// Copies up to the next quotation mark, with two decimals of each number.
  private static func appendNumbers(
    _ document: [UInt8], from start: Int, to result: inout [UInt8]
  ) -> Int {
    var index = start
    while index < document.count, document[index] != UInt8(ascii: "\"") {
      guard let number = Decimal(document, at: index) else {
        result.append(document[index])
        index += 1
        continue
      }
      result += number.text.utf8
      index = number.end
    }
    return index
  }

  /// Writes `rgb(10.6%,12.2%,14.1%)` as `#1b1f24`; what is written otherwise is copied.
  private static func appendColor(
    _ document: [UInt8], from start: Int, to result: inout [UInt8]
  ) -> Int {
    var index = start + color.count
    var components: [Double] = []
    while index < document.count, let number = Decimal(document, at: index),
      number.end < document.count, document[number.end] == UInt8(ascii: "%")
    {
      components.append(Double(number.millionths) / 1e8)
      index = number.end + 1
      while index < document.count,
        document[index] == UInt8(ascii: ",") || document[index] == UInt8(ascii: " ")
      { index += 1 }
    }
    guard components.count == 3, index < document.count, document[index] == UInt8(ascii: ")")
    else {
      result += color
      return start + color.count
    }
    result += Color(red: components[0], green: components[1], blue: components[2]).css.utf8
    return index + 1
  }

  /// A number as cairo prints it: a sign, digits, a point and more digits, of which six are kept.
  private struct Decimal {
    private(set) var millionths = 0
    let end: Int

    init?(_ document: [UInt8], at start: Int) {
      var index = start
      let isNegative = document[index] == UInt8(ascii: "-")
      if isNegative { index += 1 }
      let first = index
      var decimals: Int?
      while index < document.count {
        let byte = document[index]
        if byte == UInt8(ascii: "."), decimals == nil {
          decimals = 0
        } else if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), index - first < 18 {
          // Small numbers have more decimals than six, down to 2⁻⁸ = 0.00390625 and further.
          if decimals != 6 { millionths = 10 * millionths + Int(byte - UInt8(ascii: "0")) }
          if let count = decimals { decimals = min(count + 1, 6) }
        } else {
          break
        }
        index += 1
      }
      guard index > first else { return nil }
      for _ in (decimals ?? 0)..<6 { millionths *= 10 }
      if isNegative { millionths = -millionths }
      end = index
    }

    /// The number with two decimals at most.
    var text: String {
      let hundredths = (millionths.magnitude + 5000) / 10_000
      let sign = millionths < 0 && hundredths > 0 ? "-" : ""
      let (whole, part) = (hundredths / 100, hundredths % 100)
      guard part > 0 else { return "\(sign)\(whole)" }
      let digits = part % 10 == 0 ? "\(part / 10)" : part < 10 ? "0\(part)" : "\(part)"
      return "\(sign)\(whole).\(digits)"
    }
  }
}

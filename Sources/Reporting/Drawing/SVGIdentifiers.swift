/// Makes the names in an SVG of cairo's the same for every drawing of a figure.
///
/// Cairo numbers its surfaces through the life of the process: the second drawing of a figure would
/// differ from the first in names alone.
package enum SVGIdentifiers {
  /// Renames `id="surface7"` and all that refers to it, in the order of appearance.
  ///
  /// - Parameters:
  ///   - document: An SVG.
  ///   - prefix: What all names begin with; different ones keep drawings on one page apart.
  /// - Returns: The SVG with the names `i0`, `i1`, ….
  package static func normalize(_ document: [UInt8], prefix: String = "i") -> [UInt8] {
    var names: [ArraySlice<UInt8>: Int] = [:]
    var result: [UInt8] = []
    result.reserveCapacity(document.count)
    var copied = 0
    var index = 0
    while index < document.count {
      guard let start = nameStart(document, at: index) else {
        index += 1
        continue
      }
      var end = start
      while end < document.count, isNamePart(document[end]) { end += 1 }
      result += document[copied..<start]
      let number = names[document[start..<end]] ?? names.count
      names[document[start..<end]] = number
      result += Array("\(prefix)\(number)".utf8)
      copied = end
      index = end
    }
    return result + document[copied...]
  }

  private static let marks = [#"id=""#, ##"href="#"##, "url(#"].map { Array($0.utf8) }

  /// Where the name begins, if a definition or reference begins at the index.
  private static func nameStart(_ document: [UInt8], at index: Int) -> Int? {
    let first = document[index]
    for mark in marks where first == mark[0] && document[index...].starts(with: mark) {
      return index + mark.count
    }
    return nil
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

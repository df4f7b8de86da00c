/// Keeps one outline of each letter for all drawings on a page.
///
/// Cairo puts the letters that a drawing uses into it, so a page of many drawings held most of them
/// dozens of times.
package enum SVGLetters {
  /// Takes the letters out of drawings.
  ///
  /// - Parameter markup: Markup with drawings whose names are unique, as ``SVGIdentifiers`` makes them.
  /// - Returns: A `<symbol>` for each different letter, named `g0`, `g1`, …, and the markup that
  ///   refers to these.
  package static func shared(_ markup: [UInt8]) -> (symbols: [UInt8], markup: [UInt8]) {
    var (symbols, rest): ([UInt8], [UInt8]) = ([], [])
    rest.reserveCapacity(markup.count)
    var outlines: [ArraySlice<UInt8>: String] = [:]
    var names: [ArraySlice<UInt8>: String] = [:]
    var index = 0
    while index < markup.count {
      let next = markup[index...]
      if markup[index] == start[0], next.starts(with: start),
        let letter = Letter(next.dropFirst(start.count))
      {
        let name = outlines[letter.outline] ?? "g\(outlines.count)"
        if outlines.updateValue(name, forKey: letter.outline) == nil {
          symbols += start + name.utf8 + letter.outline
        }
        names[letter.name] = name
        index = letter.outline.endIndex
      } else if markup[index] == reference[0], next.starts(with: reference) {
        let name = next.dropFirst(reference.count).prefix { $0 != quote }
        rest += reference
        if let shared = names[name] { rest += shared.utf8 } else { rest += name }
        index = name.endIndex
      } else {
        rest.append(markup[index])
        index += 1
      }
    }
    return (symbols, rest)
  }

  private static let start = Array(#"<symbol overflow="visible" id=""#.utf8)
  private static let reference = Array(##"xlink:href="#"##.utf8)
  private static let end = Array("</symbol>".utf8)
  private static let quote = UInt8(ascii: "\"")

  /// A letter as a drawing defines it.
  private struct Letter {
    let name: ArraySlice<UInt8>

    /// All that follows the name, up to the end of the element.
    let outline: ArraySlice<UInt8>

    /// Reads a letter; nil if the element does not end.
    init?(_ markup: ArraySlice<UInt8>) {
      name = markup.prefix { $0 != quote }
      let rest = markup[name.endIndex...]
      guard
        let last = rest.indices.first(where: {
          rest[$0] == end[0] && rest[$0...].starts(with: end)
        })
      else { return nil }
      outline = rest[..<(last + end.count)]
    }
  }
}

/// A piece of a page.
///
/// Text becomes markup here alone, so none gets in without being escaped.
package struct HTML {
  let markup: String

  /// Markup that was made by a program.
  init(trusted markup: String) { self.markup = markup }

  /// Text.
  init(_ text: String) { markup = Self.escaped(text) }

  /// Mathematics in a line of text.
  init(_ text: MathText) {
    markup = text.runs.map { run in
      var markup = Self.escaped(run.text)
      if run.isSlanted { markup = "<i>\(markup)</i>" }
      if run.isBold { markup = "<b>\(markup)</b>" }
      return switch run.script {
      case .line: markup
      case .raised: "<sup>\(markup)</sup>"
      case .lowered: "<sub>\(markup)</sub>"
      }
    }.joined()
  }

  /// An element with what it holds.
  init(_ name: String, _ attributes: KeyValuePairs<String, String>, _ content: [HTML]) {
    markup = Self.tag(name, attributes) + content.map(\.markup).joined() + "</\(name)>"
  }

  /// An element without attributes.
  init(_ name: String, _ content: [HTML]) { self.init(name, [:], content) }

  /// An element that holds nothing.
  static func empty(_ name: String, _ attributes: KeyValuePairs<String, String>) -> HTML {
    HTML(trusted: tag(name, attributes))
  }

  /// A table.
  ///
  /// - Parameters:
  ///   - header: The names of the columns.
  ///   - rows: One piece for each column.
  ///   - chosen: The row to set off.
  /// - Returns: The table in a box that scrolls where the screen is narrow.
  static func table(_ header: [HTML], _ rows: [[HTML]], chosen: Int? = nil) -> HTML {
    let head = HTML("tr", header.map { HTML("th", [$0]) })
    let body = rows.enumerated().map { index, cells in
      HTML("tr", index == chosen ? ["class": "chosen"] : [:], cells.map { HTML("td", [$0]) })
    }
    return HTML(
      "div", ["class": "wide"],
      [HTML("table", [HTML("thead", [head]), HTML("tbody", body)])])
  }

  private static func tag(_ name: String, _ attributes: KeyValuePairs<String, String>) -> String {
    "<" + name + attributes.map { " \($0)=\"\(escaped($1))\"" }.joined() + ">"
  }

  /// The text with the characters that mean something to a browser spelt out.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      // Control characters are no text; a browser would report them.
      case "\u{0}"..."\u{8}", "\u{B}"..."\u{C}", "\u{E}"..."\u{1F}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }
}

/// A run on one page that needs nothing but itself: no network, no script, no other file.
///
/// Figures are inside the page, once for light and once for dark screens; equations are MathML.
public struct ReportPage: Sendable {
  let results: RunResults
  private let typesetter: @Sendable (String) -> String?

  /// Prepares the page.
  ///
  /// - Parameters:
  ///   - results: What the run holds.
  ///   - typesetter: Turns a formula's text into the content of a MathML `<math>` element; nil for
  ///     what is no formula.
  public init(_ results: RunResults, typesetter: @escaping @Sendable (String) -> String?) {
    self.results = results
    self.typesetter = typesetter
  }

  /// The page.
  ///
  /// - Throws: ``RenderingError`` if a figure cannot be drawn.
  public func rendered() throws(RenderingError) -> String {
    let sections: [HTML?] = [
      header, missing, equation, try solution(), try front(), try features(), try probes(),
      try circuit(), try network(), try interventions(), try training(), problem, reproduction,
    ]
    let body = SVGLetters.shared(
      Array(sections.compactMap { $0?.markup }.joined(separator: "\n").utf8))
    let name = results.path.split(separator: "/").last.map(String.init) ?? results.path
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <link rel="icon" href="data:,">
      <title>\(HTML.escaped(name)) – Limbeck report</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <svg class="letters" width="0" height="0" aria-hidden="true"><defs>
      \(String(decoding: body.symbols, as: UTF8.self))
      </defs></svg>
      <main>
      \(String(decoding: body.markup, as: UTF8.self))
      </main>
      </body>
      </html>

      """
  }

  /// A section with its heading.
  func section(_ title: String, _ content: [HTML]) -> HTML {
    HTML("section", [HTML("h2", [HTML(title)])] + content)
  }

  /// A formula, alone on its line or in running text; what cannot be typeset stays text.
  ///
  /// - Parameters:
  ///   - parts: Formulas and what stands between them.
  ///   - isDisplayed: Whether it has a line of its own.
  /// - Returns: A `<math>` element, or text.
  func formula(_ parts: [FormulaPart], isDisplayed: Bool = false) -> HTML {
    var content = ""
    for part in parts {
      switch part {
      case .sign(let sign):
        content += "<mo>\(HTML.escaped(sign))</mo>"
      case .formula(let text):
        guard let markup = typesetter(text) else {
          return HTML(
            parts.reduce("") { $0 + ($0.runs.isEmpty ? "" : " ") + $1.text })
        }
        content += markup
      }
    }
    return HTML(
      trusted: "<math\(isDisplayed ? " display=\"block\"" : "")><mrow>\(content)</mrow></math>")
  }

}

/// A part of a line of mathematics.
enum FormulaPart {
  case formula(String)
  case sign(String)

  fileprivate var text: MathText {
    switch self {
    case .formula(let text): MathText(formula: text)
    case .sign(let sign): MathText(sign)
    }
  }
}

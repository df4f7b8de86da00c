extension ReportPage {
  /// The chosen equation, its verification and its numbers.
  var equation: HTML? {
    guard let front = results.front else { return nil }
    guard let chosen = front.chosen else {
      return section(
        "Equation",
        [HTML("p", [HTML("No equation of the front was chosen; see the table below.")])])
    }
    var content = [
      formula(
        [.formula(front.target), .sign("="), .formula(chosen.equation)], isDisplayed: true)
    ]
    if let check = chosen.check { content += verification(check) }
    if !chosen.constants.isEmpty { content.append(constants(chosen.constants)) }
    return section("Equation", content)
  }

  private func verification(_ check: EquationFront.Check) -> [HTML] {
    guard !check.isExactSolution else {
      return [
        HTML(
          "p", ["class": "proved"],
          [
            HTML(
              "Proved: put into the recipe, it makes every equation and every condition vanish "
                + "identically.")
          ])
      ]
    }
    let rows = (check.equations + check.conditions).map { residual -> [HTML] in
      let left =
        residual.isProved
        ? HTML("0, proved") : residual.rms.map { number($0) } ?? HTML("undefined")
      return [HTML(residual.name), left]
    }
    return [
      HTML("p", [HTML("Put into the recipe, it leaves (root mean square over the domain):")]),
      .table([HTML("of"), HTML("residual")], rows),
    ]
  }

  private func constants(_ constants: [EquationFront.Constant]) -> HTML {
    .table(
      [HTML("fitted number"), HTML("standard error"), HTML("recognised as")],
      constants.map { constant in
        [
          HTML(MathText(MathText.withMinus("\(constant.value)"))),
          constant.standardError.map { number($0) } ?? HTML("–"),
          constant.closedForm.map {
            formula([.formula($0.replacing("**", with: "^"))])
          } ?? HTML("–"),
        ]
      })
  }

  /// The table and the picture of the front.
  func front() throws(RenderingError) -> HTML? {
    guard let front = results.front, !front.entries.isEmpty else { return nil }
    let hasChecks = front.entries.contains { $0.check != nil }
    let rows = front.entries.map { entry -> [HTML] in
      var cells = [
        number(entry.complexity), number(entry.loss),
        entry.rSquared.map { HTML(MathText.withMinus(Self.sixDigits($0))) } ?? HTML("–"),
      ]
      if hasChecks {
        cells.append(residual(entry.check?.equations))
        cells.append(residual(entry.check?.conditions))
      }
      return cells + [HTML(MathText(formula: entry.equation))]
    }
    let names =
      ["complexity", "loss", "R²"] + (hasChecks ? ["residual", "conditions"] : [])
    var words = "Every equation that no simpler one betters"
    if let rows = front.rows { words += ", fitted to \(rows) rows" }
    if let evaluations = front.evaluations, let seconds = front.seconds {
      words += "; \(evaluations) formulas were tried in \(MathText(short: seconds).plain) s"
    }
    let header = names.map { HTML($0) } + [HTML(MathText(formula: front.target) + " =")]
    return section(
      "Front",
      [
        HTML("p", [HTML(words + ".")]),
        .table(header, rows, chosen: front.best),
        try picture(.front, caption: "Loss against complexity; the chosen equation is marked."),
      ].compactMap { $0 })
  }

  private func residual(_ residuals: [EquationFront.Residual]?) -> HTML {
    guard let residuals, !residuals.isEmpty else { return HTML("–") }
    if residuals.allSatisfy(\.isProved) { return HTML("0, proved") }
    var sum = 0.0
    for residual in residuals {
      guard let rms = residual.rms else { return HTML("undefined") }
      sum += rms * rms
    }
    return number((sum / Double(residuals.count)).squareRoot())
  }

  /// R² to six decimals, never rounded up to 1.
  private static func sixDigits(_ value: Double) -> String {
    let millionths = (value * 1e6).rounded(.down)
    guard abs(millionths) < 1e15 else { return "\(value)" }
    let digits = String(Int(abs(millionths)))
    let padded = String(repeating: "0", count: max(0, 7 - digits.count)) + digits
    return (millionths < 0 ? "-" : "") + padded.dropLast(6) + "." + padded.suffix(6)
  }
}

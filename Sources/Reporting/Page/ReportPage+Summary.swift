extension ReportPage {
  /// The name of the run and its most important numbers.
  var header: HTML {
    let name = results.path.split(separator: "/").last.map(String.init) ?? results.path
    var facts: [(HTML, HTML)] = []
    for field in results.fields {
      if let error = field.relativeL2(to: .reference) {
        facts.append((HTML("relative L₂ error of \(field.unknown)"), number(error)))
      }
    }
    if facts.isEmpty, let history = results.history {
      for error in history.errors {
        guard let last = error.values.last(where: { $0.isFinite }) else { continue }
        facts.append((HTML("relative L₂ error of \(error.name)"), number(last)))
      }
    }
    if let history = results.history {
      if let loss = (history.heldOutLoss ?? history.loss).values.last {
        facts.append(
          (HTML(history.heldOutLoss == nil ? "loss" : "loss on held-out points"), number(loss)))
      }
      if let steps = history.steps.last, let seconds = history.seconds.last {
        facts.append((HTML("training"), HTML("\(Int(steps)) steps, ") + number(seconds) + " s"))
      }
    }
    if let verdict { facts.append((HTML("equation"), HTML(verdict))) }
    return HTML(
      "header",
      [
        HTML("h1", [HTML(name)]),
        HTML(
          "dl",
          facts.map { HTML("div", [HTML("dt", [$0]), HTML("dd", [$1])]) }),
      ])
  }

  /// What became of the chosen equation, in a few words.
  private var verdict: String? {
    guard let front = results.front else { return nil }
    guard let chosen = front.chosen else { return "none chosen" }
    guard let check = chosen.check else {
      return chosen.rSquared.map { "R² \(MathText(short: $0).plain)" }
    }
    return check.isExactSolution ? "proved to be the exact solution" : "not proved, see below"
  }

  /// What the run lacks and which command makes it; nil if it is complete.
  var missing: HTML? {
    var lacking: [ReportingError.Ingredient] = []
    if results.recipe != nil {
      if results.history == nil { lacking.append(.history) }
      if !results.hasNetwork { lacking.append(.network) }
    }
    if results.front == nil { lacking.append(.equations) }
    if results.hasNetwork {
      if results.features.isEmpty { lacking.append(.features) }
      if results.probes == nil { lacking.append(.probes) }
      if results.circuit == nil { lacking.append(.circuit) }
      if results.learning == nil { lacking.append(.learning) }
    }
    guard !lacking.isEmpty else { return nil }
    return HTML(
      "section", ["class": "missing"],
      [
        HTML("h2", [HTML("What is missing")]),
        HTML(
          "ul",
          lacking.map { HTML("li", [HTML($0.sentence(run: results.path) + ".")]) }),
      ])
  }

  func number(_ value: Double) -> HTML { HTML(MathText(short: value)) }
}

extension HTML {
  static func + (left: HTML, right: HTML) -> HTML { HTML(trusted: left.markup + right.markup) }

  static func + (left: HTML, right: String) -> HTML { left + HTML(right) }
}

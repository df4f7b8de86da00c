internal import RunStore

extension ReportPage {
  /// What was solved.
  var problem: HTML? {
    guard let problem = results.problem else { return nil }
    var rows: [[HTML]] = problem.equations.enumerated().map { index, equation in
      [HTML("equation \(index + 1)"), formula([.formula(equation), .sign("="), .formula("0")])]
    }
    rows += problem.conditions.enumerated().map { index, condition in
      [
        HTML("condition \(index + 1)"),
        formula([.formula(condition.equation), .sign("="), .formula("0")])
          + " at " + HTML(MathText(formula: condition.place)),
      ]
    }
    rows += problem.parameters.map { parameter in
      [
        HTML("parameter"),
        formula([.formula(parameter.name), .sign("="), .formula("\(parameter.value)")]),
      ]
    }
    rows += problem.variables.map { variable in
      [
        HTML("variable"),
        formula([
          .formula("\(variable.lower)"), .sign("≤"), .formula(variable.name), .sign("≤"),
          .formula("\(variable.upper)"),
        ]),
      ]
    }
    return section("Problem", [.table([HTML("what"), HTML("formula")], rows)])
  }

  /// How well it was solved.
  func solution() throws(RenderingError) -> HTML? {
    let pictures: [HTML?] = [
      try picture(
        .solution, caption: "The network, the true solution and their difference."),
      try picture(
        .equation, caption: "The network, the equation it was distilled into, and their difference."
      ),
      try picture(.sections, caption: "Cross-sections of the solution."),
      try picture(.agreement, caption: "Prediction against truth."),
    ]
    let content = pictures.compactMap { $0 }
    return content.isEmpty ? nil : section("Solution", content)
  }

  /// How the training went.
  func training() throws(RenderingError) -> HTML? {
    let pictures: [HTML?] = [
      try picture(
        .history,
        caption: "Every term of the loss, the error against the true solution, and the damping."),
      try picture(
        .learning, caption: "Which frequencies of the error training took away when."),
      try picture(
        .kernel,
        caption:
          "How fast the directions of the error were to be learned: eigenvalues of the neural "
          + "tangent kernel before training."),
    ]
    let content = pictures.compactMap { $0 }
    return content.isEmpty ? nil : section("Training", content)
  }

  /// What makes the same run again.
  var reproduction: HTML {
    var rows: [[HTML]] = []
    if let manifest = results.manifest {
      rows = [
        [HTML("limbeck"), HTML(manifest.version)],
        [HTML("seed"), HTML("\(manifest.seed)")],
        [HTML("instructions"), HTML(manifest.instructionSet)],
        [HTML("started"), HTML(manifest.started.description)],
        [HTML("finished"), HTML(manifest.finished.description)],
      ]
    }
    var content = rows.isEmpty ? [] : [HTML.table([HTML("what"), HTML("value")], rows)]
    if let recipe = results.recipe {
      content += [
        HTML(
          "p",
          [
            HTML("The recipe with every default filled in; "),
            HTML("code", [HTML("limbeck run recipe.yaml")]),
            HTML(" makes the run again, number for number unless a time limit ended it."),
          ]),
        HTML("pre", [HTML("code", [HTML(recipe)])]),
      ]
    }
    return section("Reproduce", content)
  }
}

public import PINN
public import RunStore
internal import Symbolic

extension Distillation {
  /// The result as `limbeck distill --json` prints it.
  ///
  /// `equation` names the recipe's parameters; `sympy` and `latex` hold their values, so that nothing
  /// but the variables remains in `sympy`.
  public var json: JSONValue {
    .object([
      .init("target", .string(target)),
      .init("variables", .array(variables.map { .string($0) })),
      .init("seed", .integer(seed)), .init("rows", .integer(rows)),
      .init("confirmed_rows", .integer(confirmedRows ?? rows)),
      .init("loss_function", .string("\(loss)")),
      .init("evaluations", .integer(evaluations)), .init("seconds", .number(seconds)),
      .init("stopped", .string(end.reportName)),
      .init("best", best.map { .integer($0) } ?? .null),
      .init("front", .array(front.map(\.json))),
    ])
  }

  /// Writes the front as `equations.json`, `equations.csv` and `equations.tex`, and a search that could
  /// go on as `checkpoint/search.json`.
  ///
  /// - Parameter directory: A directory opened for writing.
  /// - Throws: `FileError` if a file cannot be written.
  public func write(to directory: RunDirectory) throws {
    try directory.write((json.text(.indented) + "\n").utf8, as: .equations(.json))
    var csv = CSVDocument(header: [
      "complexity", "loss", "r2", "score", "residual_rms", "symbolic_zero", "condition_rms", "best",
      "equation",
    ])
    for (index, equation) in front.enumerated() {
      csv.append([
        .number(Double(equation.complexity)), .number(equation.loss),
        .number(equation.rSquared), .number(equation.score),
        .number(equation.check?.rms ?? .nan),
        .text(equation.check.map { $0.isProved ? "true" : "false" } ?? ""),
        .number(equation.check?.conditionRMS ?? .nan),
        .text(index == best ? "true" : "false"), .text(equation.equation.description),
      ])
    }
    try csv.write(to: try directory.path(of: .equations(.csv)))
    try directory.write(tex.utf8, as: .equations(.tex))
    if let state, end != .targetReached {
      try state.write(to: directory)
    } else {
      try SearchState.remove(from: directory)
    }
  }

  /// The front as a LaTeX table, the chosen equation marked.
  private var tex: String {
    let rows = front.enumerated().map { index, equation in
      let residual = equation.check?.summary(zero: "$0$ (proved)") ?? "--"
      let conditions = equation.check?.conditionSummary(zero: "$0$ (proved)") ?? "--"
      let mark = index == best ? "$\\star$" : ""
      return "\(mark) & \(equation.complexity) & \(NumberFormat.short(equation.loss)) & \(residual)"
        + " & \(conditions) & $\(equation.equation.formatted(.latex))$ \\\\"
    }
    return """
      % Distilled by limbeck \(limbeckVersion): \(target) of \(variables.joined(separator: ", "))
      \\begin{tabular}{crrrrl}
      & complexity & loss & residual & conditions & equation \\\\ \\hline
      \(rows.joined(separator: "\n"))
      \\end{tabular}

      """
  }
}

extension DistilledEquation {
  /// One entry of `front` in the JSON document.
  fileprivate var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("complexity", .integer(complexity)), .init("loss", .number(loss)),
      .init("r2", .number(rSquared)), .init("score", .number(score)),
      .init("equation", .string(equation.description)),
      .init("fitted", .string(fitted.description)),
      .init("sympy", .string(numeric.formatted(.sympy))),
      .init("latex", .string(equation.formatted(.latex))),
      .init(
        "constants",
        .array(
          constants.map { constant in
            .object([
              .init("value", .number(constant.value)),
              .init("standard_error", constant.standardError.map { .number($0) } ?? .null),
              .init("snapped", constant.form.map { .string($0.formatted(.sympy)) } ?? .null),
            ])
          })),
    ]
    if !categories.isEmpty {
      members.append(.init("parameters", .array(categories.map(\.json))))
    }
    members.append(.init("residual", check?.json ?? .null))
    members.append(.init("safety", safety.json))
    return .object(members)
  }
}

extension TemplateParameter {
  /// One entry of `parameters` in the JSON document: a value for each category.
  fileprivate var json: JSONValue {
    .object([
      .init("name", .string(name.name)),
      .init("category", category.map { .string($0.name) } ?? .null),
      .init(
        "values",
        .array(
          categories.indices.map { index in
            .object([
              .init("category", .number(categories[index])), .init("value", .number(values[index])),
              .init("standard_error", standardErrors[index].map { .number($0) } ?? .null),
            ])
          })),
    ])
  }
}

extension SolutionCheck {
  /// Whether every equation is proved, whatever the conditions say.
  var isProved: Bool { !equations.isEmpty && equations.allSatisfy(\.isSymbolicZero) }

  /// The equations' residual in a few characters.
  ///
  /// - Parameter zero: What a proof reads as.
  /// - Returns: The proof, the root mean square, or `undefined`.
  public func summary(zero: String) -> String {
    isProved ? zero : rms.map { NumberFormat.short($0) } ?? "undefined"
  }

  /// The conditions' residual in a few characters.
  ///
  /// - Parameter zero: What a proof reads as.
  /// - Returns: The proof, the root mean square, `undefined`, or `--` where there is no condition.
  public func conditionSummary(zero: String) -> String {
    guard !conditions.isEmpty else { return "--" }
    guard !conditions.allSatisfy(\.isSymbolicZero) else { return zero }
    return conditionRMS.map { NumberFormat.short($0) } ?? "undefined"
  }

  fileprivate var json: JSONValue {
    func entry(_ residual: Residual) -> JSONValue {
      .object([
        .init("name", .string(residual.name)),
        .init("rms", residual.rms.map { .number($0) } ?? .null),
        .init("symbolic_zero", .bool(residual.isSymbolicZero)),
      ])
    }
    return .object([
      .init("rms", rms.map { .number($0) } ?? .null), .init("symbolic_zero", .bool(isProved)),
      .init("exact_solution", .bool(isExactSolution)),
      .init("equations", .array(equations.map(entry))),
      .init("conditions", .array(conditions.map(entry))),
    ])
  }
}

extension SearchStop {
  /// The word in the JSON document.
  var reportName: String {
    switch self {
    case .targetReached: "target-reached"
    case .evaluations: "evaluations"
    case .seconds: "time"
    case .cancelled: "interrupted"
    }
  }
}

extension EquationSafety {
  /// `domain` is `safe`, `unknown` or `unsafe`.
  fileprivate var json: JSONValue {
    let word =
      switch domain {
      case .safe: "safe"
      case .unknown: "unknown"
      case .unsafe: "unsafe"
      }
    return .object([
      .init("domain", .string(word)), .init("growth", growth.map { .number($0) } ?? .null),
    ])
  }
}

import Limbeck

extension BenchmarkProblem {
  /// What a judge needs to know of the law.
  ///
  /// - Parameters:
  ///   - observations: The rows, whose ranges are told.
  ///   - seed: The seed of the rows.
  /// - Returns: The first members of a line of results or tasks.
  func members(
    _ observations: Observations, seed: Int
  ) -> [JSONValue.Member] {
    [
      .init("group", .string(group)), .init("id", .string(id)), .init("seed", .integer(seed)),
      .init("noise", .number(observations.noise)),
      .init("law", .string(formula.formatted(.sympy))),
      .init("law_nodes", .integer(formula.complexity)),
      .init(
        "variables",
        .array(
          zip(variables, observations.ranges).map { variable, range in
            .object([
              .init("name", .string(variable.symbol.name)),
              .init("low", .number(range.lowerBound)), .init("high", .number(range.upperBound)),
            ])
          })),
    ]
  }
}

extension Trial {
  /// One line of a file of results.
  var json: JSONValue {
    .object(
      problem.members(observations, seed: seed) + [
        .init("conditions", conditions),
        .init("seconds", .number(seconds)),
        .init("seconds_to_fit", secondsToFit.map { .number($0) } ?? .null),
        .init("evaluations", .integer(distillation.evaluations)),
        .init("stopped", .string(distillation.end.rawValue)),
        .init("verdict", .string(verdict.rawValue)),
        .init("best", distillation.best.map { .integer($0) } ?? .null),
        .init("front", .array(distillation.front.map(json))),
      ])
  }

  /// What the search was given besides the table.
  private var conditions: JSONValue {
    .object([
      .init("rows", .integer(observations.table.rowCount)),
      .init(
        "irrelevant", .integer(observations.table.names.count - observations.variableCount - 1)),
      .init("grammar", .string(limits.grammar.name)),
      .init("limit", .number(limits.seconds)), .init("threads", .integer(limits.threads)),
      .init("instructions", .string(InstructionSet.current.name)),
    ])
  }

  /// One equation of the front; its loss is relative to the variance of the target.
  private func json(of equation: DistilledEquation) -> JSONValue {
    .object([
      .init("equation", .string(equation.equation.description)),
      .init("sympy", .string(equation.numeric.formatted(.sympy))),
      .init("loss", .number(equation.loss / variance)),
      .init("complexity", .integer(equation.complexity)),
      .init("nodes", .integer(equation.equation.complexity)),
      .init(
        "constants",
        .array(
          equation.identified.constants.map { constant in
            .object([
              .init("value", .number(constant.value)),
              .init("standard_error", constant.standardError.map { .number($0) } ?? .null),
              .init("snapped", constant.form.map { .string($0.formatted(.sympy)) } ?? .null),
            ])
          })),
    ])
  }
}

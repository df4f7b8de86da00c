public import RunStore

extension DictionaryMetrics {
  /// The metrics by name; what is not defined is null, with the reason.
  public var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("samples", .integer(samples)), .init("l0", .number(l0)),
      .init("dead", .integer(deadCount)),
      .init("dead_fraction", .number(Double(deadCount) / Double(densities.count))),
      .init("mse", .number(meanSquaredError)),
    ]
    for (name, metric) in [
      ("explained_variance", explainedVariance), ("fvu", unexplainedVariance),
      ("cosine", cosine), ("shrinkage", shrinkage), ("collinearity", collinearity),
    ] {
      members.append(.init(name, metric.value.map { .number($0) } ?? .null))
      if let reason = metric.reason { members.append(.init("\(name)_note", .string(reason))) }
    }
    members.append(.init("density", .array(densities.map { .number($0) })))
    members.append(.init("log10_density", densityHistogram.json))
    return .object(members)
  }
}

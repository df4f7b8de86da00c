import Limbeck

extension FeatureTable {
  /// The live features for people, the most frequent first.
  ///
  /// - Parameter limit: The most rows.
  /// - Returns: A table; equations have a column if there are any.
  func table(limit: Int) -> String {
    func short(_ value: Double?) -> String { value.map(NumberFormat.short) ?? "–" }
    let isLabelled = rows.contains { $0.label != nil }
    let cells = rows.filter { $0.density > 0 }.prefix(limit).map { row in
      [
        "\(row.feature)", short(row.density), short(row.footprint?.change),
        short(row.footprint?.concentration),
        row.field.map { "\($0.name) \(NumberFormat.short($0.r))" } ?? "–",
      ]
        + (isLabelled
          ? [short(row.label?.r2), row.label?.equation.description ?? "–"] : [])
    }
    let header =
      ["feature", "density", "change", "concentration", "field, r"]
      + (isLabelled ? ["R²", "equation"] : [])
    return Text.table([header] + cells)
  }
}

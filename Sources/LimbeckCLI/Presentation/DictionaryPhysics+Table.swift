import Limbeck

extension DictionaryPhysics {
  /// Dictionaries for people, one a row.
  static func table(_ dictionaries: [DictionaryPhysics]) -> String {
    func short(_ value: Double?) -> String { value.map(NumberFormat.short) ?? "–" }
    let rows = dictionaries.map { dictionary in
      [
        "\(dictionary.featureCount)", short(dictionary.metrics.l0),
        short(dictionary.metrics.explainedVariance.value),
        short(dictionary.correlation.meanStrongest), short(dictionary.pairs.meanGain),
        short(dictionary.meanConcentration), short(dictionary.spliced.largestChange),
        short(dictionary.spliced.residualRMS.compactMap { $0 }.max()), dictionary.name,
      ]
    }
    let header = [
      "features", "L0", "EV", "|r|", "pair gain", "concentration", "change", "equation",
      "dictionary",
    ]
    return Text.table([header] + rows)
      + "\n\n|r|: mean largest correlation of a feature with a field; pair gain: R² that a second "
      + "feature adds, mean over fields;\nconcentration: share of an ablation's effect in the tenth "
      + "of the domain where it is largest; change, equation: spliced in."
  }
}

extension SplicedPhysics {
  /// What is recovered, in a line.
  var recoveryLine: String {
    func shares(_ other: InterventionEffect) -> String {
      let kinds: [(String, (InterventionEffect) -> [Double?])] = [
        ("change", \.changes), ("equation", \.residualRMS), ("condition", \.conditionRMS),
      ]
      return kinds.map { name, errors in
        let values = recovered(errors, comparedWith: other).map {
          $0.value.map(NumberFormat.short) ?? "–"
        }
        return "\(name) \(values.joined(separator: " "))"
      }.joined(separator: ", ")
    }
    return "recovered beside zero: \(shares(zero)); beside the mean: \(shares(mean))"
  }
}

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

import Limbeck

extension MeasuredDictionary {
  /// Dictionaries for people, one a row; columns of what is not known are left out.
  static func table(_ dictionaries: [MeasuredDictionary]) -> String {
    func short(_ value: Double?) -> String { value.map(NumberFormat.short) ?? "–" }
    let isPhysical = dictionaries.contains { $0.physics != nil }
    let rows = dictionaries.map { dictionary in
      let physics = dictionary.physics
      return [
        "\(dictionary.featureCount)", short(dictionary.metrics.l0),
        "\(dictionary.metrics.deadCount)", short(dictionary.metrics.explainedVariance.value),
      ]
        + (isPhysical
          ? [
            short(physics?.correlation.meanStrongest), short(physics?.pairs.meanGain),
            short(physics?.meanConcentration), short(physics?.spliced.largestChange),
            short(physics?.spliced.residualRMS.compactMap { $0 }.max()),
          ] : []) + [dictionary.name]
    }
    let header =
      ["features", "L0", "dead", "EV"]
      + (isPhysical ? ["|r|", "pair gain", "concentration", "change", "equation"] : [])
      + ["dictionary"]
    return Text.table([header] + rows) + (isPhysical ? "\n\n" + Self.legend : "")
  }

  private static let legend =
    "|r|: mean largest correlation of a feature with a field; pair gain: R² that a second "
    + "feature adds, mean over fields;\nconcentration: share of an ablation's effect in the tenth "
    + "of the domain where it is largest; change, equation: spliced in."
}

extension ReportPage {
  /// What layers were taken apart into: each feature with its label.
  func features() throws(RenderingError) -> HTML? {
    guard !results.features.isEmpty else { return nil }
    var content: [HTML] = []
    for (index, features) in results.features.enumerated() {
      content += [HTML("p", [HTML(Self.account(of: features))])]
      let live = features.live
      if !live.isEmpty { content.append(table(of: live)) }
      if live.count > Self.featureLimit {
        content.append(
          HTML("p", [HTML("… and \(live.count - Self.featureLimit) that are active less often.")]))
      }
      let pictures: [(FigureKind, String)] = [
        (.features, "Where each feature is active, dark for nowhere."),
        (
          .correlation,
          "Which physical field each feature goes with; weak correlations are hatched."
        ),
        (.density, "How often features are active."),
        (.superposition, "Directions of the features in the layer, projected onto a plane."),
      ]
      for (kind, caption) in pictures {
        content += [try picture(kind, of: index, caption: caption)].compactMap { $0 }
      }
    }
    return section("Features", content)
  }

  private static func account(of features: SparseFeatures) -> String {
    var text =
      "\(features.site): \(features.live.count) of \(features.features.count) features are ever active"
    if let active = features.meanActive {
      text += ", \(MathText(short: active).plain) at once on average"
    }
    if let share = features.explainedVariance {
      text += "; what they leave unexplained of the layer's variance is "
      text += MathText(short: max(0, 1 - share)).plain
    }
    return text + "."
  }

  private func table(of features: [SparseFeatures.Feature]) -> HTML {
    let hasFields = features.contains { $0.field != nil }
    let hasEquations = features.contains { $0.equation != nil }
    let header =
      ["feature", "active in"] + (hasFields ? ["goes with", "r"] : [])
      + (hasEquations ? ["R²", "equation"] : [])
    let rows = features.prefix(Self.featureLimit).map { feature -> [HTML] in
      var cells = [HTML("\(feature.index)"), number(100 * feature.density) + " %"]
      if hasFields {
        cells.append(HTML(MathText(name: feature.field ?? "–")))
        cells.append(feature.correlation.map { number($0) } ?? HTML("–"))
      }
      if hasEquations {
        cells.append(feature.rSquared.map { explained($0) } ?? HTML("–"))
        cells.append(feature.equation.map { formula([.formula($0)]) } ?? HTML("–"))
      }
      return cells
    }
    return .table(header.map { HTML($0) }, rows)
  }

  private static let featureLimit = 16
}

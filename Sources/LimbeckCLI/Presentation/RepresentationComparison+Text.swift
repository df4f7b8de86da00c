import Limbeck

extension RepresentationComparison {
  /// A table of layers by layers for each two runs, and one of ranks.
  var text: String {
    let names = layers.map(\.network).reduce(into: [String]()) { names, name in
      if !names.contains(name) { names.append(name) }
    }
    let tables = names.flatMap { left in
      names.flatMap { right in
        let pairs = pairs.filter { $0.leftNetwork == left && $0.rightNetwork == right }
        return pairs.isEmpty
          ? []
          : [
            Self.table("CKA", pairs) { $0.alignment },
            Self.table("SVCCA", pairs) { $0.correlation },
          ]
      }
    }
    let ranks =
      [["run", "units", "effective rank", "untrained", "layer"]]
      + layers.map { layer in
        [
          layer.network, "\(layer.units)", Self.cell(layer.effectiveRank),
          Self.cell(layer.untrainedRank), layer.name,
        ]
      }
    return (tables + [Text.table(ranks)]).joined(separator: "\n\n")
      + "\n\nin brackets: the mean of \(Self.controlDraws) untrained networks of the same designs; only "
      + "what is above it\nhas been learned. \(pointCount) points."
  }

  private static func table(
    _ measure: String, _ pairs: [Pair], _ figure: (Similarity) -> Double?
  ) -> String {
    let (left, right) = (pairs[0].leftNetwork, pairs[0].rightNetwork)
    let columns = pairs.filter { $0.leftLayer == pairs[0].leftLayer }.map(\.rightLayer)
    let rows = stride(from: 0, to: pairs.count, by: columns.count).map { start in
      pairs[start..<start + columns.count].map { pair in
        "\(cell(figure(pair.trained))) (\(cell(figure(pair.untrained))))"
      } + [pairs[start].leftLayer]
    }
    let title =
      left == right ? "\(measure) within \(left)" : "\(measure): columns \(right), rows \(left)"
    return title + "\n" + Text.table([columns + [""]] + rows)
  }

  private static func cell(_ value: Double?) -> String {
    value.map { NumberFormat.short($0) } ?? "–"
  }
}

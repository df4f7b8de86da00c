import Foundation
import Limbeck

extension ProbeTable {
  /// The table for people: each R² between what explains it away and what it is worth.
  ///
  /// R² is printed as the digits that it leaves unexplained, since 0.99 and 0.9999 look alike.
  var text: String {
    let header = [
      "layer", "target", "split", "R²", "95 %", "log10(1−R²)", "untrained", "coordinates",
      "permuted", "control", "selectivity", "gain", "bits",
    ]
    let cells = rows.map { row in
      [
        row.layer, row.target, row.split.rawValue, Self.fraction(row.score.r2),
        row.score.interval.map {
          "\(Self.fraction($0.lowerBound))…\(Self.fraction($0.upperBound))"
        } ?? "–", Self.decimals(row.score.log10Unexplained), Self.fraction(row.untrained),
        Self.fraction(row.coordinates), Self.fraction(row.permuted), Self.fraction(row.control),
        Self.decimals(row.selectivity), Self.decimals(row.gain), Self.decimals(row.savedBits),
      ]
    }
    return ([Text.table([header] + cells), layers] + notes + [legend]).joined(separator: "\n\n")
  }

  /// How many directions each layer has to read from.
  private var layers: String {
    var known: Set<String> = []
    let firsts = rows.filter { known.insert($0.layer).inserted }
    return Text.table(
      [["layer", "neurons", "rank at 1e-6", "condition"]]
        + firsts.map { row in
          [
            row.layer, "\(row.probe.weights.count)", "\(row.rank)",
            NumberFormat.short(row.condition),
          ]
        })
  }

  /// What the rows have to say for themselves, each remark once.
  private var notes: [String] {
    var known: Set<String> = []
    let lines = rows.compactMap(\.note).filter { known.insert($0).inserted }.map { note in
      var targets: Set<String> = []
      let names = rows.filter { $0.note == note && targets.insert($0.target).inserted }
      return "note: \(names.map(\.target).joined(separator: ", ")): \(note)"
    }
    return lines.isEmpty ? [] : [lines.joined(separator: "\n")]
  }

  private var legend: String {
    """
    \(rows.first?.kind ?? "") probes; R² is of held-out samples. It means something only beside its \
    controls: the same probe on
    untrained networks, on raw coordinates, for permuted values, and for smooth random fields \
    (control). selectivity = R² − control;
    gain = digits of 1 − R² that training has added over the untrained networks; bits = what the \
    layer saves of the target's online
    code, in bits a sample: a probe that needs many samples before it reads pays for them.
    """
  }

  /// R² with as many nines as it has, and no more.
  private static func fraction(_ value: Double?) -> String {
    guard let value else { return "–" }
    let unexplained = 1 - value
    guard unexplained > 0 else { return "1" }
    if unexplained >= 0.0005 { return String(format: "%.3f", value) }
    return "1−" + String(format: "%.0e", unexplained)
  }

  private static func decimals(_ value: Double?) -> String {
    value.map { String(format: "%.2f", $0) } ?? "–"
  }
}

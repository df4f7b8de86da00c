import Foundation
import Limbeck

extension InputSensitivity {
  /// What each neuron and then each live feature goes with, for people.
  ///
  /// - Parameters:
  ///   - neurons: The neurons' inputs.
  ///   - features: The features' inputs.
  ///   - table: The features in the order to show them in.
  /// - Returns: A table of r, and a line that counts.
  static func table(
    _ neurons: InputSensitivity, _ features: InputSensitivity, _ table: FeatureTable
  ) -> String {
    let live = table.rows.filter { $0.density > 0 }.map(\.feature)
    let rows =
      neurons.counts.indices.map { neurons.row($0, "neuron \($0)") }
      + live.map { features.row($0, "feature \($0)") }
    let header = ["r with"] + neurons.correlation.fields + ["inputs"]
    return Text.table([header] + rows)
      + "\n\ninputs with |r| of \(NumberFormat.short(threshold)) or more: "
      + "\(neurons.summary("neuron")); \(features.summary("feature"))."
  }

  private func row(_ unit: Int, _ name: String) -> [String] {
    [name] + correlation.coefficients[unit].map { $0.map { String(format: "%.2f", $0) } ?? "–" }
      + [counts[unit].map(String.init) ?? "–"]
  }

  private func summary(_ kind: String) -> String {
    "\(meanCount.map(NumberFormat.short) ?? "–") a \(kind), a single one "
      + "for \(monosemanticCount) of \(liveCount) \(kind)s"
  }
}

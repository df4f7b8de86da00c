import Limbeck

extension LayerAttribution {
  /// The neurons for people, the largest ablation effect first.
  var table: String {
    func cell(_ value: Double?) -> String { value.map(NumberFormat.short) ?? "–" }
    let rows = neurons.sorted { $0.ablation ?? 0 > $1.ablation ?? 0 }.map { neuron in
      [
        cell(neuron.ablation), cell(neuron.direct), cell(neuron.gradient), cell(neuron.size),
        "\(layer).neuron\(neuron.neuron)",
      ]
    }
    return Text.table([["ablation", "direct", "gradient", "size", "on \(unknown)"]] + rows)
      + "\n\ncompleteness: integrated gradients sum to \(unknown) less its baseline within "
      + "\(NumberFormat.short(incompleteness)),\nof \(NumberFormat.short(difference)) rms."
  }

  /// What the columns are.
  static let legend =
    "ablation: relative L2 change; direct: share of the variance of w·a, of the last layer;\n"
    + "gradient: share of the variance by integrated gradients, size: their rms."
}

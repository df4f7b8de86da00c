import Limbeck

extension SpectrumReport {
  /// The spectra for people.
  var text: String {
    let means = layers.filter { $0.neuron == nil }
    var parts = [
      Text.table(
        [["layer", "mean frequency"]] + means.map { [$0.layer, Self.short($0.meanFrequency)] })
    ]
    guard let order else {
      return parts[0]
        + "\n\nThe run holds no weights over training; train with --snapshots 60 to see more."
    }
    parts.append(
      Text.table(
        [["frequency", "learned at step", "predicted by the loss", "by a fit to u"]]
          + order.frequencies.map { entry in
            [
              "\(entry.frequency)", entry.step.map { "\($0)" } ?? "never",
              Self.short(entry.predicted), Self.short(entry.fitPredicted),
            ]
          }))
    parts.append(
      Text.table([
        ["low frequencies first (Spearman)", Self.short(order.bias)],
        ["agreement of the loss's prediction", Self.short(order.agreement)],
        ["agreement of the prediction for a fit", Self.short(order.fitAgreement)],
        ["error in the first ten eigenvectors", Self.short(order.alignment)],
      ]))
    parts.append(Self.table(of: order.rescalings))
    if order.rescalings.contains(where: { $0.training != nil }) {
      parts.append(
        Text.table([
          [
            "all factors: agreement of the loss's prediction",
            Self.short(order.rescalingAgreement.loss),
          ],
          ["of the prediction for a fit", Self.short(order.rescalingAgreement.fit)],
        ]))
    }
    return parts.joined(separator: "\n\n")
      + "\n\nFrequencies in periods along the domain; learned: error below a tenth of the true "
      + "amplitude from there on;\npredicted: time of gradient flow in units of the fastest mode's; "
      + "lists are by frequency."
  }

  /// What becomes of the order when the first layer's weights are multiplied.
  private static func table(of rescalings: [FirstLayerRescaling]) -> String {
    let header = [
      "first layer times", "mean frequency by layer", "predicted by the loss", "by a fit to u",
      "learned at step", "error left",
    ]
    func list(_ values: [Double?]) -> String { values.map(short).joined(separator: " ") }
    let rows = rescalings.map { rescaling -> [String] in
      let steps = rescaling.training?.steps.map { step in step.map { "\($0)" } ?? "never" }
      return [
        short(rescaling.factor), list(rescaling.layerFrequencies), list(rescaling.predicted),
        list(rescaling.fitPredicted), steps?.joined(separator: " ") ?? "not trained (--retrain)",
        rescaling.training.map { list($0.errors) } ?? "–",
      ]
    }
    return Text.table([header] + rows)
  }

  private static func short(_ value: Double?) -> String { value.map(NumberFormat.short) ?? "–" }
}

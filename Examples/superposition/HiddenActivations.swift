import Limbeck

/// Endless samples of what a toy model computes inside.
struct HiddenActivations: ActivationSource {
  let model: ToyModel

  var inputWidth: Int { model.directions.columns }

  var targetWidth: Int? { nil }

  func fill(_ batch: inout ActivationBatch, step: Int) {
    var random = RandomStream(seed: 1).child(step)
    for row in 0..<batch.inputs.rows {
      let hidden = model.hidden(model.drawFeatures(&random))
      for (i, value) in hidden.enumerated() { batch.inputs[row, i] = value }
    }
  }
}

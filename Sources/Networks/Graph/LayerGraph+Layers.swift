/// The pieces that architectures are made of.
extension LayerGraph {
  /// Adds a trainable layer.
  ///
  /// - Parameters:
  ///   - input: What the layer reads.
  ///   - units: Number of its units.
  ///   - name: What its tensors' names begin with.
  ///   - initial: What its weights start from; nil is Glorot's scheme.
  ///   - initialBiases: What its biases start from.
  ///   - gain: A constant factor.
  ///   - isFactorized: Whether its weights are factorised; nil if that is the graph's choice.
  /// - Returns: The weighted sums.
  mutating func dense(
    _ input: LayerSlice, units: Int, name: String, initial: InitialValues? = nil,
    initialBiases: InitialValues = .constant(0), gain: Double = 1, isFactorized: Bool? = nil
  ) -> LayerSlice {
    let output = slot(units)
    let weights = tensor(
      "\(name).weight", [units, input.units],
      initial ?? .glorot(inputs: input.units, outputs: units))
    // Mean 1 and deviation 0.1 of s: section 5 of the paper on factorised weights.
    let isFactorized = isFactorized ?? self.isFactorized
    let scales =
      isFactorized ? tensor("\(name).scale", [units], .rowScales(mean: 1, deviation: 0.1)) : nil
    let biases = tensor("\(name).bias", [units], initialBiases)
    let isPlain = scales == nil && gain == 1
    let scratch =
      isPlain ? nil : scratch(DenseStep.scratchCount(inputs: input.units, outputs: units))
    add(
      DenseStep(
        input: input, output: output, weights: weights, biases: biases, scales: scales,
        gain: gain, scratch: scratch))
    return output
  }

  /// Adds a trainable layer with an activation.
  ///
  /// - Parameters:
  ///   - input: What the layer reads.
  ///   - units: Number of its units.
  ///   - activation: Its nonlinearity.
  ///   - name: What its tensors' names begin with.
  /// - Returns: The activations.
  mutating func layer(
    _ input: LayerSlice, units: Int, activation: Activation, name: String
  ) -> LayerSlice {
    apply(.activation(activation), to: dense(input, units: units, name: name))
  }
}

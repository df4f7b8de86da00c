/// A gated network whose inputs are Fourier features; see ``ModifiedMultilayerPerceptron`` and
/// ``FourierFeatures``.
enum ModifiedFourierNetwork: Architecture {
  static let options: Set<NetworkOption> = [.activation, .features, .sigma]

  static func check(
    hidden: [Int], features: Int, tokens: Int
  ) throws(NetworkDesignError) {
    try checkEqualWidths(hidden)
  }

  static func build(_ design: NetworkDesign, in graph: inout LayerGraph) {
    ModifiedMultilayerPerceptron.build(design, in: &graph)
  }
}

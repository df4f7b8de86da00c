/// A fully connected network whose inputs are Fourier features; see ``FourierFeatures``.
enum FourierNetwork: Architecture {
  static let options: Set<NetworkOption> = [.activation, .features, .sigma]

  static func build(_ design: NetworkDesign, in graph: inout LayerGraph) {
    MultilayerPerceptron.build(design, in: &graph)
  }
}

/// One operation of a ``LayerGraph``, with its rules for jets.
///
/// Along a direction of weights the jets carry three blocks of channels, of h⁰, h¹ and h²; what does not
/// depend on weights of its own treats them as more channels and needs no rule.
protocol LayerStep: Sendable {
  /// What the step reads.
  var inputs: [LayerSlice] { get }

  /// What it writes.
  var output: LayerSlice { get }

  /// Whether the step has parameters.
  var isTrained: Bool { get }

  /// Computes the output's jets.
  ///
  /// - Parameters:
  ///   - memory: The slots.
  ///   - parameters: The network's flat parameters.
  ///   - direction: A direction in parameter space, where the plan is extended along one.
  func forward<Scalar>(
    _ memory: JetMemory<Scalar>, parameters: UnsafePointer<Scalar>,
    direction: UnsafePointer<Scalar>?)

  /// Carries the output's adjoint to the inputs' and to the parameters.
  ///
  /// - Parameters:
  ///   - memory: The slots, their values those of the forward pass.
  ///   - parameters: The network's flat parameters.
  ///   - derivatives: Where the derivatives by the step's parameters go.
  func reverse<Scalar>(
    _ memory: JetMemory<Scalar>, parameters: UnsafePointer<Scalar>,
    derivatives: ParameterDerivatives<Scalar>)
}

extension LayerStep {
  var isTrained: Bool { false }
}

/// What a reverse pass collects, laid out like the flat parameters.
enum ParameterDerivatives<Scalar: NetworkScalar> {
  /// The gradient of `Σ adjoint · output`, added.
  case gradient(UnsafeMutablePointer<Scalar>)

  /// One row of derivatives over the points for each parameter, written.
  case rows(UnsafeMutablePointer<Scalar>, stride: Int)
}

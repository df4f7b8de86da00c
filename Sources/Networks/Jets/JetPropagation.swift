internal import CVectorMath
public import Tensors

/// Carries jets through a network, forward and in reverse, for one block of points.
///
/// All arrays have the points innermost: a layer's activations are `[units, channels, points]`, so
/// that a layer is one matrix product with rows of `channels × points` numbers, an activation
/// function is elementwise over points, and a residual's derivative by one weight is a row over
/// points. The block's size is rounded up to a multiple of 16; the caller repeats a point to fill
/// it and gives the copies no weight.
///
/// An instance owns its working memory and is used by one thread at a time; nothing is allocated
/// after its creation.
public final class JetPropagation<Scalar: NetworkScalar> {
  /// The network.
  public let network: Network

  /// The channels that are carried.
  public let plan: JetPlan

  /// Number of points of a block, a multiple of 16.
  public let points: Int

  /// Adjoints of the outputs, `[outputs, channels, points]`, which ``reverse(parameters:gradient:)``
  /// and ``jacobian(parameters:rows:stride:)`` read.
  public var outputAdjoint: UnsafeMutablePointer<Scalar> { memory.adjoints(output) }

  /// The outputs' jets after ``forward(parameters:direction:)``, `[outputs, channels, points]`.
  public var outputs: UnsafePointer<Scalar> { UnsafePointer(memory.values(output)) }

  /// The jets at a site after ``forward(parameters:direction:)``, `[units, channels, points]`.
  ///
  /// - Parameter site: One of the network's sites, or of its weighted sums where a reverse pass may follow:
  ///   without one, activations take the place of their sums.
  /// - Returns: The jets, until the next forward pass.
  public func values(at site: ActivationSite) -> UnsafePointer<Scalar> {
    UnsafePointer(memory.values(network.graph.slice(of: site)))
  }

  let memory: JetMemory<Scalar>
  let steps: [any LayerStep]
  private let output: LayerSlice

  /// The block size that a number of points needs: the next multiple of 16.
  public static func blockSize(for count: Int) -> Int {
    let multiple = Int(LIMBECK_BLOCK_MULTIPLE)
    return max(1, (count + multiple - 1) / multiple) * multiple
  }

  /// Prepares working memory.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - plan: The channels to carry.
  ///   - points: Number of points of a block; rounded up to a multiple of 16.
  ///   - reversible: Whether a reverse pass will follow; without one, less memory is needed.
  public init(network: Network, plan: JetPlan, points: Int, reversible: Bool = true) {
    self.network = network
    self.plan = plan
    self.points = Self.blockSize(for: points)
    steps = network.graph.steps
    output = network.graph.output
    memory = JetMemory(network.graph, plan: plan, points: self.points, reversible: reversible)
    setDisplacements()
  }

  /// The inputs at some points, mapped to [−1, 1], as a block to ``load(_:)``.
  ///
  /// - Parameter coordinates: One array for each input variable, in its own units; 1 to ``points``
  ///   points, the last of which is repeated to fill the block.
  /// - Returns: Shape `[inputs, points]`.
  public func scaledInputs(_ coordinates: [[Double]]) -> AlignedBuffer<Scalar> {
    let scaled = AlignedBuffer<Scalar>(count: network.inputs * points, repeating: 0)
    for (i, values) in coordinates.enumerated() {
      precondition((1...points).contains(values.count), "a block holds 1 to \(points) points")
      for p in 0..<points {
        let value = values[min(p, values.count - 1)]
        scaled.pointer[i * points + p] = Scalar((value - network.lower[i]) * scale(of: i) - 1)
      }
    }
    return scaled
  }

  /// Chooses the points of the next passes.
  ///
  /// - Parameter inputs: What ``scaledInputs(_:)`` made for this block size.
  public func load(_ inputs: AlignedBuffer<Scalar>) {
    precondition(inputs.count == network.inputs * points, "the inputs belong to another block size")
    let values = memory.values(network.graph.inputs)
    for i in 0..<network.inputs {
      (values + i * memory.row).copy(from: inputs.pointer + i * points, count: points)
    }
  }

  /// The derivative of an input of the network by its variable.
  private func scale(of input: Int) -> Double { 2 / (network.upper[input] - network.lower[input]) }

  /// Sets the inputs' derivatives, which are the same at all points.
  private func setDisplacements() {
    let values = memory.values(network.graph.inputs)
    for (i, displacement) in plan.algebra.displacements.enumerated() {
      guard let displacement else { continue }
      (values + i * memory.row + displacement.channel * points)
        .update(repeating: Scalar(displacement.weight * scale(of: i)), count: points)
    }
  }

  /// Computes the outputs' jets.
  ///
  /// - Parameters:
  ///   - parameters: The network's flat parameters.
  ///   - direction: A direction in parameter space. The plan must be extended along the weights then,
  ///     and the outputs carry the derivatives along the direction in its blocks 1 and 2.
  public func forward(
    parameters: UnsafePointer<Scalar>, direction: UnsafePointer<Scalar>? = nil
  ) {
    for step in steps {
      step.forward(memory, parameters: parameters, direction: direction)
    }
  }

  /// Adds the gradient of `Σ adjoint · output` by the parameters.
  ///
  /// Reads ``outputAdjoint``; ``forward(parameters:direction:)`` must have run before.
  ///
  /// - Parameters:
  ///   - parameters: The network's flat parameters.
  ///   - gradient: Where the gradient is added, laid out like the parameters.
  public func reverse(
    parameters: UnsafePointer<Scalar>, gradient: UnsafeMutablePointer<Scalar>
  ) {
    stepBack(parameters: parameters, derivatives: .gradient(gradient))
  }

  /// Writes the derivatives of one residual per point by each parameter.
  ///
  /// Reads ``outputAdjoint``, here the derivatives of the residual by the outputs' channels.
  ///
  /// - Parameters:
  ///   - parameters: The network's flat parameters.
  ///   - rows: Shape `[parameters, stride]`; the first ``points`` entries of each row are written.
  ///   - stride: Distance between the rows.
  public func jacobian(
    parameters: UnsafePointer<Scalar>, rows: UnsafeMutablePointer<Scalar>, stride: Int
  ) {
    stepBack(parameters: parameters, derivatives: .rows(rows, stride: stride))
  }

  private func stepBack(
    parameters: UnsafePointer<Scalar>, derivatives: ParameterDerivatives<Scalar>
  ) {
    memory.clearSums()
    for step in steps.reversed() {
      step.reverse(memory, parameters: parameters, derivatives: derivatives)
    }
  }
}

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
  public let network: MultilayerPerceptron

  /// The channels that are carried.
  public let plan: JetPlan

  /// Number of points of a block, a multiple of 16.
  public let points: Int

  /// Adjoints of the outputs, `[outputs, channels, points]`, which ``reverse(parameters:gradient:)``
  /// and ``jacobian(parameters:rows:stride:)`` read.
  public var outputAdjoint: UnsafeMutablePointer<Scalar> { adjoints[adjoints.count - 1].pointer }

  /// The outputs' jets after ``forward(parameters:)``, `[outputs, channels, points]`.
  public var outputs: UnsafePointer<Scalar> { UnsafePointer(sums[sums.count - 1].pointer) }

  private let layers: [(inputs: Int, outputs: Int)]
  private let offsets: [(weights: Int, biases: Int)]
  private var inputs: AlignedBuffer<Scalar>
  private let sums: [AlignedBuffer<Scalar>]
  private let activations: [AlignedBuffer<Scalar>]
  private let adjoints: [AlignedBuffer<Scalar>]
  private var row: Int { plan.channelCount * points }

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
  public init(
    network: MultilayerPerceptron, plan: JetPlan, points: Int, reversible: Bool = true
  ) {
    self.network = network
    self.plan = plan
    self.points = Self.blockSize(for: points)
    layers = network.layers
    offsets = network.offsets
    let row = plan.channelCount * self.points
    inputs = AlignedBuffer(count: network.inputs * row, repeating: 0)
    sums = layers.map { AlignedBuffer(count: $0.outputs * row, repeating: 0) }
    // Without a reverse pass the activations overwrite the weighted sums.
    activations =
      reversible
      ? layers.dropLast().map { AlignedBuffer(count: $0.outputs * row, repeating: 0) }
      : Array(sums.dropLast())
    adjoints = reversible ? layers.map { AlignedBuffer(count: $0.outputs * row, repeating: 0) } : []
  }

  /// The jets of the inputs at some points, as a block to ``load(_:)``.
  ///
  /// - Parameter coordinates: One array for each input variable, in its own units; 1 to ``points``
  ///   points, the last of which is repeated to fill the block.
  /// - Returns: Shape `[inputs, channels, points]`.
  public func inputJets(_ coordinates: [[Double]]) -> AlignedBuffer<Scalar> {
    let jets = AlignedBuffer<Scalar>(count: network.inputs * row, repeating: 0)
    for (i, values) in coordinates.enumerated() {
      precondition((1...points).contains(values.count), "a block holds 1 to \(points) points")
      let scale = 2 / (network.upper[i] - network.lower[i])
      let target = jets.pointer + i * row
      for p in 0..<points {
        target[p] = Scalar((values[min(p, values.count - 1)] - network.lower[i]) * scale - 1)
      }
      let first = Monomial((0..<plan.dimension).map { $0 == i ? 1 : 0 })
      if let channel = plan.channel(of: first) {
        (target + channel * points).update(repeating: Scalar(scale), count: points)
      }
    }
    return jets
  }

  /// Chooses the points of the next passes.
  ///
  /// - Parameter jets: What ``inputJets(_:)`` made for this plan and block size.
  public func load(_ jets: AlignedBuffer<Scalar>) {
    precondition(jets.count == network.inputs * row, "the inputs belong to another plan")
    inputs = jets
  }

  /// Chooses the points of the next passes along a weight direction, on which inputs do not depend.
  func load(lifting jets: AlignedBuffer<Scalar>) {
    let third = row / 3
    precondition(jets.count == network.inputs * third, "the inputs belong to another plan")
    for i in 0..<network.inputs {
      (inputs.pointer + i * row).update(from: jets.pointer + i * third, count: third)
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
    var source = UnsafePointer(inputs.pointer)
    for (l, layer) in layers.enumerated() {
      let sum = sums[l].pointer
      Scalar.multiply(
        rows: layer.outputs, columns: row, inner: layer.inputs,
        a: parameters + offsets[l].weights, rowStep: layer.inputs, columnStep: 1, b: source,
        bStride: row, accumulate: false, c: sum, cStride: row)
      Scalar.addToRows(
        rows: layer.outputs, columns: points, stride: row, biases: parameters + offsets[l].biases,
        to: sum)
      if let direction {
        // (W + h D)(a₀ + h a₁ + h² a₂): D carries the blocks 0 and 1 into the blocks 1 and 2.
        let block = row / 3
        Scalar.multiply(
          rows: layer.outputs, columns: 2 * block, inner: layer.inputs,
          a: direction + offsets[l].weights, rowStep: layer.inputs, columnStep: 1, b: source,
          bStride: row, accumulate: true, c: sum + block, cStride: row)
        Scalar.addToRows(
          rows: layer.outputs, columns: points, stride: row, biases: direction + offsets[l].biases,
          to: sum + block)
      }
      guard l < layers.count - 1 else { break }
      Scalar.activate(
        network.activation, plan: plan, units: layer.outputs, points: points, z: sum,
        a: activations[l].pointer)
      source = UnsafePointer(activations[l].pointer)
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
    for l in layers.indices.reversed() {
      let (layer, adjoint) = (layers[l], adjoints[l].pointer)
      let source = l == 0 ? inputs.pointer : activations[l - 1].pointer
      Scalar.multiplyTransposed(
        rows: layer.outputs, others: layer.inputs, columns: row, a: adjoint, b: source,
        c: gradient + offsets[l].weights)
      let biases = gradient + offsets[l].biases
      Scalar.addRowSums(
        rows: layer.outputs, columns: points, stride: row, a: adjoint, to: biases)
      stepBack(from: l, parameters: parameters)
    }
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
    for l in layers.indices.reversed() {
      let source = l == 0 ? inputs.pointer : activations[l - 1].pointer
      Scalar.layerJacobian(
        channels: plan.channelCount, outputs: layers[l].outputs, inputs: layers[l].inputs,
        points: points, adjoint: adjoints[l].pointer, input: source,
        weights: rows + offsets[l].weights * stride, biases: rows + offsets[l].biases * stride,
        stride: stride)
      stepBack(from: l, parameters: parameters)
    }
  }

  /// Turns the adjoint of layer `l`'s weighted sums into that of the layer before.
  private func stepBack(from l: Int, parameters: UnsafePointer<Scalar>) {
    guard l > 0 else { return }
    let layer = layers[l]
    Scalar.multiply(
      rows: layer.inputs, columns: row, inner: layer.outputs, a: parameters + offsets[l].weights,
      rowStep: 1, columnStep: layer.inputs, b: adjoints[l].pointer, bStride: row,
      accumulate: false, c: adjoints[l - 1].pointer, cStride: row)
    Scalar.activateReverse(
      network.activation, plan: plan, units: layer.inputs, points: points,
      z: sums[l - 1].pointer, a: activations[l - 1].pointer, adjoint: adjoints[l - 1].pointer)
  }
}

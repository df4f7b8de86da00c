public import Tensors

/// First and second derivatives of a network's jets along a direction in weight space.
///
/// The displacement h along the direction is one more variable of the jet, carried to order 2: with
/// weights `W + h D`, the coefficient of hᵏ of a layer's sums is `W aₖ + D aₖ₋₁`. This gives the
/// geodesic term of Levenberg-Marquardt exactly, where differences would lose the digits that the
/// last steps need.
public final class WeightDirection<Scalar: NetworkScalar> {
  private let plan: JetPlan
  private let jets: JetPropagation<Scalar>

  /// Prepares working memory.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - plan: The channels whose derivatives are wanted.
  ///   - points: Number of points of a block; rounded up to a multiple of 16.
  public init(network: Network, plan: JetPlan, points: Int) {
    self.plan = plan
    jets = JetPropagation(
      network: network, plan: plan.extendedAlongWeights(), points: points, reversible: false)
  }

  /// Chooses the points of the next pass.
  ///
  /// - Parameter inputs: What ``JetPropagation/scaledInputs(_:)`` made for this block size.
  public func load(_ inputs: AlignedBuffer<Scalar>) {
    jets.load(inputs)
  }

  /// Carries the jets forward.
  ///
  /// - Parameters:
  ///   - parameters: The network's flat parameters.
  ///   - direction: As many numbers.
  public func forward(parameters: UnsafePointer<Scalar>, direction: UnsafePointer<Scalar>) {
    jets.forward(parameters: parameters, direction: direction)
  }

  /// The first derivative of an output's channel, one number for each point of the block.
  ///
  /// - Parameters:
  ///   - output: Which output.
  ///   - channel: Which channel of the plan.
  /// - Returns: The values, valid until the next pass.
  public func first(output: Int, channel: Int) -> UnsafePointer<Scalar> {
    block(1, output, channel)
  }

  /// Half the second derivative of an output's channel: its Taylor coefficient of h².
  ///
  /// - Parameters:
  ///   - output: Which output.
  ///   - channel: Which channel of the plan.
  /// - Returns: One number for each point of the block, valid until the next pass.
  public func halfSecond(output: Int, channel: Int) -> UnsafePointer<Scalar> {
    block(2, output, channel)
  }

  private func block(_ power: Int, _ output: Int, _ channel: Int) -> UnsafePointer<Scalar> {
    let channels = plan.channelCount
    return jets.outputs + ((output * 3 + power) * channels + channel) * jets.points
  }
}

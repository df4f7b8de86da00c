public import Networks
internal import Symbolic
internal import Tensors

/// Evaluates the unknowns that a network stands for and their derivatives at fixed points, in Double.
public final class FieldEvaluator: @unchecked Sendable {
  private let network: Network
  private let transform: OutputTransform?
  private let points: [[Double]]
  private let threads: Int
  private let count: Int
  private let valueBlocks: [AlignedBuffer<Double>]

  /// Points of a block.
  private static let blockSize = 256

  /// Prepares the points.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - points: One array of coordinates for each input; at least one point.
  ///   - transform: How the unknowns are made out of the outputs; nil if they are the outputs.
  ///   - threads: Number of threads; no result depends on it.
  public init(
    network: Network, points: [[Double]], transform: OutputTransform? = nil,
    threads: Int
  ) {
    precondition(points.count == network.inputs && !points[0].isEmpty, "points have coordinates")
    self.network = network
    self.transform = transform
    self.points = points
    self.threads = threads
    count = points[0].count
    let plan = JetPlan(dimension: network.inputs, containing: [])
    valueBlocks = Self.blocks(network, plan, points)
  }

  /// Prepares the points for a trained network.
  ///
  /// - Parameters:
  ///   - solution: The network.
  ///   - points: One array of coordinates for each input; at least one point.
  ///   - threads: Number of threads; no result depends on it.
  public convenience init(_ solution: TrainedNetwork, points: [[Double]], threads: Int) {
    self.init(
      network: solution.network, points: points, transform: solution.transform, threads: threads)
  }

  /// The values of an unknown or one of its derivatives.
  ///
  /// - Parameters:
  ///   - field: Which unknown, and how it is differentiated.
  ///   - parameters: The network's flat parameters; what follows them is ignored.
  /// - Returns: One number for each point.
  public func values(of field: DerivativeSymbol, parameters: [Double]) -> [Double] {
    guard let transform, transform.formulas[field.unknown] != nil else {
      return outputs(of: field, parameters: parameters)
    }
    let (formula, symbols) = transform.networkForm(of: field)
    let names = symbols.keys.sorted()
    let columns = names.compactMap { symbols[$0] }.map { outputs(of: $0, parameters: parameters) }
    guard let program = try? Program(formula, inputs: transform.variables + names) else {
      preconditionFailure("a transform contains variables and outputs alone")
    }
    return program.evaluate(points + columns)
  }

  /// The values of an output of the network or one of its derivatives.
  private func outputs(of field: DerivativeSymbol, parameters: [Double]) -> [Double] {
    let plan = JetPlan(dimension: network.inputs, containing: [field.monomial])
    guard let channel = plan.channel(of: field.monomial) else {
      preconditionFailure("a plan carries every derivative it was made for")
    }
    let blocks = field.order == 0 ? valueBlocks : Self.blocks(network, plan, points)
    let result = AlignedBuffer(count: blocks.count * Self.blockSize, repeating: 0.0)
    let workers = min(max(1, threads), blocks.count)
    parallelFor(count: workers, threads: workers) { worker in
      let jets = JetPropagation<Double>(
        network: network, plan: plan, points: Self.blockSize, reversible: false)
      for b in stride(from: worker, to: blocks.count, by: workers) {
        jets.load(blocks[b])
        jets.forward(parameters: parameters)
        let source = jets.outputs + (field.unknown * plan.channelCount + channel) * jets.points
        for p in 0..<Self.blockSize {
          result.pointer[b * Self.blockSize + p] = source[p] * field.monomial.factorial
        }
      }
    }
    return Array(UnsafeBufferPointer(start: result.pointer, count: count))
  }

  private static func blocks(
    _ network: Network, _ plan: JetPlan, _ points: [[Double]]
  ) -> [AlignedBuffer<Double>] {
    let jets = JetPropagation<Double>(
      network: network, plan: plan, points: blockSize, reversible: false)
    return stride(from: 0, to: points[0].count, by: blockSize).map { start in
      jets.scaledInputs(points.map { Array($0[start..<min(start + blockSize, $0.count)]) })
    }
  }
}

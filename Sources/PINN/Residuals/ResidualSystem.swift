public import Networks
public import Symbolic
internal import Tensors

/// All residuals of a problem as functions of the network's parameters: what an optimiser sees.
///
/// The residual vector has one entry per equation and point, scaled so that the loss is its squared
/// norm: `L = Σ_terms weight · Σ_equations mean(rᵢ²)`. Blocks are padded to a multiple of 16 points;
/// the padding's residuals are zero and so are their derivatives.
///
/// **Threads and bits.** Blocks are dealt to a fixed number of shards, each of which owns its working
/// memory and sums; sums are added in the shards' order. The bits do not depend on `threads`. The working
/// memory belongs to the instance: one call at a time, which is the caller's promise behind
/// `@unchecked Sendable`.
public final class ResidualSystem<Scalar: NetworkScalar>: @unchecked Sendable {
  /// The network whose parameters are sought.
  public let network: Network

  /// Number of threads to use; no result depends on it.
  public let threads: Int

  /// The most memory for a part of the Jacobian in bytes; the last bits of sums depend on it.
  public var pieceBytes = 32 << 20

  /// The coefficients that are trained with the network; their values follow its parameters in the
  /// flat vectors.
  public let coefficients: [Symbol]

  let terms: [CompiledTerm]
  let blocks: [ResidualBlock<Scalar>]
  let shards: [Shard]
  let rowCount: Int

  /// What each residual is multiplied by, zero for the padding; see ``weigh(_:)``.
  let factors: AlignedBuffer<Double>

  /// Working memory for a point and a direction in parameter space.
  let parameterMemory, directionMemory: AlignedBuffer<Scalar>

  /// Working memory for products of the Jacobian with itself.
  var packed: [PackedRows?] = [nil, nil]

  /// More threads than this share no work of one pass.
  static var shardCount: Int { 8 }

  /// Compiles a problem's residuals.
  ///
  /// - Parameters:
  ///   - network: The network whose parameters are sought.
  ///   - terms: The parts of the loss.
  ///   - variables: The symbols of the coordinates, in the network's order.
  ///   - symbols: What the symbols of unknowns and their derivatives stand for.
  ///   - coefficients: Names in the equations whose values are sought along with the network.
  ///   - threads: Number of threads to use.
  /// - Throws: `ProgramError` if an equation reads a name that is neither a column nor a derivative.
  public init(
    network: Network, terms: [ResidualTerm], variables: [Symbol],
    symbols: [Symbol: DerivativeSymbol], coefficients: [Symbol] = [], threads: Int
  ) throws(ProgramError) {
    self.network = network
    self.threads = threads
    self.coefficients = coefficients
    var compiled: [CompiledTerm] = []
    for term in terms where term.pointCount > 0 {
      compiled.append(
        try CompiledTerm(
          term, variables: variables, symbols: symbols, coefficients: coefficients))
    }
    self.terms = compiled
    var blocks: [ResidualBlock<Scalar>] = []
    var row = 0
    for (index, term) in compiled.enumerated() {
      let size = Self.blockSize(network, term)
      let jets = JetPropagation<Scalar>(
        network: network, plan: term.plan, points: term.images * size, reversible: false)
      let own = term.blocks(index: index, size: size, firstRow: row, jets: jets)
      row += own.count * size * term.residuals.count
      blocks += own
    }
    self.blocks = blocks
    rowCount = row
    factors = AlignedBuffer(count: row, repeating: 0)
    let parameterCount = network.parameterCount + coefficients.count
    parameterMemory = AlignedBuffer(count: parameterCount, repeating: 0)
    directionMemory = AlignedBuffer(count: parameterCount, repeating: 0)
    shards = (0..<Self.shardCount).map { shard in
      Shard(
        blocks: Array(stride(from: shard, to: blocks.count, by: Self.shardCount)),
        parameterCount: parameterCount)
    }
    weigh(nil)
  }

  /// Number of weights and biases of the network, and of trained coefficients.
  public var parameterCount: Int { network.parameterCount + coefficients.count }

  /// Gives single residuals more or less weight in the loss.
  ///
  /// - Parameter weights: What each square is multiplied by beside its term's weight, laid out like
  ///   the residuals; nil for 1.
  public func weigh(_ weights: [Double]?) {
    precondition(weights.map { $0.count == rowCount } ?? true, "each residual has a weight")
    for block in blocks {
      let scale = terms[block.term].scale
      for row in block.rows {
        for p in row..<row + block.count {
          factors.pointer[p] = scale * (weights?[p] ?? 1).squareRoot()
        }
      }
    }
  }

  /// Points of a block: as many as let one layer's jets take about 64 KB, half a second-level cache
  /// with their adjoints.
  private static func blockSize(_ network: Network, _ term: CompiledTerm) -> Int {
    let bytes = network.width * term.plan.channelCount * MemoryLayout<Scalar>.stride
    let wanted = min(term.term.pointCount, max(32, min(256, 65_536 / bytes)))
    return JetPropagation<Scalar>.blockSize(for: wanted)
  }

  /// Working memory of a part of the blocks, used by one thread at a time.
  final class Shard {
    let blocks: [Int]
    let gradient: AlignedBuffer<Scalar>
    var jets: [Int: JetPropagation<Scalar>] = [:]
    var directions: [Int: WeightDirection<Scalar>] = [:]
    private(set) var fields = AlignedBuffer(count: 0, repeating: 0.0)
    private(set) var values = AlignedBuffer(count: 0, repeating: 0.0)
    private var paired = AlignedBuffer<Scalar>(count: 0, repeating: 0)
    private var jacobian = AlignedBuffer<Scalar>(count: 0, repeating: 0)

    init(blocks: [Int], parameterCount: Int) {
      self.blocks = blocks
      gradient = AlignedBuffer(count: parameterCount, repeating: 0)
    }

    /// Makes room for a block's fields and for one value a point.
    func reserve(fields fieldCount: Int, values valueCount: Int) {
      if fields.count < fieldCount { fields = AlignedBuffer(count: fieldCount, repeating: 0) }
      if values.count < valueCount { values = AlignedBuffer(count: valueCount, repeating: 0) }
    }

    func clearGradient() { gradient.pointer.clear(count: gradient.count) }

    /// Room for the derivatives of a block's residuals.
    func jacobianRows(count: Int) -> UnsafeMutablePointer<Scalar> {
      if jacobian.count < count { jacobian = AlignedBuffer(count: count, repeating: 0) }
      return jacobian.pointer
    }

    /// Room for the derivatives of a block's residuals by points and partners apart.
    func pairedRows(count: Int) -> UnsafeMutablePointer<Scalar> {
      if paired.count < count { paired = AlignedBuffer(count: count, repeating: 0) }
      return paired.pointer
    }

    /// Uses the working memory for a term, made at its first use.
    func propagation(
      _ system: ResidualSystem, term: Int, size: Int
    ) -> JetPropagation<Scalar> {
      if let jets = jets[term] { return jets }
      let made = JetPropagation<Scalar>(
        network: system.network, plan: system.terms[term].plan, points: size)
      jets[term] = made
      return made
    }

    /// Uses the working memory for directions, made at its first use.
    func direction(_ system: ResidualSystem, term: Int, size: Int) -> WeightDirection<Scalar> {
      if let direction = directions[term] { return direction }
      let made = WeightDirection<Scalar>(
        network: system.network, plan: system.terms[term].plan, points: size)
      directions[term] = made
      return made
    }
  }
}

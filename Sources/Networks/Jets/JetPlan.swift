internal import CVectorMath
internal import Tensors

/// Which Taylor coefficients travel through a network, and how their products are formed.
///
/// A jet is a polynomial in displacements of the input variables, truncated to a set of monomials
/// that is closed under division: to carry `x²` one must carry `x` and 1. Sums, products and smooth
/// functions of such polynomials stay within the set, so one forward pass yields every derivative
/// the residual needs, exactly, mixed ones included. The heat equation `u_t − α u_xx` needs the
/// channels 1, x, t and x²: see ``init(dimension:containing:sum:)``. Where only a sum of derivatives is
/// needed, it takes one channel: with `u_t − α u_xx` as the sum the channels are 1, x and the sum, with the
/// Laplacian 1, one for each variable, and the sum (the *forward Laplacian*: Li et al. (2023),
/// [doi:10.48550/arXiv.2307.08214](https://doi.org/10.48550/arXiv.2307.08214)).
///
/// Taylor-mode differentiation: Griewank & Walther, *Evaluating Derivatives* (2008), chapter 13,
/// [doi:10.1137/1.9780898717761](https://doi.org/10.1137/1.9780898717761).
public final class JetPlan: @unchecked Sendable {
  /// Number of input variables.
  public let dimension: Int

  /// The monomial of each channel; channel 0 is the constant 1, the value itself.
  ///
  /// The channel of ``sum`` follows them.
  public let monomials: [Monomial]

  /// The sum of derivatives that the last channel carries, if there is one.
  public let sum: DerivativeSum?

  /// The highest degree of a channel.
  public let order: Int

  /// The most channels that a plan can hold.
  ///
  /// Derivatives along a direction of weights carry each channel three times.
  public static let maximumChannels = Int(LIMBECK_JET_MAX_CHANNELS) / 3

  /// The highest derivative that a plan can hold.
  public static let maximumOrder = 4

  private let channels: [Monomial: Int]

  /// How the channels multiply.
  let algebra: JetAlgebra

  // The kernels read these through pointers, so they live as long as the plan and never move.
  private let terms: [AlignedBuffer<limbeck_jet_term>]
  private let kernelPlan: AlignedBuffer<limbeck_jet_plan>
  private let squares: AlignedBuffer<Double>

  /// Plans the smallest closed set of channels that contains the given derivatives.
  ///
  /// - Parameters:
  ///   - dimension: Number of input variables.
  ///   - derivatives: The derivatives wanted, of order 4 at most; the value is always there. With a sum, of
  ///     order 2 at most, and none of the sum's.
  ///   - sum: A sum of derivatives that is wanted as a whole.
  public convenience init(
    dimension: Int, containing derivatives: some Sequence<Monomial>, sum: DerivativeSum? = nil
  ) {
    let terms = sum?.terms.map(\.monomial) ?? []
    let factors = terms.filter { $0.degree == 2 }.flatMap { $0.divisors.filter { $0.degree == 1 } }
    let closed = Self.closure(dimension: dimension, Array(derivatives) + factors)
    precondition(
      closed.count + (sum == nil ? 0 : 1) <= Self.maximumChannels,
      "too many derivatives for one jet plan")
    precondition(
      sum == nil || (closed.isDisjoint(with: terms) && closed.allSatisfy { $0.degree <= 2 }),
      "derivatives of a sum are not wanted apart, nor any above order 2 beside it")
    let monomials = closed.sorted()
    self.init(
      dimension: dimension, monomials: monomials, sum: sum,
      algebra: JetAlgebra(dimension: dimension, monomials, sum: sum))
  }

  /// The number of channels that ``init(dimension:containing:sum:)`` would plan without a sum.
  ///
  /// - Parameters:
  ///   - dimension: Number of input variables.
  ///   - derivatives: The derivatives wanted.
  /// - Returns: The size of the smallest closed set.
  public static func channelCount(
    dimension: Int, containing derivatives: some Sequence<Monomial>
  ) -> Int {
    closure(dimension: dimension, derivatives).count
  }

  private static func closure(
    dimension: Int, _ derivatives: some Sequence<Monomial>
  ) -> Set<Monomial> {
    var closed: Set<Monomial> = [Monomial(Array(repeating: 0, count: dimension))]
    for derivative in derivatives {
      precondition(derivative.exponents.count == dimension, "a derivative has another dimension")
      precondition(derivative.degree <= maximumOrder, "derivatives end at order 4")
      closed.formUnion(derivative.divisors)
    }
    return closed
  }

  private init(dimension: Int, monomials: [Monomial], sum: DerivativeSum?, algebra: JetAlgebra) {
    self.dimension = dimension
    self.monomials = monomials
    self.sum = sum
    self.algebra = algebra
    let order = algebra.order
    self.order = order
    channels = Dictionary(uniqueKeysWithValues: monomials.enumerated().map { ($1, $0) })

    var buffers: [AlignedBuffer<limbeck_jet_term>] = []
    func store(_ terms: [limbeck_jet_term]) -> AlignedBuffer<limbeck_jet_term> {
      let buffer = AlignedBuffer(count: terms.count, repeating: limbeck_jet_term())
      for (i, term) in terms.enumerated() { buffer.pointer[i] = term }
      buffers.append(buffer)
      return buffer
    }
    let plan = AlignedBuffer(count: 1, repeating: limbeck_jet_plan())
    plan.pointer.pointee.channels = Int32(algebra.degrees.count)
    plan.pointer.pointee.order = Int32(order)
    withUnsafeMutablePointer(to: &plan.pointer.pointee.powers) { powers in
      powers.withMemoryRebound(
        to: UnsafePointer<limbeck_jet_term>?.self, capacity: Int(LIMBECK_JET_MAX_ORDER) + 1
      ) { powers in
        withUnsafeMutablePointer(to: &plan.pointer.pointee.power_counts) { counts in
          counts.withMemoryRebound(to: Int32.self, capacity: Int(LIMBECK_JET_MAX_ORDER) + 1) {
            counts in
            for power in stride(from: 2, through: order, by: 1) {
              let buffer = store(algebra.powerTerms(power))
              powers[power] = UnsafePointer(buffer.pointer)
              counts[power] = Int32(buffer.count)
            }
          }
        }
      }
    }
    let adjoint = store(algebra.adjointTerms)
    plan.pointer.pointee.adjoint = UnsafePointer(adjoint.pointer)
    plan.pointer.pointee.adjoint_count = Int32(adjoint.count)
    squares = AlignedBuffer(count: algebra.squares?.weights.count ?? 0, repeating: 0)
    plan.pointer.pointee.powers_of_h = algebra.isExtended ? 3 : 1
    if let own = algebra.squares {
      squares.pointer.update(from: own.weights, count: own.weights.count)
      plan.pointer.pointee.squares = UnsafePointer(squares.pointer)
      plan.pointer.pointee.first = Int32(own.first)
      plan.pointer.pointee.second = Int32(own.second)
    }
    terms = buffers
    kernelPlan = plan
  }

  /// Number of channels.
  public var channelCount: Int { algebra.degrees.count }

  /// The channel of ``sum``.
  public var sumChannel: Int? { sum.map { _ in channelCount - 1 } }

  /// The channel that holds a derivative.
  ///
  /// - Parameter monomial: The derivative.
  /// - Returns: Its channel, or nil if the plan does not carry it.
  public func channel(of monomial: Monomial) -> Int? { channels[monomial] }

  /// The plan's tables for the kernels, valid as long as the plan lives.
  var kernel: UnsafePointer<limbeck_jet_plan> { UnsafePointer(kernelPlan.pointer) }

  /// The same channels three times over: times 1, h and h², h a displacement of the *weights*.
  ///
  /// Block k of channels, `k * channelCount ..< (k + 1) * channelCount`, belongs to hᵏ. One forward
  /// pass with this plan gives the first and second derivative of every channel along a direction
  /// in weight space.
  func extendedAlongWeights() -> JetPlan {
    JetPlan(
      dimension: dimension + 1, monomials: [], sum: nil, algebra: JetAlgebra(extending: algebra))
  }
}

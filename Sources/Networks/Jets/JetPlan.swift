internal import CVectorMath
internal import Tensors

/// Which Taylor coefficients travel through a network, and how their products are formed.
///
/// A jet is a polynomial in displacements of the input variables, truncated to a set of monomials
/// that is closed under division: to carry `x²` one must carry `x` and 1. Sums, products and smooth
/// functions of such polynomials stay within the set, so one forward pass yields every derivative
/// the residual needs, exactly, mixed ones included. The heat equation `u_t − α u_xx` needs the
/// channels 1, x, t and x²: see ``init(dimension:containing:)``.
///
/// Taylor-mode differentiation: Griewank & Walther, *Evaluating Derivatives* (2008), chapter 13,
/// [doi:10.1137/1.9780898717761](https://doi.org/10.1137/1.9780898717761).
public final class JetPlan: @unchecked Sendable {
  /// Number of input variables.
  public let dimension: Int

  /// The monomial of each channel; channel 0 is the constant 1, the value itself.
  public let monomials: [Monomial]

  /// The highest degree of a channel.
  public let order: Int

  /// The most channels that a plan can hold.
  ///
  /// Derivatives along a direction of weights carry each channel three times.
  public static let maximumChannels = Int(LIMBECK_JET_MAX_CHANNELS) / 3

  /// The highest derivative that a plan can hold.
  public static let maximumOrder = 4

  private let channels: [Monomial: Int]
  // The kernels read these through pointers, so they live as long as the plan and never move.
  private let terms: [AlignedBuffer<limbeck_jet_term>]
  private let kernelPlan: AlignedBuffer<limbeck_jet_plan>

  /// Plans the smallest closed set of channels that contains the given derivatives.
  ///
  /// - Parameters:
  ///   - dimension: Number of input variables.
  ///   - derivatives: The derivatives wanted, of order 4 at most; the value is always there.
  public convenience init(dimension: Int, containing derivatives: some Sequence<Monomial>) {
    let closed = Self.closure(dimension: dimension, derivatives)
    precondition(closed.count <= Self.maximumChannels, "too many derivatives for one jet plan")
    self.init(dimension: dimension, monomials: closed.sorted())
  }

  /// The number of channels that ``init(dimension:containing:)`` would plan.
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

  private init(dimension: Int, monomials: [Monomial]) {
    self.dimension = dimension
    self.monomials = monomials
    let order = monomials.map(\.degree).max() ?? 0
    self.order = order
    let channels = Dictionary(uniqueKeysWithValues: monomials.enumerated().map { ($1, $0) })
    self.channels = channels

    var buffers: [AlignedBuffer<limbeck_jet_term>] = []
    func store(_ terms: [limbeck_jet_term]) -> AlignedBuffer<limbeck_jet_term> {
      let buffer = AlignedBuffer(count: terms.count, repeating: limbeck_jet_term())
      for (i, term) in terms.enumerated() { buffer.pointer[i] = term }
      buffers.append(buffer)
      return buffer
    }
    let plan = AlignedBuffer(count: 1, repeating: limbeck_jet_plan())
    plan.pointer.pointee.channels = Int32(monomials.count)
    plan.pointer.pointee.order = Int32(order)
    withUnsafeMutablePointer(to: &plan.pointer.pointee.powers) { powers in
      powers.withMemoryRebound(
        to: UnsafePointer<limbeck_jet_term>?.self, capacity: Int(LIMBECK_JET_MAX_ORDER) + 1
      ) { powers in
        withUnsafeMutablePointer(to: &plan.pointer.pointee.power_counts) { counts in
          counts.withMemoryRebound(to: Int32.self, capacity: Int(LIMBECK_JET_MAX_ORDER) + 1) {
            counts in
            for power in stride(from: 2, through: order, by: 1) {
              let buffer = store(Self.powerTerms(power, monomials, channels))
              powers[power] = UnsafePointer(buffer.pointer)
              counts[power] = Int32(buffer.count)
            }
          }
        }
      }
    }
    let adjoint = store(Self.adjointTerms(monomials, channels))
    plan.pointer.pointee.adjoint = UnsafePointer(adjoint.pointer)
    plan.pointer.pointee.adjoint_count = Int32(adjoint.count)
    terms = buffers
    kernelPlan = plan
  }

  /// Number of channels.
  public var channelCount: Int { monomials.count }

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
      dimension: dimension + 1,
      monomials: (0...2).flatMap { power in
        monomials.map { Monomial($0.exponents + [power]) }
      })
  }

  /// Terms of dᵏ from dᵏ⁻¹ and d, where d has no constant part, ordered by target.
  private static func powerTerms(
    _ power: Int, _ monomials: [Monomial], _ channels: [Monomial: Int]
  ) -> [limbeck_jet_term] {
    var byTarget: [[limbeck_jet_term]] = Array(repeating: [], count: monomials.count)
    for (left, a) in monomials.enumerated() where a.degree >= power - 1 && a.degree > 0 {
      for (right, b) in monomials.enumerated() where b.degree > 0 {
        // The square is symmetric: half the terms, with weight two off the diagonal.
        if power == 2 && right < left { continue }
        guard let target = channels[a * b] else { continue }
        byTarget[target].append(
          limbeck_jet_term(
            left: UInt16(left), right: UInt16(right), target: UInt16(target),
            weight: power == 2 && left != right ? 2 : 1, ends_target: 0))
      }
    }
    return Self.closed(byTarget)
  }

  /// Terms `target += left · right` with `target × right = left` as monomials, ordered by target.
  private static func adjointTerms(
    _ monomials: [Monomial], _ channels: [Monomial: Int]
  ) -> [limbeck_jet_term] {
    closed(
      monomials.enumerated().map { target, a in
        monomials.enumerated().compactMap { right, b in
          channels[a * b].map {
            limbeck_jet_term(
              left: UInt16($0), right: UInt16(right), target: UInt16(target), weight: 1,
              ends_target: 0)
          }
        }
      })
  }

  private static func closed(_ byTarget: [[limbeck_jet_term]]) -> [limbeck_jet_term] {
    byTarget.flatMap { terms in
      var terms = terms
      if !terms.isEmpty { terms[terms.count - 1].ends_target = 1 }
      return terms
    }
  }
}

import Networks
import PINN
import Symbolic
import Tensors
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Numbers of torch 2.13.0 in float64, by nested autograd: `torch_parity.py` beside this file prints them.
@Suite("Torch parity")
struct TorchParityTests {
  private static let loss = 62.470342902493016

  private static let gradient: [Double] = [
    -3.1700547968023156, 4.430106171256217, 6.325436833579379, -9.34256500715505,
    4.090200488768083, -5.816461252487369, -4.134197988985335, 5.980667351012606,
    -10.036351032898217, 14.57498055696726, -4.428500099244554, 9.337683856427576,
    5.811558359093804, -5.979203654850054, -14.569086219202475, 9.374656735606758,
    11.618947031745824, -16.793700240874795, 2.5814364201706193, -5.014725072116304,
    6.296485457972676, 7.78860076887473, -11.261302723862018, 1.7375606515413715,
    -3.3729724859418124, -12.444977921511052, -15.37317672235083, 22.23398146472529,
    -3.4398151684718066, 6.673961001180721, -11.583783635512491, -14.360266674983308,
    20.752646164057282, -3.188031161379975, 6.193835014795161, 23.64853022365896,
    15.856868222614182, -31.3060011727545, -29.223331822670065, 52.04330557909301,
    9.131035065795741, -7.785245488114431, 27.33470473404209, 81.12640416943691,
  ]

  /// Burgers' equation at 20 points with an initial condition at 11, weight 100, and θᵢ = ½ sin(1 + 1.3 i).
  private static func system(_ network: Network) throws -> ResidualSystem<Double> {
    let start = (0..<11).map { -1 + 0.2 * Double($0) }
    let terms = [
      ResidualTerm(
        names: ["equation"], equations: [try Expression(parsing: "u_t + u*u_x - 0.1*u_xx")],
        points: [
          (0..<20).map { -0.95 + 0.1 * Double(7 * $0 % 20) },
          (0..<20).map { 0.05 + 0.1 * Double($0) },
        ], weight: 1),
      ResidualTerm(
        names: ["condition"], equations: [try Expression(parsing: "u + sin(pi*x)")],
        points: [start, start.map { _ in 0 }], weight: 100),
    ]
    let orders = ["u": [0, 0], "u_x": [1, 0], "u_t": [0, 1], "u_xx": [2, 0]]
    let symbols = orders.map { name, exponents in
      let symbol = Symbol(name)
      return (
        symbol, DerivativeSymbol(unknown: 0, monomial: Monomial(exponents), symbol: symbol)
      )
    }
    return try ResidualSystem(
      network: network, terms: terms, variables: ["x", "t"],
      symbols: Dictionary(uniqueKeysWithValues: symbols), threads: 1)
  }

  @Test func `loss and gradient are those of torch`() throws {
    let network = Network(
      hidden: [5, 4], outputs: 1, activation: .tanh, lower: [-1, 0], upper: [1, 2])
    let parameters = (0..<network.parameterCount).map { 0.5 * sin(1 + 1.3 * Double($0)) }
    let (residuals, half) = try Self.system(network).gradient(at: parameters)
    let loss = residuals.reduce(0) { $0 + $1 * $1 }
    // Rounding of sums in another order: some units of 1e-16, relative to the largest terms.
    #expect(abs(loss - Self.loss) < 1e-13 * Self.loss)
    #expect(half.count == Self.gradient.count)
    for (own, torch) in zip(half, Self.gradient) { #expect(abs(2 * own - torch) < 1e-12 * 81) }
  }
}

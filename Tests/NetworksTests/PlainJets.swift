import Foundation
import Networks

/// A truncated Taylor polynomial in several variables: the slow, obvious twin of the jet kernels.
struct PlainJet {
  var coefficients: [Monomial: Double]
  let allowed: Set<Monomial>

  static func constant(_ value: Double, _ plan: JetPlan) -> PlainJet {
    let one = Monomial(Array(repeating: 0, count: plan.dimension))
    return PlainJet(coefficients: [one: value], allowed: Set(plan.monomials))
  }

  static func * (left: PlainJet, right: PlainJet) -> PlainJet {
    var result = PlainJet(coefficients: [:], allowed: left.allowed)
    for (a, x) in left.coefficients {
      for (b, y) in right.coefficients where left.allowed.contains(a * b) {
        result.coefficients[a * b, default: 0] += x * y
      }
    }
    return result
  }

  static func + (left: PlainJet, right: PlainJet) -> PlainJet {
    PlainJet(
      coefficients: left.coefficients.merging(right.coefficients, uniquingKeysWith: +),
      allowed: left.allowed)
  }

  static func * (factor: Double, jet: PlainJet) -> PlainJet {
    PlainJet(coefficients: jet.coefficients.mapValues { factor * $0 }, allowed: jet.allowed)
  }

  /// `f(jet)` from the derivatives of f at the jet's value.
  func applying(_ derivatives: (Double) -> [Double]) -> PlainJet {
    let one = Monomial(Array(repeating: 0, count: allowed.first?.exponents.count ?? 0))
    var displacement = self
    let value = displacement.coefficients.removeValue(forKey: one) ?? 0
    var power = PlainJet(coefficients: [one: 1], allowed: allowed)
    var result = PlainJet(coefficients: [:], allowed: allowed)
    var factorial = 1.0
    for (k, derivative) in derivatives(value).enumerated() {
      if k > 0 {
        power = power * displacement
        factorial *= Double(k)
      }
      result = result + (derivative / factorial) * power
    }
    return result
  }
}

extension Activation {
  /// The function and its first four derivatives, from formulas written out by hand (SymPy), not
  /// from the recursions of the kernels.
  func derivatives(_ z: Double) -> [Double] {
    switch self {
    case .tanh:
      let t = Foundation.tanh(z)
      let s = 1 - t * t
      return [t, s, -2 * t * s, s * (6 * t * t - 2), s * t * (16 - 24 * t * t)]
    case .sin:
      let (s, c) = (Foundation.sin(z), Foundation.cos(z))
      return [s, c, -s, -c, s]
    case .softplus:
      return [log(1 + Foundation.exp(z))] + Self.sigmoid(z).dropLast()
    case .swish:
      let s = Self.sigmoid(z)
      return Self.timesArgument(s, z)
    case .sigmoid:
      return Self.sigmoid(z)
    case .relu:
      return z > 0 ? [z, 1, 0, 0, 0] : [0, 0, 0, 0, 0]
    case .gelu:
      let density = Foundation.exp(-z * z / 2) / (2 * Double.pi).squareRoot()
      let distribution: Double = 0.5 * erfc(-z / 2.0.squareRoot())
      let third: Double = (z * z - 1) * density
      let fourth: Double = (3 * z - z * z * z) * density
      let p: [Double] = [distribution, density, -z * density, third, fourth]
      return Self.timesArgument(p, z)
    }
  }

  /// Derivatives of `z g(z)` from those of g, by Leibniz's rule.
  private static func timesArgument(_ g: [Double], _ z: Double) -> [Double] {
    (0...4).map { k -> Double in
      let carried: Double = k > 0 ? Double(k) * g[k - 1] : 0
      return z * g[k] + carried
    }
  }

  /// The logistic function and four derivatives.
  private static func sigmoid(_ z: Double) -> [Double] {
    let s = 1 / (1 + Foundation.exp(-z))
    let d = s * (1 - s)
    let second: Double = d * (1 - 2 * s)
    let third: Double = d * (1 - 6 * s + 6 * s * s)
    let fourth: Double = d * (1 - 14 * s + 36 * s * s - 24 * s * s * s)
    return [s, d, second, third, fourth]
  }
}

extension Network {
  /// The outputs' jets at one point of a fully connected network, layer by layer in plain Swift.
  func plainJets(_ parameters: [Double], at point: [Double], plan: JetPlan) -> [PlainJet] {
    var units: [PlainJet] = (0..<inputs).map { i in
      let scale = 2 / (upper[i] - lower[i])
      var jet = PlainJet.constant((point[i] - lower[i]) * scale - 1, plan)
      let first = Monomial((0..<plan.dimension).map { $0 == i ? 1 : 0 })
      if jet.allowed.contains(first) { jet.coefficients[first] = scale }
      return jet
    }
    for l in 0...hidden.count {
      let (weights, biases) = (tensors[2 * l], tensors[2 * l + 1])
      let (outputs, inputs) = (weights.shape[0], weights.shape[1])
      units = (0..<outputs).map { o in
        var sum = PlainJet.constant(parameters[biases.range.lowerBound + o], plan)
        for i in 0..<inputs {
          sum = sum + parameters[weights.range.lowerBound + o * inputs + i] * units[i]
        }
        return l == hidden.count ? sum : sum.applying(design.activations[l].derivatives)
      }
    }
    return units
  }
}

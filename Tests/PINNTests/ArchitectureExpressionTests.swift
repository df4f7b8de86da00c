import Networks
import PINN
import Symbolic
import Tensors
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A network written out as an expression by the formulas of its paper, not by its graph.
private struct WrittenNetwork {
  let design: NetworkDesign
  let tensors: [String: [Double]]

  init(_ network: Network, _ parameters: [Double]) {
    design = network.design
    tensors = Dictionary(
      uniqueKeysWithValues: network.tensors.map { ($0.name, Array(parameters[$0.range])) })
  }

  /// `W x + b`.
  private func dense(_ name: String, _ x: [Expression], gain: Double = 1) -> [Expression] {
    let weights = tensors["\(name).weight"] ?? []
    let biases = tensors["\(name).bias"] ?? []
    return biases.indices.map { o in
      let scale = tensors["\(name).scale"].map { exp($0[o]) } ?? 1
      return x.indices.reduce(Expression(gain * biases[o])) { sum, i in
        sum + Expression(gain * scale * weights[o * x.count + i]) * x[i]
      }
    }
  }

  private func layer(_ name: String, _ x: [Expression]) -> [Expression] {
    dense(name, x).map { tanh($0) }
  }

  private func gate(_ z: [Expression], _ u: [Expression], _ v: [Expression]) -> [Expression] {
    z.indices.map { (1 - z[$0]) * u[$0] + z[$0] * v[$0] }
  }

  private func attend(_ name: String, _ x: [Expression]) -> [Expression] {
    let (q, k, v) = (dense("\(name).query", x), dense("\(name).key", x), dense("\(name).value", x))
    let (tokens, size) = (design.tokens, x.count / design.tokens)
    return x.indices.map { unit in
      let (token, place) = (unit / size, unit % size)
      let scores = (0..<tokens).map { other in
        (0..<size).reduce(Expression(0)) { $0 + q[token * size + $1] * k[other * size + $1] }
      }
      let powers = scores.map { exp($0 * Expression(1 / Double(size).squareRoot())) }
      let sum = powers.dropFirst().reduce(powers[0], +)
      return (0..<tokens).reduce(x[unit]) { $0 + powers[$1] / sum * v[$1 * size + place] }
    }
  }

  /// The first output as a function of x and y.
  var output: Expression {
    var x: [Expression] = []
    for (i, name) in ["x", "y"].enumerated() {
      let (a, b) = (design.lower[i], design.upper[i])
      let scaled = (Expression(Symbol(name)) - Expression(a)) * Expression(2 / (b - a)) - 1
      let harmonics = (0..<design.harmonics[i]).map { Expression(.pi * Double($0 + 1)) * scaled }
      x += harmonics.isEmpty ? [scaled] : harmonics.map { cos($0) } + harmonics.map { sin($0) }
    }
    if let features = design.fourierFeatures {
      let sums = (0..<features.count).map { f in
        x.indices.reduce(Expression(0)) {
          $0 + Expression(features.frequencies[f * x.count + $1]) * x[$1]
        }
      }
      x = sums.map { cos($0) } + sums.map { sin($0) }
    }
    let (u, v) = (layer("encoder0", x), layer("encoder1", x))
    for l in design.hidden.indices {
      let name = "layer\(l)"
      switch design.kind {
      case .multilayerPerceptron, .fourier:
        x = layer(name, x)
      case .siren:
        x = dense(name, x, gain: design.frequency).map { sin($0) }
      case .modifiedMultilayerPerceptron, .modifiedFourier:
        x = gate(layer(name, x), u, v)
      case .attention:
        x = layer(name, l > 0 ? attend(name, x) : x)
      case .pirateNet:
        let first = gate(layer("\(name).dense0", x), u, v)
        let second = gate(layer("\(name).dense1", first), u, v)
        let third = layer("\(name).dense2", second)
        let alpha = tensors["\(name).alpha"]?[0] ?? .nan
        x = x.indices.map { Expression(alpha) * third[$0] + Expression(1 - alpha) * x[$0] }
      }
    }
    return dense("layer\(design.hidden.count)", x)[0]
  }
}

/// The kernels against the symbolic differentiator, which knows nothing of jets.
@Suite("Architectures against expressions")
struct ArchitectureExpressionTests {
  @Test("values and derivatives are those of the written network", arguments: NetworkKind.allCases)
  func derivatives(kind: NetworkKind) throws {
    for (isFactorized, harmonics) in [(false, 0), (true, 1)] {
      var design = NetworkDesign(
        hidden: kind == .pirateNet ? [2] : [2, 2], outputs: 1, lower: [0, -1], upper: [2, 3])
      design.kind = kind
      design.frequency = 2
      design.tokens = 2
      design.isFactorized = isFactorized
      design.harmonics = [0, harmonics]
      var random = RandomStream(seed: 5)
      if kind.options.contains(.features) {
        design.fourierFeatures = FourierFeatures(
          count: 1, inputs: design.embeddedInputs, deviations: [1], random: &random)
      }
      let network = Network(design)
      let parameters = network.initialParameters(random: &random).map { $0 + 0.2 * random.normal() }
      let points = (0..<2).map { i in
        (0..<5).map { _ in random.uniform(design.lower[i], design.upper[i]) }
      }
      let evaluator = FieldEvaluator(network: network, points: points, threads: 1)
      let written = WrittenNetwork(network, parameters).output
      // Second derivatives of products within products are long formulas: the plain ones suffice.
      let second = isFactorized ? [] : [[2, 0], [1, 1], [0, 2]]
      for exponents in [[0, 0], [1, 0], [0, 1]] + second {
        let field = DerivativeSymbol(unknown: 0, monomial: Monomial(exponents), symbol: "u")
        let values = evaluator.values(of: field, parameters: parameters)
        let names: [Symbol] =
          Array(repeating: "x", count: exponents[0]) + Array(repeating: "y", count: exponents[1])
        let derivative = written.derivative(withRespectTo: names)
        for p in 0..<5 {
          let exact = derivative.evaluate(["x": points[0][p], "y": points[1][p]])
          // A few hundred roundings of terms up to ten times the result.
          #expect(abs(values[p] - exact) < 1e-12 * max(1, abs(exact)), "\(kind) \(exponents)")
        }
      }
    }
  }
}

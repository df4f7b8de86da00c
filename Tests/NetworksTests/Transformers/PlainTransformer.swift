import Foundation
import Networks

/// A transformer by the book: one position after the other, arrays of arrays, no memory shared.
struct PlainTransformer {
  let transformer: Transformer

  private var design: TransformerDesign { transformer.design }

  private func tensor(_ name: String) -> [Double] {
    Array(transformer.parameters(named: name) ?? [])
  }

  /// Attention of each layer and head, `[layer][head][query][key]`, and logits of each position.
  func run(_ tokens: [Int]) -> (patterns: [[[[Double]]]], logits: [[Double]]) {
    let (width, before) = (design.width, design.normalization == .before)
    let (embedding, position) = (tensor("token.weight"), tensor("position.weight"))
    var stream = tokens.enumerated().map { i, token in
      (0..<width).map { embedding[token * width + $0] + position[i * width + $0] }
    }
    if design.normalizesEmbeddings { stream = stream.map { norm("embedding.norm", $0) } }
    var patterns: [[[[Double]]]] = []
    for layer in 0..<design.layers {
      let name = "layer\(layer)"
      let (heads, mixed) = attention(
        name, before ? stream.map { norm("\(name).attention.norm", $0) } : stream)
      patterns.append(heads)
      stream = add(stream, mixed.map { dense("\(name).attention.output", $0) })
      if !before { stream = stream.map { norm("\(name).attention.norm", $0) } }
      let sums = (before ? stream.map { norm("\(name).neurons.norm", $0) } : stream)
        .map { dense("\(name).neurons.input", $0) }
      stream = add(
        stream, sums.map { dense("\(name).neurons.output", $0.map(activation)) })
      if !before { stream = stream.map { norm("\(name).neurons.norm", $0) } }
    }
    if before { stream = stream.map { norm("final.norm", $0) } }
    if design.readout == .transformed {
      stream = stream.map { norm("readout.norm", dense("readout", $0).map(activation)) }
    }
    let (bias, rows) = (tensor("output.bias"), design.isTied ? embedding : tensor("output.weight"))
    return (patterns, stream.map { product(rows, $0, bias) })
  }

  private func attention(
    _ name: String, _ source: [[Double]]
  ) -> (patterns: [[[Double]]], mixed: [[Double]]) {
    let (width, size) = (design.width, design.width / design.heads)
    let projections = source.map { dense("\(name).attention.input", $0) }
    var mixed = source.map { $0.map { _ in 0.0 } }
    var patterns: [[[Double]]] = []
    for head in 0..<design.heads {
      var pattern = source.map { _ in source.map { _ in 0.0 } }
      for i in source.indices {
        let reach = design.isCausal ? i + 1 : source.count
        let weights = (0..<reach).map { j in
          exp(
            (0..<size).reduce(0) {
              $0 + projections[i][head * size + $1] * projections[j][width + head * size + $1]
            } / Double(size).squareRoot())
        }
        for j in 0..<reach {
          pattern[i][j] = weights[j] / weights.reduce(0, +)
          for k in head * size..<(head + 1) * size {
            mixed[i][k] += pattern[i][j] * projections[j][2 * width + k]
          }
        }
      }
      patterns.append(pattern)
    }
    return (patterns, mixed)
  }

  private func product(_ rows: [Double], _ x: [Double], _ bias: [Double]) -> [Double] {
    bias.indices.map { i in
      x.indices.reduce(bias[i]) { $0 + rows[i * x.count + $1] * x[$1] }
    }
  }

  private func dense(_ name: String, _ x: [Double]) -> [Double] {
    product(tensor("\(name).weight"), x, tensor("\(name).bias"))
  }

  private func norm(_ name: String, _ x: [Double]) -> [Double] {
    let mean = x.reduce(0, +) / Double(x.count)
    let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
    let (scale, shift) = (tensor("\(name).scale"), tensor("\(name).shift"))
    return x.indices.map {
      (x[$0] - mean) / (variance + design.epsilon).squareRoot() * scale[$0] + shift[$0]
    }
  }

  private func activation(_ x: Double) -> Double {
    switch design.activation {
    case .relu: max(0, x)
    case .gelu: x * erfc(-x / 2.0.squareRoot()) / 2
    case .tanhGELU: x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x))) / 2
    }
  }

  private func add(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    zip(a, b).map { zip($0, $1).map(+) }
  }
}

import Foundation
import Limbeck

extension TransformerStudies {
  /// Draws the attention of all heads on the first sequence, that of the head that matters most, and
  /// what ablations of heads cost.
  ///
  /// - Parameter folder: Where to; made if it is not there.
  /// - Throws: An error of the file system, or `RenderingError`.
  func draw(in folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let strongest = headAblations[1].strongest(1)[0].site
    try write(AttentionFigure(maps), to: "\(folder)/attention.svg")
    try write(
      map(layer: strongest.layer, head: strongest.index), to: "\(folder)/head.svg")
    try write(ablationMap, to: "\(folder)/ablation.svg")
  }

  private func write(_ figure: some Figure, to path: String) throws {
    try AtomicFile.write(try figure.rendered(as: .svg), to: path)
    print("wrote \(path): \(figure.summary)")
  }

  /// Attention on the first sequence, NaN for what a causal head cannot see.
  private func weights(layer: Int, head: Int) -> [[Double]] {
    let pattern = record.pattern(sequence: 0, layer: layer, head: head)
    return (0..<batch.length).map { row in
      pattern.row(row).enumerated().map { design.isCausal && $0 > row ? .nan : $1 }
    }
  }

  private var maps: AttentionMaps {
    AttentionMaps(
      tokens: batch.sequence(0).map(name),
      heads: design.headSites.map {
        AttentionMaps.Head(
          layer: $0.layer, index: $0.index, weights: weights(layer: $0.layer, head: $0.index))
      })
  }

  /// The attention of a head in numbers, with the tokens beside it.
  private func map(layer: Int, head: Int) -> HeatMapFigure {
    let tokens = batch.sequence(0).map(name)
    return HeatMapFigure(
      title: MathText("layer\(layer).head\(head): what the token of a row reads"),
      NamedTable(rows: tokens, columns: tokens, values: weights(layer: layer, head: head)),
      coloring: .sequential)
  }

  /// The loss that each head's absence adds.
  private var ablationMap: HeatMapFigure {
    let ablation = headAblations[1]
    return HeatMapFigure(
      title: "Loss added by holding a head at its mean, in nats",
      NamedTable(
        rows: (0..<design.layers).map { "layer\($0)" },
        columns: (0..<design.heads).map { "head\($0)" },
        values: (0..<design.layers).map { layer in
          ablation.effects.filter { $0.site.layer == layer }.map(ablation.lossIncrease)
        }), coloring: .sequential)
  }
}

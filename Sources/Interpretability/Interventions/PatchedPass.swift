internal import Networks
internal import PINN
internal import Tensors

/// A pass in which parts of sites are replaced; only what comes behind them is evaluated again.
final class PatchedPass {
  /// The pass that is changed.
  let pass: FieldFormulas.Pass

  private let replacement: EffectMeasure.Replacement
  private let source: JetPropagation<Double>?
  private let row: Int

  // What is kept of the part that was taken last.
  private var taken: SiteParts?
  private var originals: [Double] = []
  private var parts: [Double] = []
  private var substitutes: [Double] = []

  /// Prepares working memory.
  ///
  /// - Parameters:
  ///   - formulas: The formulas.
  ///   - network: A network of the same parameters in place of the formulas' own; nil for that one.
  ///   - sites: What will be replaced.
  ///   - replacement: What takes its place.
  init(
    _ formulas: FieldFormulas, network: Network? = nil, _ sites: [SiteParts],
    by replacement: EffectMeasure.Replacement
  ) {
    self.replacement = replacement
    let own = network ?? formulas.solution.network
    pass = FieldFormulas.Pass(
      formulas, network: sites.reduce(own) { $1.watched(in: $0) })
    let jets = pass.jets
    row = jets.plan.channelCount * jets.points
    source = replacement.network.map { other in
      JetPropagation(
        network: sites.reduce(other.network) { $1.watched(in: $0) }, plan: jets.plan,
        points: jets.points, reversible: false)
    }
  }

  /// Chooses a block.
  func carry(_ block: FieldFormulas.Block) {
    pass.carry(block)
    guard let source, let other = replacement.network else { return }
    source.load(source.scaledInputs(replacement.coordinates(for: block)))
    source.forward(parameters: other.parameters)
  }

  /// Keeps what stands at a site now, and what will take its place.
  func take(_ parts: SiteParts) {
    taken = parts
    let count = parts.count * row
    func copy(_ values: UnsafePointer<Double>, _ count: Int) -> [Double] {
      Array(UnsafeBufferPointer(start: values, count: count))
    }
    originals = copy(pass.jets.values(at: parts.site), parts.site.units * row)
    self.parts = copy(parts.values(in: pass.jets), count)
    if let source {
      substitutes = copy(parts.values(in: source), count)
    } else if case .held(let values) = replacement {
      substitutes = Array(repeating: 0, count: count)
      for part in 0..<parts.count {
        for p in 0..<pass.jets.points { substitutes[part * row + p] = values[part] }
      }
    }
  }

  /// Carries the jets on with some of the parts that were taken replaced.
  func replace(_ indices: [Int]) {
    guard let taken else { return }
    let present = pass.jets.mutableValues(at: taken.site)
    for index in indices {
      let range = index * row..<(index + 1) * row
      switch taken {
      case .units:
        substitutes.withUnsafeBufferPointer { substitutes in
          _ = UnsafeMutableBufferPointer(start: present + range.lowerBound, count: row)
            .update(from: substitutes[range])
        }
      case .features(let map, _):
        let change = range.map { substitutes[$0] - parts[$0] }
        for unit in 0..<taken.site.units {
          let weight = map.decoder[unit * map.featureCount + index]
          let target = present + unit * row
          change.withUnsafeBufferPointer { change in
            for p in 0..<row { target[p] += weight * change[p] }
          }
        }
      }
    }
    pass.carry(after: taken.site)
  }

  /// Puts back what stood at the site that was taken last; what comes behind it stays as it is.
  func restore() {
    guard let taken else { return }
    originals.withUnsafeBufferPointer { originals in
      if let base = originals.baseAddress {
        pass.jets.mutableValues(at: taken.site).update(from: base, count: originals.count)
      }
    }
  }

  /// Replaces parts of several sites, in the network's order.
  func replace(_ patches: [SitePatch]) {
    for patch in patches {
      take(patch.parts)
      replace(patch.indices)
    }
  }

  /// Lets each unit of a path hear of the one before it, all else staying as it was.
  func replace(along path: [(site: ActivationSite, unit: Int)]) {
    take(.units(path[0].site))
    var heard = Array(substitutes[path[0].unit * row..<(path[0].unit + 1) * row])
    for (index, place) in path.enumerated() {
      let present = pass.jets.mutableValues(at: place.site) + place.unit * row
      let original = Array(UnsafeBufferPointer(start: present, count: row))
      present.update(from: heard, count: row)
      pass.carry(after: place.site)
      guard index + 1 < path.count else { return }
      let next = path[index + 1]
      heard = Array(
        UnsafeBufferPointer(start: pass.jets.values(at: next.site) + next.unit * row, count: row))
      present.update(from: original, count: row)
      pass.carry(after: place.site)
    }
  }
}

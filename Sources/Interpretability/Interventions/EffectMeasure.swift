internal import Networks
internal import PINN
internal import Symbolic
internal import Tensors

/// Sums of squares of what formulas of a network are, or of how far they are from references.
struct EffectMeasure: Sendable {
  /// The formulas and their points.
  let formulas: FieldFormulas

  /// What is summed.
  let quantities: [Quantity]

  /// The square of a formula's value, or of its distance from a reference.
  struct Quantity: Sendable {
    /// Index of the formula.
    let formula: Int

    /// One number for each point; nil stands for zeros.
    var reference: [Double]?
  }

  /// What stands in the place of a unit's activations.
  enum Replacement: Sendable {
    /// A number for each unit, the same everywhere.
    case held([Double])

    /// The activations of another network of the same design, at points that are moved by a vector.
    case taken(TrainedNetwork, shift: [Double])
  }

  /// The same measure of another network of the same variables and unknowns.
  func reading(_ solution: TrainedNetwork) -> EffectMeasure {
    EffectMeasure(formulas: formulas.reading(solution), quantities: quantities)
  }

  /// The values of a formula for the network as it is.
  func values(of formula: Int, threads: Int) -> [Double] {
    let rows = formulas.pointCount
    let result = AlignedBuffer(count: rows, repeating: 0.0)
    forEachBlock(threads: threads, { FieldFormulas.Pass(formulas) }) { pass, _, block in
      pass.carry(block)
      (result.pointer + block.rows.lowerBound).update(
        from: pass.values(of: formula), count: block.rows.count)
    }
    return Array(UnsafeBufferPointer(start: result.pointer, count: rows))
  }

  /// The sums for a network with interventions.
  ///
  /// - Parameters:
  ///   - network: The network, of the parameters of the one that was compiled for.
  ///   - threads: Number of threads; no result depends on it.
  /// - Returns: One sum for each quantity.
  func sums(of network: Network, threads: Int) -> [Double] {
    let results = AlignedBuffer(
      count: formulas.blocks.count * quantities.count, repeating: 0.0)
    forEachBlock(threads: threads, { FieldFormulas.Pass(formulas, network: network) }) {
      pass, index, block in
      pass.carry(block)
      add(pass, block, to: results.pointer + index * quantities.count)
    }
    return quantities.indices.map { total(results, first: $0, stride: quantities.count) }
  }

  /// The sums for each of several sets of units replaced, one set after the other.
  ///
  /// The part of the network before the site is evaluated once.
  ///
  /// - Parameters:
  ///   - units: The sets.
  ///   - site: Where the units are.
  ///   - replacement: What takes the place of their activations.
  ///   - threads: Number of threads; no result depends on it.
  /// - Returns: For each set one sum for each quantity.
  func sums(
    replacing units: [[Int]], at site: ActivationSite, by replacement: Replacement, threads: Int
  ) -> [[Double]] {
    let size = units.count * quantities.count
    let results = AlignedBuffer(count: formulas.blocks.count * size, repeating: 0.0)
    forEachBlock(threads: threads, { Replacing(formulas, site, replacement) }) {
      work, index, block in
      work.carry(block)
      for (place, set) in units.enumerated() {
        work.replace(set)
        add(
          work.pass, block,
          to: results.pointer + index * size + place * quantities.count)
      }
    }
    return units.indices.map { place in
      quantities.indices.map {
        total(results, first: place * quantities.count + $0, stride: size)
      }
    }
  }

  /// The sums for a change that is passed on along a path of units alone.
  ///
  /// - Parameters:
  ///   - path: Sites in the network's order, each with a unit.
  ///   - other: The network that the first unit's activations are taken from.
  ///   - shift: What is added to the other's inputs.
  ///   - threads: Number of threads; no result depends on it.
  /// - Returns: One sum for each quantity.
  func sums(
    along path: [(site: ActivationSite, unit: Int)], from other: TrainedNetwork, shift: [Double],
    threads: Int
  ) -> [Double] {
    let results = AlignedBuffer(
      count: formulas.blocks.count * quantities.count, repeating: 0.0)
    forEachBlock(
      threads: threads, { Replacing(formulas, path[0].site, .taken(other, shift: shift)) }
    ) { work, index, block in
      work.carry(block)
      work.pass(along: path)
      add(work.pass, block, to: results.pointer + index * quantities.count)
    }
    return quantities.indices.map { total(results, first: $0, stride: quantities.count) }
  }

  /// Adds one block's squares.
  private func add(
    _ pass: FieldFormulas.Pass, _ block: FieldFormulas.Block,
    to sums: UnsafeMutablePointer<Double>
  ) {
    var present = -1
    var values = UnsafePointer(sums)
    for (index, quantity) in quantities.enumerated() {
      if quantity.formula != present {
        values = pass.values(of: quantity.formula)
        present = quantity.formula
      }
      var sum = 0.0
      if let reference = quantity.reference {
        reference.withUnsafeBufferPointer { reference in
          for row in 0..<block.rows.count {
            let distance = values[row] - reference[block.rows.lowerBound + row]
            sum += distance * distance
          }
        }
      } else {
        for row in 0..<block.rows.count { sum += values[row] * values[row] }
      }
      sums[index] = sum
    }
  }

  private func total(_ parts: AlignedBuffer<Double>, first: Int, stride step: Int) -> Double {
    Statistics.sum(stride(from: first, to: parts.count, by: step).lazy.map { parts.pointer[$0] })
  }

  /// Deals the blocks to threads, each with working memory of its own.
  private func forEachBlock<Work>(
    threads: Int, _ makeWork: @Sendable () -> Work,
    _ body: @Sendable (Work, Int, FieldFormulas.Block) -> Void
  ) {
    let workers = min(max(1, threads), formulas.blocks.count)
    parallelFor(count: workers, threads: workers) { worker in
      let work = makeWork()
      for index in stride(from: worker, to: formulas.blocks.count, by: workers) {
        body(work, index, formulas.blocks[index])
      }
    }
  }
}

/// A pass in which units of a site are replaced, one set after the other.
private final class Replacing {
  let pass: FieldFormulas.Pass
  private let site: ActivationSite
  private let row: Int
  private let source: JetPropagation<Double>?
  private let sourceParameters: [Double]
  private let shift: [Double]
  private let substitutes: AlignedBuffer<Double>
  private let originals: AlignedBuffer<Double>

  init(
    _ formulas: FieldFormulas, _ site: ActivationSite, _ replacement: EffectMeasure.Replacement
  ) {
    pass = FieldFormulas.Pass(formulas)
    self.site = site
    let jets = pass.jets
    row = jets.plan.channelCount * jets.points
    substitutes = AlignedBuffer(count: site.units * row, repeating: 0)
    originals = AlignedBuffer(count: site.units * row, repeating: 0)
    switch replacement {
    case .held(let values):
      for unit in 0..<site.units {
        (substitutes.pointer + unit * row).update(repeating: values[unit], count: jets.points)
      }
      (source, sourceParameters, shift) = (nil, [], [])
    case .taken(let other, let shift):
      source = JetPropagation(
        network: other.network, plan: jets.plan, points: jets.points, reversible: false)
      (sourceParameters, self.shift) = (other.parameters, shift)
    }
  }

  /// Chooses a block and keeps what stands at the site.
  func carry(_ block: FieldFormulas.Block) {
    pass.carry(block)
    originals.pointer.update(from: pass.jets.values(at: site), count: originals.count)
    guard let source else { return }
    source.load(
      source.scaledInputs(
        zip(block.coordinates, shift).map { axis, step in axis.map { $0 + step } })
    )
    source.forward(parameters: sourceParameters)
    substitutes.pointer.update(from: source.values(at: site), count: substitutes.count)
  }

  /// Lets each unit of a path hear of the one before it, all else staying as it was.
  func pass(along path: [(site: ActivationSite, unit: Int)]) {
    var heard = Array(
      UnsafeBufferPointer(start: substitutes.pointer + path[0].unit * row, count: row))
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

  /// Carries the jets on with some units replaced.
  func replace(_ units: [Int]) {
    let present = pass.jets.mutableValues(at: site)
    for unit in units {
      (present + unit * row).update(from: substitutes.pointer + unit * row, count: row)
    }
    pass.carry(after: site)
    for unit in units {
      (present + unit * row).update(from: originals.pointer + unit * row, count: row)
    }
  }
}

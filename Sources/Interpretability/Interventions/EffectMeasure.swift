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

  /// What stands in the place of parts of a site.
  enum Replacement: Sendable {
    /// A number for each part, the same everywhere.
    case held([Double])

    /// The activations of another network of the same design, at points that are moved by a vector.
    case taken(TrainedNetwork, shift: [Double])

    /// The activations of a network at points that are drawn.
    case drawn(TrainedNetwork, SampleDraws)

    /// The network whose activations are taken.
    var network: TrainedNetwork? {
      switch self {
      case .held: nil
      case .taken(let other, _), .drawn(let other, _): other
      }
    }

    /// Where the activations for a block are taken.
    func coordinates(for block: FieldFormulas.Block) -> [[Double]] {
      switch self {
      case .held: block.coordinates
      case .taken(_, let shift):
        zip(block.coordinates, shift).map { axis, step in axis.map { $0 + step } }
      case .drawn(_, let draws): draws.coordinates(for: block)
      }
    }
  }

  /// The same measure of another network of the same variables and unknowns.
  func reading(_ solution: TrainedNetwork) -> EffectMeasure {
    EffectMeasure(formulas: formulas.reading(solution), quantities: quantities)
  }

  /// The values of all formulas for a network with interventions, in which parts of sites are replaced
  /// besides.
  ///
  /// - Parameters:
  ///   - network: The network, of the parameters of the one that was compiled for; nil for that one.
  ///   - patches: The parts, in the order of the sites in the network.
  ///   - replacement: What takes their place.
  ///   - threads: Number of threads; no result depends on it.
  /// - Returns: For each formula one number for each point.
  func values(
    of network: Network? = nil, replacing patches: [SitePatch] = [],
    by replacement: Replacement = .held([]), threads: Int
  ) -> [[Double]] {
    let rows = formulas.pointCount
    let results = AlignedBuffer(count: formulas.count * rows, repeating: 0.0)
    forEachBlock(
      threads: threads,
      { PatchedPass(formulas, network: network, patches.map(\.parts), by: replacement) }
    ) { work, _, block in
      work.carry(block)
      work.replace(patches)
      for formula in 0..<formulas.count {
        (results.pointer + formula * rows + block.rows.lowerBound).update(
          from: work.pass.values(of: formula), count: block.rows.count)
      }
    }
    return (0..<formulas.count).map {
      Array(UnsafeBufferPointer(start: results.pointer + $0 * rows, count: rows))
    }
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

  /// The sums for a network with interventions, in which parts of sites are replaced besides.
  ///
  /// - Parameters:
  ///   - network: The network, of the parameters of the one that was compiled for.
  ///   - patches: The parts, in the order of the sites in the network.
  ///   - replacement: What takes their place.
  ///   - threads: Number of threads; no result depends on it.
  /// - Returns: One sum for each quantity.
  func sums(
    of network: Network, replacing patches: [SitePatch], by replacement: Replacement, threads: Int
  ) -> [Double] {
    sums(
      of: 1, threads: threads,
      { PatchedPass(formulas, network: network, patches.map(\.parts), by: replacement) }
    ) { work, measure in
      work.replace(patches)
      measure(work.pass, 0)
    }[0]
  }

  /// The sums for each of several sets of a site's parts replaced, one set after the other.
  ///
  /// The part of the network before the site is evaluated once.
  ///
  /// - Parameters:
  ///   - sets: The sets.
  ///   - parts: What the site is made of.
  ///   - replacement: What takes the parts' place.
  ///   - threads: Number of threads; no result depends on it.
  /// - Returns: For each set one sum for each quantity.
  func sums(
    replacing sets: [[Int]], of parts: SiteParts, by replacement: Replacement, threads: Int
  ) -> [[Double]] {
    sums(of: sets.count, threads: threads, { PatchedPass(formulas, [parts], by: replacement) }) {
      work, measure in
      work.take(parts)
      for (place, set) in sets.enumerated() {
        work.replace(set)
        measure(work.pass, place)
        work.restore()
      }
    }
  }

  /// The sums for a change that is passed on along a path of units alone.
  ///
  /// - Parameters:
  ///   - path: Sites in the network's order, each with a unit.
  ///   - replacement: What takes the place of the first unit's activations.
  ///   - threads: Number of threads; no result depends on it.
  /// - Returns: One sum for each quantity.
  func sums(
    along path: [(site: ActivationSite, unit: Int)], by replacement: Replacement, threads: Int
  ) -> [Double] {
    sums(
      of: 1, threads: threads,
      { PatchedPass(formulas, [.units(path[0].site)], by: replacement) }
    ) { work, measure in
      work.replace(along: path)
      measure(work.pass, 0)
    }[0]
  }

  /// The sums of several changes, which are made in each block one after the other.
  private func sums(
    of count: Int, threads: Int, _ makeWork: @Sendable () -> PatchedPass,
    _ change: @Sendable (PatchedPass, _ measure: (FieldFormulas.Pass, Int) -> Void) -> Void
  ) -> [[Double]] {
    let size = count * quantities.count
    let results = AlignedBuffer(count: formulas.blocks.count * size, repeating: 0.0)
    forEachBlock(threads: threads, makeWork) { work, index, block in
      work.carry(block)
      change(work) { pass, place in
        add(pass, block, to: results.pointer + index * size + place * quantities.count)
      }
    }
    return (0..<count).map { place in
      quantities.indices.map {
        total(results, first: place * quantities.count + $0, stride: size)
      }
    }
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

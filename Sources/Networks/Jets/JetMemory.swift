internal import Tensors

/// The arrays that a graph's steps work on: for each slot values and adjoints `[units, channels, points]`.
final class JetMemory<Scalar: NetworkScalar> {
  let plan: JetPlan

  /// Number of points of a block, a multiple of 16.
  let points: Int

  /// Constants of the graph.
  let constants: UnsafePointer<Scalar>

  /// Working memory of the steps.
  let scratch: UnsafeMutablePointer<Scalar>

  /// A row over the points whose contents nobody wants.
  let unusedRow: UnsafeMutablePointer<Scalar>

  private let isTrained: [Bool]
  private var valueBases: [UnsafeMutablePointer<Scalar>] = []
  private var adjointBases: [UnsafeMutablePointer<Scalar>] = []
  // What the pointers above point into.
  private var buffers: [AlignedBuffer<Scalar>] = []

  /// Whether a slot's adjoint is a sum over several readers, or of parts.
  private let isSummed: [Bool]

  /// The adjoints that begin as zero.
  private var sums: [(UnsafeMutablePointer<Scalar>, Int)] = []

  init(_ graph: LayerGraph, plan: JetPlan, points: Int, reversible: Bool) {
    self.plan = plan
    self.points = points
    isTrained = graph.isTrained
    let readers = graph.readerCounts
    // One dense reader of the whole slot writes its adjoint; anything else adds to it.
    // Weighted sums have their adjoints from their activations.
    var isSummed = graph.slots.map { _ in true }
    for step in graph.steps where step is ActivationStep { isSummed[step.inputs[0].slot] = false }
    for step in graph.steps where step is DenseStep || step is FixedStep {
      for slice in step.inputs where slice.units == graph.slots[slice.slot] {
        isSummed[slice.slot] = readers[slice.slot] != 1
      }
    }
    self.isSummed = isSummed

    var buffers: [AlignedBuffer<Scalar>] = []
    func allocate(_ count: Int) -> UnsafeMutablePointer<Scalar> {
      let buffer = AlignedBuffer<Scalar>(count: count, repeating: 0)
      buffers.append(buffer)
      return buffer.pointer
    }
    let constants = allocate(graph.constants.count)
    Scalar.narrow(graph.constants, to: constants, count: graph.constants.count)
    self.constants = UnsafePointer(constants)
    scratch = allocate(graph.scratchCount)
    unusedRow = allocate(points)

    let row = plan.channelCount * points
    // The weighted sums under an activation share memory: without a reverse pass their values with
    // the activations', with one their adjoints.
    var activated: [Int: LayerSlice] = [:]
    for step in graph.steps.lazy.compactMap({ $0 as? ActivationStep }) {
      precondition(
        readers[step.input.slot] == 1, "weighted sums are read by their activation alone")
      activated[step.input.slot] = step.output
    }
    func bases(_ isShared: Bool) -> [UnsafeMutablePointer<Scalar>] {
      let own = graph.slots.enumerated().map { slot, units in
        isShared && activated[slot] != nil ? unusedRow : allocate(units * row)
      }
      return own.enumerated().map { slot, base in
        guard isShared, let output = activated[slot] else { return base }
        return own[output.slot] + output.first * row
      }
    }
    valueBases = bases(!reversible)
    if reversible {
      adjointBases = bases(true)
      for (slot, units) in graph.slots.enumerated()
      where isSummed[slot] && isTrained[slot] && slot != graph.output.slot {
        sums.append((adjointBases[slot], units * row))
      }
    }
    self.buffers = buffers
  }

  /// Numbers of one unit's jets.
  var row: Int { plan.channelCount * points }

  /// Whether values depend on parameters, so that their adjoints are wanted.
  func isTrained(_ slice: LayerSlice) -> Bool { isTrained[slice.slot] }

  /// The values of a slice.
  func values(_ slice: LayerSlice) -> UnsafeMutablePointer<Scalar> {
    valueBases[slice.slot] + slice.first * row
  }

  /// The adjoints of a slice.
  func adjoints(_ slice: LayerSlice) -> UnsafeMutablePointer<Scalar> {
    adjointBases[slice.slot] + slice.first * row
  }

  /// Sets the adjoints to zero that several steps will add to; not those of the output.
  func clearSums() {
    for (adjoints, count) in sums { adjoints.clear(count: count) }
  }

  /// The slot's adjoint from that of a linear map's result: `x̄ = Wᵀ z̄`, added where others add too.
  ///
  /// - Parameters:
  ///   - weights: W, `[outputs, units of the slice]`.
  ///   - adjoint: z̄.
  ///   - outputs: Number of units of z.
  ///   - slice: x.
  func addTransposedProduct(
    _ weights: UnsafePointer<Scalar>, from adjoint: UnsafeMutablePointer<Scalar>, _ outputs: Int,
    to slice: LayerSlice
  ) {
    Scalar.multiply(
      rows: slice.units, columns: row, inner: outputs, a: weights, rowStep: 1,
      columnStep: slice.units, b: adjoint, bStride: row, accumulate: isSummed[slice.slot],
      c: adjoints(slice), cStride: row)
  }

  /// Adds a multiple of units' jets to others.
  func add(
    _ factor: Scalar, times source: UnsafePointer<Scalar>,
    to target: UnsafeMutablePointer<Scalar>, units: Int
  ) {
    var factor = factor
    let count = units * row
    Scalar.multiply(
      rows: 1, columns: count, inner: 1, a: &factor, rowStep: 1, columnStep: 1, b: source,
      bStride: count, accumulate: true, c: target, cStride: count)
  }

  /// Multiplies one number a point by a factor.
  func scale(_ values: UnsafeMutablePointer<Scalar>, by factor: Scalar) {
    var factor = factor
    Scalar.multiply(
      rows: 1, columns: points, inner: 1, a: &factor, rowStep: 1, columnStep: 1, b: values,
      bStride: points, accumulate: false, c: values, cStride: points)
  }
}

internal import Tensors

/// A network as a list of steps over arrays of jets: what every architecture comes down to.
///
/// A *slot* is an array `[units, channels, points]`; slot 0 holds the inputs, mapped to [−1, 1]. A step
/// reads slices of slots and writes a slice of another. Since each step knows its rules for jets, forward
/// and in reverse, an architecture is written once, as a graph, and has all derivatives.
struct LayerGraph: Sendable {
  /// Number of units of each slot.
  private(set) var slots: [Int]

  /// The steps, in the order of evaluation.
  private(set) var steps: [any LayerStep] = []

  /// The trainable tensors, in the order of the flat parameters.
  private(set) var tensors: [ParameterTensor] = []

  /// Numbers that are not trained, such as the frequencies of Fourier features.
  private(set) var constants: [Double] = []

  /// Working memory that the steps ask for.
  private(set) var scratchCount = 0

  /// The places whose activations can be looked at.
  private(set) var sites: [Site] = []

  /// Whether dense layers are factorised, `W = diag(exp s) V`.
  let isFactorized: Bool

  /// The changes of activations at sites.
  let interventions: [Intervention]

  /// A place in the graph that has a name.
  struct Site: Sendable {
    let name: String
    let slice: LayerSlice

    /// Number of steps and of tensors that the site needs.
    let steps, tensors: Int
  }

  /// Begins a graph.
  ///
  /// - Parameters:
  ///   - inputs: Number of inputs.
  ///   - isFactorized: Whether dense layers are factorised.
  ///   - interventions: The changes of activations at sites.
  init(inputs: Int, isFactorized: Bool, interventions: [Intervention] = []) {
    slots = [inputs]
    self.isFactorized = isFactorized
    self.interventions = interventions
  }

  /// The inputs.
  var inputs: LayerSlice { LayerSlice(slot: 0, first: 0, units: slots[0]) }

  /// The result: what the last step writes.
  var output: LayerSlice { steps.last?.output ?? inputs }

  /// Number of trainable parameters.
  var parameterCount: Int { tensors.last?.range.upperBound ?? 0 }

  // MARK: - Building

  /// Makes a slot.
  mutating func slot(_ units: Int) -> LayerSlice {
    slots.append(units)
    return LayerSlice(slot: slots.count - 1, first: 0, units: units)
  }

  /// Adds a step.
  mutating func add(_ step: some LayerStep) { steps.append(step) }

  /// Adds a trainable tensor.
  ///
  /// - Returns: Where it begins in the flat parameters.
  mutating func tensor(_ name: String, _ shape: [Int], _ initial: InitialValues) -> Int {
    let offset = parameterCount
    let count = shape.reduce(1, *)
    tensors.append(
      ParameterTensor(name: name, shape: shape, range: offset..<offset + count, initial: initial))
    return offset
  }

  /// Adds numbers that are not trained.
  ///
  /// - Returns: Where they begin.
  mutating func constant(_ values: [Double]) -> Int {
    constants += values
    return constants.count - values.count
  }

  /// Reserves working memory.
  ///
  /// - Returns: Where it begins.
  mutating func scratch(_ count: Int) -> Int {
    scratchCount += count
    return scratchCount - count
  }

  /// Names a place, and changes the activations there as the interventions say.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - slice: The activations.
  /// - Returns: The activations that what comes after the site reads.
  mutating func site(_ name: String, _ slice: LayerSlice) -> LayerSlice {
    let slice = interventions.filter { $0.site == name }
      .reduce(slice) { intervene($1, on: $0) }
    sites.append(Site(name: name, slice: slice, steps: steps.count, tensors: tensors.count))
    return slice
  }

  /// Forgets what comes after a site.
  mutating func cut(after site: Site) {
    steps.removeLast(steps.count - site.steps)
    tensors.removeLast(tensors.count - site.tensors)
    sites.removeAll { $0.steps > site.steps }
  }

  // MARK: - Properties

  /// Number of steps that read each slot.
  var readerCounts: [Int] {
    var counts = slots.map { _ in 0 }
    for step in steps { for slice in step.inputs { counts[slice.slot] += 1 } }
    return counts
  }

  /// Whether each slot depends on parameters.
  var isTrained: [Bool] {
    var isTrained = slots.map { _ in false }
    for step in steps where step.isTrained || step.inputs.contains(where: { isTrained[$0.slot] }) {
      isTrained[step.output.slot] = true
    }
    return isTrained
  }
}

/// A run of units of one slot of a ``LayerGraph``.
struct LayerSlice: Sendable, Hashable {
  let slot: Int
  let first: Int
  let units: Int

  /// Some of the units.
  ///
  /// - Parameter range: Which, counted from the slice's first.
  subscript(range: Range<Int>) -> LayerSlice {
    LayerSlice(slot: slot, first: first + range.lowerBound, units: range.count)
  }
}

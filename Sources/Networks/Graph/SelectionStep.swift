/// Keeps some units and sets the others to zero, with all derivatives.
///
/// Units that stay are not zero: so the result says which ones stayed.
struct SelectionStep: LayerStep {
  let selection: UnitSelection
  let input: LayerSlice
  let output: LayerSlice

  /// Where the thresholds begin among the constants.
  let constants: Int

  var inputs: [LayerSlice] { [input] }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  func forward<Scalar>(
    _ memory: JetMemory<Scalar>, parameters: UnsafePointer<Scalar>,
    direction: UnsafePointer<Scalar>?
  ) {
    let row = memory.row
    let jets = memory.values(output)
    jets.copy(from: memory.values(input), count: output.units * row)
    func drop(_ unit: Int, _ point: Int) {
      for channel in stride(from: point, to: row, by: memory.points) {
        jets[unit * row + channel] = 0
      }
    }
    switch selection {
    case .all:
      return
    case .above:
      for unit in 0..<output.units {
        let threshold = memory.constants[constants + unit]
        for p in 0..<memory.points where !(jets[unit * row + p] > threshold) { drop(unit, p) }
      }
    case .largest(let count, let byMagnitude):
      var kept = LargestUnits<Scalar>(count: count)
      for p in 0..<memory.points {
        kept.removeAll()
        for unit in 0..<output.units {
          let value = jets[unit * row + p]
          kept.offer(unit, byMagnitude ? abs(value) : value)
        }
        for unit in 0..<output.units where !kept.contains(unit) { drop(unit, p) }
      }
    }
  }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  func reverse<Scalar>(
    _ memory: JetMemory<Scalar>, parameters: UnsafePointer<Scalar>,
    derivatives: ParameterDerivatives<Scalar>
  ) {
    guard memory.isTrained(input) else { return }
    let row = memory.row
    for unit in 0..<output.units {
      let values = memory.values(output) + unit * row
      let (source, target) = (
        memory.adjoints(output) + unit * row, memory.adjoints(input) + unit * row
      )
      for p in 0..<memory.points where selection == .all || values[p] != 0 {
        for channel in stride(from: p, to: row, by: memory.points) {
          target[channel] += source[channel]
        }
      }
    }
  }
}

/// The largest positive of some numbers, by the index that they are offered with.
private struct LargestUnits<Scalar: NetworkScalar> {
  private let count: Int

  /// In the order of size.
  private var units: [(index: Int, value: Scalar)] = []

  init(count: Int) { self.count = count }

  mutating func removeAll() { units.removeAll(keepingCapacity: true) }

  mutating func offer(_ index: Int, _ value: Scalar) {
    guard value > 0, count > 0 else { return }
    if units.count == count {
      guard let least = units.last, value > least.value else { return }
      units.removeLast()
    }
    // Of equal numbers the one offered first stays in front.
    let place = units.firstIndex { value > $0.value } ?? units.endIndex
    units.insert((index, value), at: place)
  }

  func contains(_ index: Int) -> Bool { units.contains { $0.index == index } }
}

extension LayerGraph {
  /// Adds a selection.
  ///
  /// - Parameters:
  ///   - selection: Which units stay.
  ///   - input: The units.
  /// - Returns: The result.
  mutating func select(_ selection: UnitSelection, of input: LayerSlice) -> LayerSlice {
    var thresholds: [Double] = []
    if case .above(let values) = selection {
      precondition(
        values.count == input.units && values.allSatisfy { $0 >= 0 },
        "each unit has a threshold that is not negative")
      thresholds = values
    }
    let output = slot(input.units)
    add(
      SelectionStep(
        selection: selection, input: input, output: output, constants: constant(thresholds)))
    return output
  }
}

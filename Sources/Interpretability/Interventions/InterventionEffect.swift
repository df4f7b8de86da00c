public import RunStore

/// What a change of a network's activations does to the solution that the network stands for.
public struct InterventionEffect: Sendable, Equatable {
  /// What was changed: `layer1.neuron5 = 0`.
  public let name: String

  /// `‖u' − u‖₂ / ‖u‖₂` for each unknown: u of the network as it was, u' changed; nil where u is zero.
  public let changes: [Double?]

  /// Root mean square of each equation's residual.
  public let residualRMS: [Double?]

  /// Root mean square of each condition's residual: the error at boundaries and at the start.
  public let conditionRMS: [Double?]

  /// The relative L2 error of each unknown against the exact solution; nil where none is known.
  public let relativeL2: [Double?]

  /// The largest change of an unknown.
  public var largestChange: Double? { changes.compactMap { $0 }.max() }

  /// The effect as `limbeck patch --json` prints it.
  public var json: JSONValue {
    func list(_ values: [Double?]) -> JSONValue {
      .array(values.map { $0.map { .number($0) } ?? .null })
    }
    return .object([
      .init("intervention", .string(name)), .init("change", list(changes)),
      .init("residual_rms", list(residualRMS)), .init("condition_rms", list(conditionRMS)),
      .init("relative_l2", list(relativeL2)),
    ])
  }
}

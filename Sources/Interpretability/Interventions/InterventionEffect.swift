public import PINN
public import RunStore

/// What a change of a network's activations does to the solution that the network stands for.
public struct InterventionEffect: Sendable, Equatable, Codable {
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

  /// All but the changes, in the order of the properties.
  var errors: [Double?] { residualRMS + conditionRMS + relativeL2 }

  /// The largest change of an unknown.
  public var largestChange: Double? { changes.compactMap { $0 }.max() }

  /// `intervention,change_u,…,residual1,…,condition1,…,error_u,…`: a row for each effect.
  ///
  /// - Parameters:
  ///   - effects: The effects.
  ///   - problem: The problem, for the names of unknowns.
  /// - Returns: A table.
  public static func csv(_ effects: [InterventionEffect], _ problem: Problem) -> CSVDocument {
    var document = CSVDocument(
      header: ["intervention"] + problem.unknowns.map { "change_\($0)" }
        + problem.equations.indices.map { "residual\($0 + 1)" }
        + problem.conditions.indices.map { "condition\($0 + 1)" }
        + problem.unknowns.map { "error_\($0)" })
    for effect in effects {
      let numbers = effect.changes + effect.errors
      document.append([.text(effect.name)] + numbers.map { $0.map { .number($0) } ?? .empty })
    }
    return document
  }

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

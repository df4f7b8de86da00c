public import PINN
public import RunStore

/// What a patch does.
public struct PatchEffect: Sendable, Equatable, Codable {
  /// Where: `layer1`, `layer1.neuron5` or a path of neurons.
  public let place: String

  /// How far u moves towards the other's, 1 for all the way.
  public let harm: Double

  /// How far u comes back from the other's; nil for paths.
  public let restored: Double?

  /// The network with the other's activations patched in.
  public let patchedIn: InterventionEffect

  /// The other with the network's own activations patched in, its changes from the network's u; nil for
  /// paths and moved inputs.
  public let patchedOut: InterventionEffect?

  /// `place,harm,restored,residual1_in,…,condition1_in,…,error_u_in,…,residual1_out,…`.
  ///
  /// The first row is the two without any patch; what is not defined stays empty.
  ///
  /// - Parameters:
  ///   - effects: The effects.
  ///   - study: What was compared.
  ///   - problem: The problem, for the names of unknowns.
  /// - Returns: A table.
  public static func csv(
    _ effects: [PatchEffect], _ study: PatchStudy, _ problem: Problem
  ) -> CSVDocument {
    let names =
      problem.equations.indices.map { "residual\($0 + 1)" }
      + problem.conditions.indices.map { "condition\($0 + 1)" }
      + problem.unknowns.map { "error_\($0)" }
    var document = CSVDocument(
      header: ["place", "harm", "restored"] + names.map { "\($0)_in" } + names.map { "\($0)_out" })
    let none = PatchEffect(
      place: "none", harm: 0, restored: 0, patchedIn: study.baseline,
      patchedOut: study.otherBaseline)
    for effect in [none] + effects {
      let numbers =
        [effect.harm, effect.restored] + effect.patchedIn.errors
        + (effect.patchedOut?.errors ?? names.map { _ in nil })
      document.append([.text(effect.place)] + numbers.map { $0.map { .number($0) } ?? .empty })
    }
    return document
  }

  /// The document that `limbeck patch --from --json` prints.
  ///
  /// - Parameters:
  ///   - effects: The effects.
  ///   - study: What was compared.
  /// - Returns: A document.
  public static func json(_ effects: [PatchEffect], _ study: PatchStudy) -> JSONValue {
    .object([
      .init("baseline", study.baseline.json),
      .init("other", study.otherBaseline?.json ?? .null),
      .init(
        "effects",
        .array(
          effects.map { effect in
            .object([
              .init("place", .string(effect.place)), .init("harm", .number(effect.harm)),
              .init("restored", effect.restored.map { .number($0) } ?? .null),
              .init("patched_in", effect.patchedIn.json),
              .init("patched_out", effect.patchedOut?.json ?? .null),
            ])
          })),
    ])
  }
}

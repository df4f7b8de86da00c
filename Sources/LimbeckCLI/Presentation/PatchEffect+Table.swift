import Limbeck

extension PatchEffect {
  /// Effects for people, the greatest harm first, below the network as it is.
  ///
  /// - Parameters:
  ///   - baseline: The network as it is.
  ///   - effects: The effects.
  ///   - problem: The problem, for the names of unknowns.
  /// - Returns: A table.
  static func table(
    _ baseline: InterventionEffect, _ effects: [PatchEffect], _ problem: Problem
  ) -> String {
    let header = ["harm", "restored"] + InterventionEffect.errorNames(problem) + ["patched"]
    let rows = effects.sorted { $0.harm > $1.harm }.map { effect in
      [NumberFormat.short(effect.harm), effect.restored.map(NumberFormat.short) ?? "–"]
        + effect.patchedIn.errorCells + [effect.place]
    }
    return Text.table([header, ["0", "–"] + baseline.errorCells + ["nothing"]] + rows)
      + "\n\nharm: how far u moves towards the other's when patched in, 1 for all the way;\n"
      + "restored: how far the other's comes back when patched out;\n"
      + "equation, condition and error: as without --from, of what is patched in."
  }
}

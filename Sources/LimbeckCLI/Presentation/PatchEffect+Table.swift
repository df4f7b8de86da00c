import Limbeck

extension PatchStudy.Effect {
  /// Effects for people, the greatest harm first.
  static func table(_ effects: [PatchStudy.Effect]) -> String {
    let sorted = effects.sorted { $0.harm > $1.harm }
    return Text.table(
      [["harm", "restored", "patched"]]
        + sorted.map { effect in
          [
            NumberFormat.short(effect.harm), effect.restored.map(NumberFormat.short) ?? "–",
            effect.place,
          ]
        })
      + "\n\nharm: how far u moves towards the other's when patched in, 1 for all the way;\n"
      + "restored: how far the other's comes back when patched out."
  }
}

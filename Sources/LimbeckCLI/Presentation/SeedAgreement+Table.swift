import Limbeck

extension SeedAgreement {
  /// The equations with the seeds that they are best for.
  func table(of target: String) -> String {
    guard !groups.isEmpty else { return "no equation was found" }
    let rows = groups.map { group in
      [
        "\(group.seeds.count) of \(searchCount)",
        group.seeds.map(String.init).joined(separator: ","),
        NumberFormat.short(group.equation.loss),
        "\(group.equation.readable)" + (group.isProved ? "   (proved)" : ""),
      ]
    }
    return Text.table([["agree", "seeds", "loss", "\(target) ="]] + rows)
  }
}

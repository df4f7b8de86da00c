/// How strongly a loss punishes activity.
public enum SparsityPenalty: Sendable, Codable, Equatable {
  /// A fixed coefficient λ.
  case coefficient(Double)

  /// Whatever coefficient keeps the mean number of active features, L0, at a target; it starts at
  /// `initial` and moves by a controller.
  case targetL0(Double, initial: Double)
}

/// Which rows of the table that a network was fitted to.
public enum TablePart: String, Sendable, CaseIterable {
  /// All of them.
  case all

  /// Those that were trained on.
  case training

  /// Those that decided which network was kept.
  case validation

  /// Those that neither has seen.
  case test
}

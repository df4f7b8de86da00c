extension Grammar {
  /// The grammars that ship with the package.
  public static let shippedNames = shipped.keys.sorted()

  private static let shipped: [String: [UInt8]] = [
    "arithmetic": PackageResources.arithmetic_grammar,
    "feynman": PackageResources.feynman_grammar,
    "general": PackageResources.general_grammar,
    "heat-kernel": PackageResources.heat_kernel_grammar,
    "polynomial": PackageResources.polynomial_grammar,
    "power-law": PackageResources.power_law_grammar,
    "rational": PackageResources.rational_grammar,
    "separable": PackageResources.separable_grammar,
    "similarity": PackageResources.similarity_grammar,
    "sum-of-separable": PackageResources.sum_of_separable_grammar,
    "travelling-wave": PackageResources.travelling_wave_grammar,
    "trigonometric": PackageResources.trigonometric_grammar,
    "trigonometric-series": PackageResources.trigonometric_series_grammar,
  ]

  /// A grammar that ships with the package.
  ///
  /// - Parameter name: One of ``shippedNames``.
  /// - Throws: ``GrammarError/unknownGrammar(_:known:suggestion:)`` for any other name.
  public init(named name: String) throws(GrammarError) {
    guard let text = Self.shipped[name] else {
      throw .unknownGrammar(
        name, known: Self.shippedNames,
        suggestion: Spelling.suggestion(for: name, among: Self.shippedNames))
    }
    try self.init(contentsOf: String(decoding: text, as: UTF8.self), file: name)
  }
}

/// Names of variables as LaTeX.
enum LatexName {
  private static let greek: Set<String> = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
    "lambda", "mu", "nu", "xi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
    "Gamma", "Delta", "Theta", "Lambda", "Xi", "Sigma", "Upsilon", "Phi", "Psi", "Omega",
  ]

  /// `alpha` becomes `\alpha`, `u_xx` and `x1` get subscripts, `speed` is set upright.
  static func format(_ name: String) -> String {
    var head = name[...]
    var subscripts: [Substring] = []
    if let mark = name.firstIndex(of: "_"), mark != name.startIndex {
      head = name[..<mark]
      subscripts = name[name.index(after: mark)...].split(separator: "_")
    }
    let digits = head.reversed().prefix(while: \.isNumber).count
    if digits > 0 && digits < head.count {
      subscripts.insert(head.suffix(digits), at: 0)
      head = head.dropLast(digits)
    }
    let base = word(head, isSubscript: false)
    guard !subscripts.isEmpty else { return base }
    return base + "_{" + subscripts.map { word($0, isSubscript: true) }.joined(separator: ",") + "}"
  }

  /// Subscripts of derivatives (`xx`, `xt`) stay in italics, as variables are.
  private static func word(_ word: Substring, isSubscript: Bool) -> String {
    if greek.contains(String(word)) { return #"\"# + word }
    let limit = isSubscript ? 4 : 1
    if word.count <= limit || word.allSatisfy(\.isNumber) { return String(word) }
    return #"\mathrm{\#(word.split(separator: "_").joined(separator: #"\_"#))}"#
  }
}

internal import RunStore

extension MathText {
  /// An equation's plain text as mathematics prints it: `sin(pi*x)*exp(-alpha*pi^2*t)` becomes
  /// sin(π x) exp(−α π² t).
  ///
  /// Names are slanted and those of functions upright, Greek letters are letters, powers and indices
  /// are raised and lowered, and numbers keep three digits.
  ///
  /// - Parameter formula: A formula in the language of recipes; anything else stays readable.
  public init(formula: String) {
    var setter = FormulaSetter(rest: Substring(formula))
    setter.set(script: .line, until: nil)
    self.init(runs: setter.runs)
  }

  /// A name in a table: words such as `boundary_distance` and `layer0` as they are, symbols such as
  /// `u_xx` and `alpha` as in a formula.
  init(name: String) {
    let head = String(name.prefix(while: \.isLetter))
    let isName = name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    let isWord = isName && head.count > 3 && FormulaSetter.greek[head] == nil
    if isWord || name.contains(" ") {
      self.init(name.replacing("_", with: " "))
    } else {
      self.init(formula: name)
    }
  }
}

/// Reads a formula once from left to right.
private struct FormulaSetter {
  var rest: Substring
  var runs: [MathText.Run] = []

  /// Sets what follows.
  ///
  /// - Parameters:
  ///   - script: Where the letters stand.
  ///   - closing: The parenthesis that ends the part, which is read; nil to go on to the end.
  mutating func set(script: MathText.Script, until closing: Character?) {
    var depth = 0
    // A sign is a difference only after an operand.
    var followsOperand = false
    while let character = rest.first {
      if character == closing && depth == 0 {
        rest.removeFirst()
        return
      }
      if character.isNumber || character == "." {
        append(number(), script: script)
        followsOperand = true
      } else if character.isLetter {
        setName(script)
        followsOperand = true
      } else {
        rest.removeFirst()
        if character == "(" { depth += 1 }
        if character == ")" { depth -= 1 }
        if character == "^" {
          setPower(script)
        } else {
          append(Self.sign(character, followsOperand), script: script)
        }
        if !character.isWhitespace { followsOperand = character == ")" || character == "^" }
      }
    }
  }

  /// The exponent after `^`: a number, a name, a call or a parenthesis, with its sign.
  private mutating func setPower(_ script: MathText.Script) {
    guard script == .line else {
      append("^", script: script)
      return
    }
    if rest.first == "-" {
      rest.removeFirst()
      append("\u{2212}", script: .raised)
    }
    guard let character = rest.first else { return }
    if character == "(" {
      rest.removeFirst()
      set(script: .raised, until: ")")
    } else if character.isLetter {
      setName(.raised)
      // A call: what is in its parentheses is raised too.
      guard rest.first == "(" else { return }
      rest.removeFirst()
      append("(", script: .raised)
      set(script: .raised, until: ")")
      append(")", script: .raised)
    } else {
      append(number(), script: .raised)
    }
  }

  private mutating func number() -> MathText {
    var digits = ""
    while let character = rest.first, character.isNumber || character == "." {
      digits.append(rest.removeFirst())
      let next = rest.dropFirst()
      if let mark = rest.first, mark == "e" || mark == "E", let sign = next.first,
        sign.isNumber || (sign == "-" || sign == "+") && next.dropFirst().first?.isNumber == true
      {
        digits += rest.prefix(2)
        rest = rest.dropFirst(2)
      }
    }
    guard digits.count > 5, let value = Double(digits) else { return MathText(scientific: digits) }
    return MathText(short: value)
  }

  private mutating func setName(_ script: MathText.Script) {
    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    rest = rest[name.endIndex...]
    let isCall = rest.first == "("
    var parts = name.split(separator: "_", maxSplits: 1)
    let head = parts.removeFirst()
    let letters = head.reversed().drop(while: \.isNumber).count
    let index = (letters == 0 ? "" : String(head.dropFirst(letters))) + (parts.first ?? "")
    let base = String(letters == 0 ? head : head.prefix(letters))
    // log10 and besselj0 are functions, x1 is a name with an index.
    if isCall {
      append(MathText(String(name)), script: script)
    } else {
      append(
        MathText(runs: [
          .init(
            text: Self.greek[base] ?? base,
            isSlanted: base != "pi" && (base.count == 1 || Self.greek[base] != nil))
        ]),
        script: script)
      guard !index.isEmpty else { return }
      append(
        MathText(runs: [.init(text: Self.greek[index] ?? index, isSlanted: index.count <= 4)]),
        script: script == .line ? .lowered : script)
    }
  }

  private mutating func append(_ text: MathText, script: MathText.Script) {
    for var run in text.runs {
      if run.script == .line { run.script = script }
      if let last = runs.last, last.script == run.script, last.isSlanted == run.isSlanted {
        runs[runs.count - 1].text += run.text
      } else {
        runs.append(run)
      }
    }
  }

  private static func sign(_ character: Character, _ isBinary: Bool) -> MathText {
    switch character {
    case "-": MathText("\u{2212}")
    case "*" where isBinary: "\u{200A}"
    default: MathText(String(character))
    }
  }

  static let greek: [String: String] = [
    "pi": "π", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ",
    "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ",
    "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
  ]
}

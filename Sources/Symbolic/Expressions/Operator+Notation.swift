extension Operator {
  /// How an operator is written: the one table that the parser and all printers read.
  public struct Notation: Sendable {
    /// The name of a function, or the character between two operands.
    public let spelling: String

    /// Other names the parser accepts.
    public let aliases: [String]

    /// The LaTeX form; `#1` and `#2` stand for the operands.
    ///
    /// Infix operators are laid out by the printer.
    public let latex: String

    /// The SymPy form; `#1` and `#2` stand for the operands.
    public let sympy: String

    fileprivate init(
      _ spelling: String, aliases: [String] = [], latex: String = "", sympy: String = ""
    ) {
      self.spelling = spelling
      self.aliases = aliases
      self.latex = latex
      self.sympy = sympy.isEmpty ? spelling + "(#1)" : sympy
    }
  }

  /// How the operator is written.
  public var notation: Notation { Operator.notations[Int(rawValue)] }

  /// The operator that the parser knows by a name such as `sin`, `ln` or `pow`.
  ///
  /// - Parameter name: The spelling of a function or one of its aliases.
  /// - Returns: The operator, or nil if no function has that name.
  public static func function(named name: String) -> Operator? {
    functions[name]
  }

  /// Every name that ``function(named:)`` accepts, sorted.
  public static let functionNames: [String] = functions.keys.sorted()

  private static let functions: [String: Operator] = {
    var functions: [String: Operator] = [:]
    for operation in allCases where operation.arity > 0 {
      let notation = operation.notation
      let names = [notation.spelling] + notation.aliases
      for name in names where name.first?.isLetter == true { functions[name] = operation }
    }
    return functions
  }()

  private static let notations: [Notation] = allCases.map { operation in
    switch operation {
    case .constant: Notation("<constant>", sympy: "#1")
    case .symbol: Notation("<symbol>", sympy: "#1")
    case .pi: Notation("pi", latex: #"\pi"#, sympy: "pi")
    case .add: Notation("+", sympy: "+")
    case .subtract: Notation("-", sympy: "-")
    case .multiply: Notation("*", sympy: "*")
    case .divide: Notation("/", sympy: "/")
    case .power: Notation("^", aliases: ["pow"], sympy: "**")
    case .min:
      Notation(
        "min", aliases: ["Min"], latex: #"\min\left(#1, #2\right)"#, sympy: "Min(#1, #2)")
    case .max:
      Notation(
        "max", aliases: ["Max"], latex: #"\max\left(#1, #2\right)"#, sympy: "Max(#1, #2)")
    case .negate: Notation("neg", sympy: "-")
    case .square: Notation("square", sympy: "#1**2")
    case .cube: Notation("cube", sympy: "#1**3")
    case .reciprocal: Notation("reciprocal", aliases: ["inv"], sympy: "1/#1")
    case .sqrt: Notation("sqrt", latex: #"\sqrt{#1}"#)
    case .cbrt: Notation("cbrt", latex: #"\sqrt[3]{#1}"#, sympy: "real_root(#1, 3)")
    case .exp: Notation("exp", latex: #"\exp\left(#1\right)"#)
    case .log: Notation("log", aliases: ["ln"], latex: #"\log\left(#1\right)"#)
    case .sin: Notation("sin", latex: #"\sin\left(#1\right)"#)
    case .cos: Notation("cos", latex: #"\cos\left(#1\right)"#)
    case .tan: Notation("tan", latex: #"\tan\left(#1\right)"#)
    case .asin: Notation("asin", aliases: ["arcsin"], latex: #"\arcsin\left(#1\right)"#)
    case .acos: Notation("acos", aliases: ["arccos"], latex: #"\arccos\left(#1\right)"#)
    case .atan: Notation("atan", aliases: ["arctan"], latex: #"\arctan\left(#1\right)"#)
    case .sinh: Notation("sinh", latex: #"\sinh\left(#1\right)"#)
    case .cosh: Notation("cosh", latex: #"\cosh\left(#1\right)"#)
    case .tanh: Notation("tanh", latex: #"\tanh\left(#1\right)"#)
    case .abs: Notation("abs", aliases: ["Abs"], latex: #"\left|#1\right|"#, sympy: "Abs(#1)")
    case .sign:
      Notation("sign", aliases: ["sgn"], latex: #"\operatorname{sign}\left(#1\right)"#)
    case .erf: Notation("erf", latex: #"\operatorname{erf}\left(#1\right)"#)
    }
  }
}

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
    case .atan2:
      Notation(
        "atan2", latex: #"\operatorname{atan2}\left(#1, #2\right)"#, sympy: "atan2(#1, #2)")
    case .hypot:
      Notation(
        "hypot", latex: #"\operatorname{hypot}\left(#1, #2\right)"#,
        sympy: "sqrt((#1)**2 + (#2)**2)")
    case .mod:
      Notation("mod", latex: #"\left(#1 \bmod #2\right)"#, sympy: "Mod(#1, #2)")
    case .greater:
      Notation(
        "greater", latex: #"\left[#1 > #2\right]"#, sympy: indicator("#1 > #2"))
    case .cond:
      Notation(
        "cond", latex: #"\left[#1 > 0\right] \left(#2\right)"#,
        sympy: "Piecewise((#2, #1 > 0), (0, True))")
    case .logicalOr:
      Notation(
        "logical_or", latex: #"\left[#1 > 0 \lor #2 > 0\right]"#,
        sympy: indicator("(#1 > 0) | (#2 > 0)"))
    case .logicalAnd:
      Notation(
        "logical_and", latex: #"\left[#1 > 0 \land #2 > 0\right]"#,
        sympy: indicator("(#1 > 0) & (#2 > 0)"))
    case .polygamma:
      Notation(
        "polygamma", latex: #"\psi^{\left(#1\right)}\left(#2\right)"#,
        sympy: "polygamma(#1, #2)")
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
    case .log2: Notation("log2", latex: #"\log_{2}\left(#1\right)"#, sympy: "log(#1, 2)")
    case .log10: Notation("log10", latex: #"\log_{10}\left(#1\right)"#, sympy: "log(#1, 10)")
    case .log1p:
      Notation("log1p", latex: #"\operatorname{log1p}\left(#1\right)"#, sympy: "log(1 + (#1))")
    case .expm1:
      Notation("expm1", latex: #"\operatorname{expm1}\left(#1\right)"#, sympy: "(exp(#1) - 1)")
    case .asinh:
      Notation("asinh", aliases: ["arcsinh"], latex: #"\operatorname{arsinh}\left(#1\right)"#)
    case .acosh:
      Notation("acosh", aliases: ["arccosh"], latex: #"\operatorname{arcosh}\left(#1\right)"#)
    case .atanh:
      Notation("atanh", aliases: ["arctanh"], latex: #"\operatorname{artanh}\left(#1\right)"#)
    case .erfc: Notation("erfc", latex: #"\operatorname{erfc}\left(#1\right)"#)
    case .gamma: Notation("gamma", aliases: ["Gamma"], latex: #"\Gamma\left(#1\right)"#)
    case .lgamma:
      Notation(
        "lgamma", aliases: ["loggamma"], latex: #"\log\left|\Gamma\left(#1\right)\right|"#,
        sympy: "log(Abs(gamma(#1)))")
    case .digamma: Notation("digamma", latex: #"\psi\left(#1\right)"#)
    case .besselJ0: bessel("j", 0)
    case .besselJ1: bessel("j", 1)
    case .besselY0: bessel("y", 0)
    case .besselY1: bessel("y", 1)
    case .relu:
      Notation("relu", latex: #"\max\left(0, #1\right)"#, sympy: "Max(0, #1)")
    case .step:
      Notation(
        "step", aliases: ["heaviside"], latex: #"\left[#1 > 0\right]"#, sympy: indicator("#1 > 0"))
    case .floor: Notation("floor", latex: #"\left\lfloor #1 \right\rfloor"#)
    case .ceil: Notation("ceil", latex: #"\left\lceil #1 \right\rceil"#, sympy: "ceiling(#1)")
    case .round:
      // SymPy rounds no symbols; halves go up here.
      Notation(
        "round", latex: #"\left\lfloor #1 \right\rceil"#, sympy: "floor((#1) + Rational(1, 2))")
    }
  }

  private static func indicator(_ condition: String) -> String {
    "Piecewise((1, \(condition)), (0, True))"
  }

  private static func bessel(_ kind: String, _ order: Int) -> Notation {
    Notation(
      "bessel\(kind)\(order)", aliases: ["\(kind)\(order)"],
      latex: #"\#(kind.uppercased())_{\#(order)}\left(#1\right)"#,
      sympy: "bessel\(kind)(\(order), #1)")
  }
}

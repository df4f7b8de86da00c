/// Why a grammar cannot be used, and where.
public enum GrammarError: Error, Equatable, Sendable {
  /// No shipped grammar has the name.
  case unknownGrammar(String, known: [String], suggestion: String?)

  /// A line that makes no sense; `line` counts from 1.
  case invalid(file: String, line: Int, Reason)

  /// What can be wrong with a line.
  public enum Reason: Error, Equatable, Sendable {
    /// The line begins with no known word.
    case unknownWord(String, known: [String], suggestion: String?)

    /// A word that is no operator of the number of operands asked for.
    case unknownOperator(String, known: [String], suggestion: String?)

    /// Something else than a positive number.
    case notANumber(String, after: String)

    /// Nothing follows the word.
    case missing(after: String, expected: String)

    /// A nesting rule that does not read `nest sin: no cos` or `nest sin: cos <= 1`.
    case badNesting(String)

    /// A template that does not read `template u = X(x)*T(t)` or `template product over variables`.
    case badTemplate(String)

    /// The template's formula cannot be read.
    case template(ParseError)

    /// Something else than the number that is expected.
    case badNumber(String, after: String, expected: String)

    /// A setting that can be given once is given again; `first` is the line of the first time.
    case repeated(String, first: Int)

    /// A definition that does not read `define sech(x) = 1/cosh(x)`.
    case badDefinition(String)

    /// The formula of a definition cannot be read.
    case definition(ParseError)

    /// A defined function has more operands than an operator can have.
    case tooManyOperands(String, count: Int)

    /// A definition of a name that already means something in every grammar.
    case reservedName(String)

    /// Two definitions, parameters or units of one name.
    case definedTwice(String)

    /// A defined function among the outer operators.
    case noInverse(String)

    /// A constraint that does not read `constraint ^: any 1`.
    case badOperandLimit(String)

    /// A number of operands that the operator or function does not have.
    case operandCount(String, expected: Int, found: Int)

    /// Two constraints for one operator.
    case limitedTwice(String)

    /// Two different limits for one operator inside another.
    case nestingDiffers(outer: String, inner: String, limits: [Int])

    /// A list of parameters that does not read `parameters c d` or `parameter p by category`.
    case badParameters(String)

    /// A parameter with an index that it does not have.
    case noElement(String, index: String, count: Int)

    /// A template that calls an unknown function inside another one's arguments.
    case nestedCall(outer: String, inner: String)

    /// A line that does not read `units x: m/s`.
    case badUnits(String)

    /// A unit cannot be read.
    case unit(UnitError)

    /// A line that is none of `dimensional strict`, `dimensional penalised` and
    /// `dimensionless constants`.
    case badDimensionalRule(String)

    /// A rule about units without any unit.
    case noUnits

    /// A loss that has no such name.
    case unknownLoss(String, known: [String], suggestion: String?)

    /// The formula of a loss cannot be read.
    case lossFormula(ParseError)

    /// A rule is about an operator that formulas do not have.
    case notUsed(String, rule: String)

    /// No formula is deep enough to have an operator.
    case tooShallow

    /// A constraint allows an operator no operand at all.
    case noOperand(String, lightest: Int)

    /// Even the smallest formula with an operator is too complex.
    case noFormula(String, complexity: Int, limit: Int)

    /// A parameter that the template does not use.
    case unused(String)

    /// The whole file names no operator.
    case noOperators
  }
}

extension GrammarError: CustomStringConvertible {
  /// One sentence that says what was found, where, and what was expected.
  public var description: String {
    switch self {
    case .unknownGrammar(let name, let known, let suggestion):
      "there is no grammar '\(name)'" + Reason.hint(suggestion, known)
    case .invalid(let file, let line, let reason):
      "\(file):\(line): \(reason)"
    }
  }
}

extension GrammarError.Reason: CustomStringConvertible {
  /// The sentence without the place in the file.
  public var description: String {
    switch self {
    case .unknownWord(let word, let known, let suggestion):
      "unknown word '\(word)'" + Self.hint(suggestion, known)
    case .unknownOperator(let word, let known, let suggestion):
      "'\(word)' is no such operator" + Self.hint(suggestion, known)
    case .notANumber(let text, let word):
      "'\(word)' is followed by '\(text)', expected a whole number from 1 to 10000"
    case .missing(let word, let expected):
      "nothing follows '\(word)', expected \(expected)"
    case .badNesting(let text):
      "'\(text)' is no rule of nesting; expected 'nest sin: no sin cos' or 'nest exp: sin <= 1'"
    case .badTemplate(let text):
      "'\(text)' is no template; expected 'template u = X(x)*T(t)' or "
        + "'template product over variables'"
    case .template(let error):
      "the template's \(error)"
    case .badNumber(let text, let word, let expected):
      "'\(word)' is followed by '\(text)', expected \(expected)"
    case .repeated(let word, let first):
      "'\(word)' was given in line \(first) already; remove one of the two"
    case .badDefinition(let text):
      "'\(text)' is no definition; expected one such as 'define sech(x) = 1/cosh(x)'"
    case .definition(let error):
      "the definition's \(error)"
    case .tooManyOperands(let name, let count):
      "'\(name)' has \(count) operands, but operators have one or two; "
        + "write it into a template instead"
    case .reservedName(let name):
      "'\(name)' means something already; choose another name"
    case .definedTwice(let name):
      "'\(name)' is given twice; remove or rename one of the two"
    case .noInverse(let name):
      "'\(name)' is defined in the grammar, and its inverse is not known; "
        + "'outer' takes operators only"
    case .badOperandLimit(let text):
      "'\(text)' is no constraint; expected 'constraint ^: any 1', a complexity or 'any' for each "
        + "operand"
    case .operandCount(let name, let expected, let found):
      "'\(name)' has \(expected) operand\(expected == 1 ? "" : "s"), found \(found)"
    case .limitedTwice(let name):
      "the operands of '\(name)' are constrained twice; remove one of the two lines"
    case .nestingDiffers(let outer, let inner, let limits):
      "'\(inner)' is limited inside '\(outer)' to \(limits[0]) and to \(limits[1]); "
        + "remove one of the two rules"
    case .badParameters(let text):
      "'\(text)' is no list of parameters; expected 'parameters c d', 'parameter c[3]' or "
        + "'parameter p by category'"
    case .noElement(let name, let index, let count):
      "there is no \(name)[\(index)]; '\(name)' counts from 1 to \(count)"
    case .nestedCall(let outer, let inner):
      "'\(inner)' is called inside the arguments of '\(outer)', but arguments are formulas in "
        + "variables and parameters; define '\(inner)' or write it out"
    case .badUnits(let text):
      "'\(text)' names no unit; expected a line such as 'units x: m/s'"
    case .unit(let error):
      "\(error)"
    case .badDimensionalRule(let text):
      "'\(text)' is no rule; expected 'dimensional strict', 'dimensional penalised 10' or "
        + "'dimensionless constants'"
    case .noUnits:
      "there is a rule about units but no unit; add lines such as 'units x: m'"
    case .unknownLoss(let word, let known, let suggestion):
      "'\(word)' is no loss" + Self.hint(suggestion, known)
    case .lossFormula(let error):
      "the loss's \(error)"
    case .notUsed(let name, let rule):
      "'\(rule)' speaks of '\(name)', which no formula can contain; add '\(name)' to the operators "
        + "or remove the rule"
    case .tooShallow:
      "no formula of depth 1 has an operator; set 'maxdepth' to 2 or more"
    case .noOperand(let name, let lightest):
      "'\(name)' can never be used: its constraint is below \(lightest), the complexity of the "
        + "lightest constant or variable"
    case .noFormula(let name, let complexity, let limit):
      "no formula can be derived: the smallest one with an operator, '\(name)', has complexity "
        + "\(complexity), and 'maxsize' is \(limit); raise it or lower the weights"
    case .unused(let name):
      "the template does not use the parameter '\(name)'; remove it or use it"
    case .noOperators:
      "the grammar names no operator; add a line such as 'binary + - * /'"
    }
  }

  fileprivate static func hint(_ suggestion: String?, _ known: [String]) -> String {
    suggestion.map { "; did you mean '\($0)'?" }
      ?? "; known are \(known.joined(separator: " "))"
  }
}

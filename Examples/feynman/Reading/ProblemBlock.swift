import Limbeck

/// The lines of one problem as they are read.
struct ProblemBlock {
  private let id: String
  private let title: String
  private var equations: [(target: String, formula: String)] = []
  private var variables: [Variable] = []
  private var rows: Int?
  private var noise: Double?
  private var trajectories: (count: Int, duration: Double, step: Double)?

  /// Begins a problem.
  ///
  /// - Parameter line: `[id] title`.
  /// - Throws: A reason if there is no id.
  init(heading line: String) throws(ProblemFileError.Reason) {
    guard let end = line.firstIndex(of: "]") else { throw .unreadable(line) }
    id = line[..<end].dropFirst().trimmed
    title = line[end...].dropFirst().trimmed
    if id.isEmpty { throw .unreadable(line) }
  }

  /// Reads one line.
  ///
  /// - Parameter line: Neither empty nor a heading.
  /// - Throws: A reason.
  mutating func read(_ line: String) throws(ProblemFileError.Reason) {
    let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
    switch (words[0], words.count) {
    case ("rows", 2):
      guard let count = Int(words[1]), count > 0 else { throw .notANumber(words[1]) }
      rows = count
    case ("noise", 2):
      guard let value = Double(words[1]), value >= 0 else { throw .notANumber(words[1]) }
      noise = value
    case ("trajectories", 6) where words[2] == "until" && words[4] == "step":
      guard let count = Int(words[1]), count > 0 else { throw .notANumber(words[1]) }
      trajectories = (count, try Self.number(words[3]), try Self.number(words[5]))
    default:
      if let sign = line.firstIndex(of: "=") {
        equations.append((line[..<sign].trimmed, line[sign...].dropFirst().trimmed))
      } else if let place = line.firstRange(of: " in [") {
        try readRange(
          names: line[..<place.lowerBound], line[place.upperBound...], line: line)
      } else {
        throw .unreadable(line)
      }
    }
  }

  /// Reads `x, y in [0, 1] step 0.1`, split after the bracket.
  private mutating func readRange(
    names: Substring, _ text: Substring, line: String
  ) throws(ProblemFileError.Reason) {
    guard let end = text.firstIndex(of: "]"), let comma = text[..<end].firstIndex(of: ",") else {
      throw .unreadable(line)
    }
    let lower = try Self.number(text[..<comma].trimmed)
    let upper = try Self.number(text[comma..<end].dropFirst().trimmed)
    let words = text[end...].dropFirst().split(separator: " ").map(String.init)
    let sampling: Variable.Sampling
    switch (words.first, words.count) {
    case (nil, _): sampling = .uniform
    case ("logarithmic", 1): sampling = .logarithmic
    case ("integer", 1): sampling = .integer
    case ("step", 2): sampling = .grid(step: try Self.number(words[1]))
    default: throw .unreadable(line)
    }
    guard lower < upper, lower > 0 || sampling != .logarithmic else { throw .badRange(line) }
    if case .grid(let step) = sampling, step <= 0 { throw .badRange(line) }
    for name in names.split(separator: ",") {
      variables.append(
        Variable(symbol: Symbol(name.trimmed), range: lower...upper, sampling: sampling))
    }
  }

  /// The problems that the lines state.
  ///
  /// - Parameters:
  ///   - group: The set of problems that they belong to.
  ///   - source: Where they were published.
  /// - Returns: One problem, or one for each equation of a system.
  /// - Throws: A reason if something is missing.
  func problems(
    group: String, source: String
  ) throws(ProblemFileError.Reason) -> [BenchmarkProblem] {
    guard !equations.isEmpty else { throw .noFormula(id: id) }
    guard !variables.isEmpty else { throw .noRange(id: id) }
    let names = variables.map(\.symbol.name)
    var formulas: [Expression] = []
    for equation in equations { formulas.append(try Self.formula(equation.formula, names)) }
    let measurement: BenchmarkProblem.Measurement
    if let trajectories {
      guard equations.map(\.target) == names.map({ $0 + "'" }) else { throw .badSystem(id: id) }
      measurement = .trajectories(
        Flow(
          rates: formulas, count: trajectories.count, duration: trajectories.duration,
          step: trajectories.step))
    } else {
      guard equations.count == 1 else { throw .badSystem(id: id) }
      measurement = .independent
    }
    return zip(equations, formulas).enumerated().map { index, equation in
      let isSystem = trajectories != nil
      return BenchmarkProblem(
        group: group, id: isSystem ? "\(id)-\(index + 1)" : id, title: title, source: source,
        target: Symbol(isSystem ? names[index] + "_t" : equation.0.target),
        formula: equation.1, variables: variables, measurement: measurement, rows: rows,
        noise: noise)
    }
  }

  private static func formula(
    _ text: String, _ names: [String]
  ) throws(ProblemFileError.Reason) -> Expression {
    do {
      return try Expression(parsing: text, allowing: names)
    } catch {
      throw .formula(error)
    }
  }

  /// A bound, such as `-pi/2`.
  private static func number(_ text: String) throws(ProblemFileError.Reason) -> Double {
    let formula = try formula(text, [])
    let value = formula.evaluate([:])
    guard value.isFinite else { throw .notANumber(text) }
    return value
  }
}

internal import RunStore
public import Symbolic

/// The equations that an earlier distillation found, as formulas that another can start from.
public struct EarlierFront: Sendable {
  /// The directory.
  public let path: String

  /// The formulas with their fitted constants, simplest first.
  public let formulas: [Expression]

  /// Reads the equations of a directory.
  ///
  /// - Parameter path: A directory that a distillation wrote, the run of a network or a table's.
  /// - Throws: `RunDirectoryError` or `FileError` if there is none, ``DistillationError/badFront(path:)``
  ///   if its `equations.json` is damaged.
  public init(of path: String) throws {
    self.path = path
    let directory = try RunDirectory.open(path, for: .reading)
    let bytes = try directory.read(.equations(.json))
    let file = try directory.path(of: .equations(.json))
    guard let document = try? JSONValue(parsing: bytes), let front = document["front"]?.elements
    else {
      throw DistillationError.badFront(path: file)
    }
    formulas = try front.map { entry in
      guard let text = entry["fitted"]?.text, let formula = try? Expression(parsing: text) else {
        throw DistillationError.badFront(path: file)
      }
      return formula
    }
  }
}

extension Distiller {
  /// Lets the search start from the equations of an earlier one, those that can be stated here.
  ///
  /// - Parameter front: The equations; a constant among them says nothing.
  /// - Returns: How many are used.
  /// - Throws: ``DistillationError/noUsableFormula(path:count:first:)`` if none can be used, or a
  ///   `SearchError` if the grammar does not fit the table.
  public mutating func start(from front: EarlierFront) throws -> Int {
    let formulas = front.formulas.filter { !$0.symbols.isEmpty }
    var refusal: SearchError?
    var count = 0
    for formula in formulas {
      if let problem = try IslandSearch.problem(with: formula, on: table, grammar: grammar) {
        refusal = refusal ?? .guess(formula.readable.description, problem)
      } else {
        options.guesses.append(formula)
        count += 1
      }
    }
    guard count > 0 else {
      throw DistillationError.noUsableFormula(
        path: front.path, count: formulas.count, first: refusal)
    }
    return count
  }
}

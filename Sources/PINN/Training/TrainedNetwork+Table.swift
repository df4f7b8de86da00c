internal import Networks
public import RunStore
internal import Symbolic

extension TrainedNetwork {
  /// Evaluates unknowns and derivatives at the rows of a table.
  ///
  /// - Parameters:
  ///   - fields: What to evaluate: `u`, `u_x`, `u_xt`, ….
  ///   - points: A table with a column for each variable; other columns are ignored.
  ///   - path: The table's name in errors.
  ///   - problem: The problem, whose variables and unknowns are the network's.
  ///   - threads: Number of threads; no result depends on it.
  /// - Returns: The variables' columns and one column for each field.
  /// - Throws: ``EvaluationError`` if a column is missing or a field is no derivative.
  public func table(
    of fields: [String], at points: Table, path: String, in problem: Problem, threads: Int
  ) throws(EvaluationError) -> Table {
    var coordinates: [[Double]] = []
    for name in variables {
      guard let column = points[name] else {
        throw .noColumn(name, path: path, found: points.names)
      }
      coordinates.append(column)
    }
    if let index = fields.indices.first(where: { fields[..<$0].contains(fields[$0]) }) {
      throw .repeatedField(fields[index])
    }
    let evaluator = FieldEvaluator(self, points: coordinates, threads: threads)
    var columns = coordinates
    for name in fields {
      guard let field = problem.derivative(Symbol(name)),
        field.order <= DerivativeSymbol.orderLimit
      else { throw .noField(name, unknowns: unknowns, variables: variables) }
      columns.append(evaluator.values(of: field, parameters: parameters))
    }
    return Table(names: variables + fields, columns: columns)
  }
}

/// Why a network cannot be evaluated.
public enum EvaluationError: StoreFailure, Equatable {
  /// The table of points lacks a variable.
  case noColumn(String, path: String, found: [String])

  /// A name is neither an unknown nor a derivative of one.
  case noField(String, unknowns: [String], variables: [String])

  /// A name occurs twice.
  case repeatedField(String)

  /// The input breaks the rules.
  public var kind: FailureKind { .malformed }

  /// What was found, where, and what was expected.
  public var description: String {
    switch self {
    case .noColumn(let name, let path, let found):
      "\(path): there is no column for the variable '\(name)'; found are "
        + found.joined(separator: ", ")
    case .repeatedField(let name):
      "'\(name)' is asked for twice; name each field once"
    case .noField(let name, let unknowns, let variables):
      "'\(name)' is neither an unknown (\(unknowns.joined(separator: ", "))) nor a derivative of one "
        + "by \(variables.joined(separator: ", ")) up to order 4, such as "
        + "\(unknowns[0])_\(variables[0])"
    }
  }
}

public import PINN
internal import RunStore

extension SamplePoints {
  /// In more variables the points of a grid are too few along each to show what lies between.
  static let gridDimension = 3

  /// Chooses points that show what a network does where it was asked to do something.
  ///
  /// A network that was fitted to a table alone is looked at in the table's rows: what it does between the
  /// points of a grid, far from any measurement, nobody asked it to do. The domain of equations gets a
  /// regular grid, in more than three variables scattered points.
  ///
  /// - Parameters:
  ///   - problem: The problem that the network was trained on.
  ///   - rows: About how many points to take.
  ///   - part: Rows of the problem's table, whatever else it states; nil to choose as above.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: ``ExtractionError`` if there are no such points, or `TableError` if the table cannot be
  ///   read.
  public init(
    showing problem: Problem, rows: Int, part: TablePart? = nil, threads: Int
  ) throws {
    if let (name, columns) = try problem.measuredPoints(about: rows, part: part) {
      self.init(columns, description: name, in: problem)
    } else if problem.variables.count > Self.gridDimension {
      let columns = problem.scatteredPoints(count: rows)
      guard columns[0].count > 0 else { throw ExtractionError.nowhere(points: rows) }
      self.init(columns, description: "\(columns[0].count) Sobol points", in: problem)
    } else {
      try self.init(
        gridOf: problem, side: Self.side(ofAbout: rows, in: problem), threads: threads)
    }
  }
}

extension Problem {
  /// Rows of the problem's table, evenly spaced, where a network is to be looked at in them.
  ///
  /// - Parameters:
  ///   - limit: About the most rows.
  ///   - part: Which rows; nil for all of a problem that states nothing else, and none of others.
  /// - Returns: What the rows are, and one array of coordinates for each variable; nil if there is no
  ///   reason to look there.
  /// - Throws: ``ExtractionError`` if there are no such rows, or `TableError` if the table cannot be read.
  func measuredPoints(
    about limit: Int, part: TablePart? = nil
  ) throws -> (name: String, columns: [[Double]])? {
    guard part != nil || !isPosed else { return nil }
    guard let data else {
      if part != nil { throw ExtractionError.noTable }
      return nil
    }
    let table = try Table(contentsOf: data.file)
    let columns = try variables.map { variable in
      guard let column = table[variable.name] else {
        throw EvaluationError.noColumn(variable.name, path: data.file, found: table.names)
      }
      return column
    }
    let rows = try rows(of: part ?? .all, count: table.rowCount)
    guard !rows.isEmpty else { throw ExtractionError.noRows(part ?? .all, path: data.file) }
    let step = max(1, rows.count / max(1, limit))
    let kept = stride(from: rows.lowerBound, to: rows.upperBound, by: step)
    return (
      data.file + (part.map { $0 == .all ? "" : ", \($0.rawValue) rows" } ?? ""),
      columns.map { column in kept.map { column[$0] } }
    )
  }

  private func rows(of part: TablePart, count: Int) throws(ExtractionError) -> Range<Int> {
    if part == .all { return 0..<count }
    guard let split = data?.split else { throw .noSplit(part) }
    let (training, validation, test) = split.ranges(count: count)
    return switch part {
    case .all: 0..<count
    case .training: training
    case .validation: validation
    case .test: test
    }
  }
}

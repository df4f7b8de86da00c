import Limbeck

/// Where the fields of a problem are evaluated for pictures; there is no value outside the domain.
struct DomainGrid {
  /// The grid.
  let grid: SamplingGrid

  /// The coordinates, one array for each variable of the problem.
  let points: [[Double]]

  private let problem: Problem
  private let isInside: [Bool]

  /// Evaluates on a grid over some of the problem's variables.
  init(_ grid: SamplingGrid, of problem: Problem) {
    self.grid = grid
    self.problem = problem
    let points = problem.variables.map { grid.column($0.name) ?? [] }
    self.points = points
    isInside = (0..<grid.count).map { index in problem.contains(points.map { $0[index] }) }
  }

  /// A regular grid along the first two variables, through the middle of the others.
  ///
  /// - Parameters:
  ///   - problem: The problem.
  ///   - side: Number of samples along each of two variables.
  ///   - line: Number of samples along a single variable.
  init(of problem: Problem, side: Int, line: Int) {
    let count = problem.variables.count == 1 ? line : side
    self.init(
      SamplingGrid(
        sides: problem.variables.prefix(2).map {
          .init(name: $0.name, lower: $0.lower, upper: $0.upper, count: count)
        },
        fixed: problem.variables.dropFirst(2).map {
          .init(name: $0.name, value: $0.coordinate(0.5))
        }), of: problem)
  }

  /// Whether every sample lies in the domain.
  var isWhole: Bool { isInside.allSatisfy { $0 } }

  /// Number of samples along each side, the one that varies fastest last.
  var shape: [Int] { grid.sides.reversed().map(\.count) }

  /// The values with NaN outside the domain.
  func masked(_ values: [Double]) -> [Double] {
    zip(values, isInside).map { $1 ? $0 : .nan }
  }

  /// The values of a formula of the problem's variables; nil for one that cannot be evaluated.
  func values(of formula: Expression) -> [Double]? {
    (try? Program(problem.withNumbers(formula), inputs: problem.variableSymbols)).map {
      masked($0.evaluate(points))
    }
  }

  /// The values of an unknown as a network has them.
  func values(of unknown: Int, in solution: TrainedNetwork, threads: Int) -> [Double] {
    masked(
      FieldEvaluator(solution, points: points, threads: threads).values(
        of: .value(of: unknown, in: problem), parameters: solution.parameters))
  }
}

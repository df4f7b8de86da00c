public import PINN
public import RunStore
internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The points at which a network is sampled, handed out in blocks.
///
/// A grid is never in memory as a whole.
public struct SamplePoints: Sendable {
  /// Number of points.
  public let count: Int

  /// What the points are: `grid 100 100`, or the name of a table.
  public let description: String

  /// Number of points outside the problem's domain, where nothing was trained.
  public let outsideCount: Int

  private let source: Source

  /// Where each block's points begin, and their number at the end.
  private let starts: [Int]

  private enum Source: Sendable {
    /// All points of a box, of which those in the domain count.
    case grid(Problem, side: Int)

    /// One array for each variable.
    case scattered([[Double]])
  }

  /// Candidates of a block: few enough for the activations of wide networks to fit, many enough for all
  /// threads to have work.
  private static let blockSize = 1 << 12

  /// The largest number of points of a grid, more than disks hold activations of.
  private static let limit = 1 << 40

  /// Lays a regular grid over a problem's domain, its ends included.
  ///
  /// - Parameters:
  ///   - problem: The problem.
  ///   - side: Number of points along each variable, at least 2.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: ``ExtractionError`` if there would be more points than any disk holds, or none.
  public init(gridOf problem: Problem, side: Int, threads: Int) throws(ExtractionError) {
    let candidates = try Self.gridSize(side: side, dimension: problem.variables.count)
    let blocks = (candidates + Self.blockSize - 1) / Self.blockSize
    source = .grid(problem, side: side)
    outsideCount = 0
    description = "grid " + problem.variables.map { _ in "\(side)" }.joined(separator: " ")
    if problem.domain == nil {
      starts = (0...blocks).map { min($0 * Self.blockSize, candidates) }
    } else {
      let counts = AlignedBuffer(count: blocks, repeating: 0)
      parallelFor(count: blocks, threads: threads) { block in
        counts.pointer[block] = Self.grid(problem, side, block, candidates)[0].count
      }
      starts = (0..<blocks).reduce(into: [0]) { $0.append(($0.last ?? 0) + counts.pointer[$1]) }
    }
    count = starts[blocks]
    guard count > 0 else { throw .noPoints(side: side) }
  }

  /// The number of points along each variable that makes a grid of about so many.
  ///
  /// - Parameters:
  ///   - rows: The number of points that is wanted.
  ///   - problem: The problem.
  /// - Returns: At least 4.
  static func side(ofAbout rows: Int, in problem: Problem) -> Int {
    max(4, Int(pow(Double(rows), 1 / Double(problem.variables.count)).rounded()))
  }

  /// Takes the points of a table.
  ///
  /// - Parameters:
  ///   - table: A table with a column for each variable; other columns are ignored.
  ///   - path: The table's name.
  ///   - problem: The problem.
  /// - Throws: `EvaluationError` if a column is missing.
  public init(_ table: Table, path: String, in problem: Problem) throws(EvaluationError) {
    var columns: [[Double]] = []
    for variable in problem.variables {
      guard let column = table[variable.name] else {
        throw .noColumn(variable.name, path: path, found: table.names)
      }
      columns.append(column)
    }
    self.init(columns, description: path, in: problem)
  }

  /// Takes points that are in memory.
  ///
  /// - Parameters:
  ///   - columns: One array of coordinates for each variable; at least one point.
  ///   - description: What the points are.
  ///   - problem: The problem.
  init(_ columns: [[Double]], description: String, in problem: Problem) {
    source = .scattered(columns)
    count = columns[0].count
    self.description = description
    outsideCount = (0..<count).count { i in !problem.contains(columns.map { $0[i] }) }
    starts = Array(stride(from: 0, to: count, by: Self.blockSize)) + [count]
  }

  /// Number of blocks.
  public var blockCount: Int { starts.count - 1 }

  /// The rows of a block among all points; empty where a part of a grid is outside the domain.
  ///
  /// - Parameter block: The block's index.
  /// - Returns: Indices of points.
  public func rows(ofBlock block: Int) -> Range<Int> { starts[block]..<starts[block + 1] }

  /// All points, for studies that hold them in memory: one array of coordinates for each variable.
  public var coordinates: [[Double]] {
    let blocks = (0..<blockCount).map(block).filter { !$0[0].isEmpty }
    return blocks[0].indices.map { i in blocks.flatMap { $0[i] } }
  }

  /// The points of a block.
  ///
  /// - Parameter block: The block's index.
  /// - Returns: One array of coordinates for each variable.
  public func block(_ block: Int) -> [[Double]] {
    switch source {
    case .grid(let problem, let side):
      let candidates = problem.variables.reduce(1) { count, _ in count * side }
      return Self.grid(problem, side, block, candidates)
    case .scattered(let columns):
      return columns.map { Array($0[rows(ofBlock: block)]) }
    }
  }

  private static func gridSize(
    side: Int, dimension: Int
  ) throws(ExtractionError) -> Int {
    var size = 1
    for _ in 0..<dimension {
      let (product, overflow) = size.multipliedReportingOverflow(by: side)
      guard !overflow, product <= limit else {
        throw .tooManyPoints(side: side, dimension: dimension)
      }
      size = product
    }
    return size
  }

  /// The points of a block of a grid that lie in the domain; the last variable varies fastest.
  private static func grid(
    _ problem: Problem, _ side: Int, _ block: Int, _ candidates: Int
  ) -> [[Double]] {
    let variables = problem.variables
    var columns = [[Double]](repeating: [], count: variables.count)
    var point = variables.map(\.lower)
    for index in block * blockSize..<min((block + 1) * blockSize, candidates) {
      var rest = index
      for axis in variables.indices.reversed() {
        point[axis] = variables[axis].coordinate(Double(rest % side) / Double(side - 1))
        rest /= side
      }
      guard problem.domain == nil || problem.contains(point) else { continue }
      for axis in variables.indices { columns[axis].append(point[axis]) }
    }
    return columns
  }
}

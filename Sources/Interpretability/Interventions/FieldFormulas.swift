internal import Networks
internal import PINN
internal import Symbolic
internal import Tensors

/// Formulas of a network's unknowns and their derivatives at fixed points: all that an equation or a
/// condition is made of travels through the network in one pass of jets.
///
/// A formula that compares two places, as a periodic condition does, is the difference of its values there.
struct FieldFormulas: Sendable {
  /// The network.
  private(set) var solution: TrainedNetwork

  /// Points that are carried together; see ``Pass``.
  let blocks: [Block]

  private let plan: JetPlan
  private let fields: [DerivativeSymbol]
  private let programs: [Program]
  private let hasPartners: Bool

  /// Some of the points.
  struct Block: Sendable {
    /// Their indices among all points.
    let rows: Range<Int>

    /// One array for each variable; the partners follow the points.
    let coordinates: [[Double]]

    /// Further columns of the formulas.
    let columns: [[Double]]
  }

  /// Compiles formulas.
  ///
  /// - Parameters:
  ///   - formulas: Formulas of variables, parameters, unknowns and derivatives.
  ///   - solution: The network.
  ///   - problem: The problem that gives the names their meaning.
  ///   - points: One array of coordinates for each variable; at least one point.
  ///   - partners: A second place for each point, whose value is subtracted.
  ///   - columns: Further columns of the formulas, one value a point.
  /// - Throws: `ProgramError` if a formula contains another name.
  init(
    _ formulas: [Expression], of solution: TrainedNetwork, in problem: Problem,
    at points: [[Double]], partners: [[Double]]? = nil, columns: [Symbol: [Double]] = [:]
  ) throws {
    self.solution = solution
    var networkForm = NetworkForm(problem)
    let forms = formulas.map { networkForm.form(problem.withNumbers($0)) }
    let outputs = networkForm.symbols
    let symbols = outputs.keys.sorted()
    fields = symbols.compactMap { outputs[$0] }
    // Jets hold derivatives divided by factorials: the factor goes into the formulas.
    var factors: [Symbol: Expression] = [:]
    for (symbol, field) in outputs where field.monomial.factorial > 1 {
      factors[symbol] = Expression(field.monomial.factorial) * Expression(symbol)
    }
    let plan = JetPlan(
      dimension: problem.variables.count, containing: fields.map(\.monomial))
    self.plan = plan
    let names = columns.keys.sorted()
    let inputs = problem.variableSymbols + names + symbols
    var programs: [Program] = []
    for form in forms {
      programs.append(try Program(form.substituting(factors), inputs: inputs))
    }
    self.programs = programs
    hasPartners = partners != nil
    let size = Self.blockSize(solution.network, plan)
    let count = points[0].count
    blocks = stride(from: 0, to: count, by: size).map { start in
      let rows = start..<min(start + size, count)
      return Block(
        rows: rows,
        coordinates: points.indices.map { axis in
          Array(points[axis][rows]) + (partners.map { Array($0[axis][rows]) } ?? [])
        },
        columns: names.map { name in
          let values = Array((columns[name] ?? [])[rows])
          return partners == nil ? values : values + values
        })
    }
  }

  /// The same formulas of another network of the same variables and unknowns.
  func reading(_ solution: TrainedNetwork) -> FieldFormulas {
    var other = self
    other.solution = solution
    return other
  }

  /// Number of formulas.
  var count: Int { programs.count }

  /// The points' coordinates along a variable.
  func coordinates(along variable: Int) -> [Double] {
    blocks.flatMap { $0.coordinates[variable].prefix($0.rows.count) }
  }

  /// Number of points.
  var pointCount: Int { blocks.last?.rows.upperBound ?? 0 }

  /// Points of a block: as many as let two layers' jets stay in the second-level cache.
  private static func blockSize(_ network: Network, _ plan: JetPlan) -> Int {
    let bytes = network.width * plan.channelCount * MemoryLayout<Double>.stride
    return max(32, min(256, 1 << 17 / bytes))
  }

  /// Working memory for one block at a time, used by one thread.
  final class Pass {
    /// The jets of the block.
    let jets: JetPropagation<Double>

    private let formulas: FieldFormulas
    private let results: AlignedBuffer<Double>
    private var block: Block?

    /// Prepares working memory.
    ///
    /// - Parameters:
    ///   - formulas: The formulas.
    ///   - network: A network of the same parameters in place of the formulas' own, such as one with
    ///     interventions.
    init(_ formulas: FieldFormulas, network: Network? = nil) {
      self.formulas = formulas
      let rows = formulas.blocks[0].coordinates[0].count
      jets = JetPropagation(
        network: network ?? formulas.solution.network, plan: formulas.plan, points: rows,
        reversible: false)
      results = AlignedBuffer(count: jets.points, repeating: 0)
    }

    /// Chooses a block and carries its jets to the outputs.
    func carry(_ block: Block) {
      self.block = block
      jets.load(jets.scaledInputs(block.coordinates))
      jets.forward(parameters: formulas.solution.parameters)
    }

    /// Carries the jets on from what stands at a site now.
    func carry(after site: ActivationSite) {
      jets.forward(parameters: formulas.solution.parameters, after: site)
    }

    /// The values of a formula at the block's points.
    ///
    /// - Parameter formula: Its index.
    /// - Returns: One number for each of the block's rows, until the next call.
    func values(of formula: Int) -> UnsafePointer<Double> {
      let result = results.pointer
      guard let block else { return UnsafePointer(result) }
      let count = block.coordinates[0].count
      let channels = formulas.plan.channelCount
      let outputs = formulas.fields.map { field in
        let channel = formulas.plan.channel(of: field.monomial) ?? 0
        return jets.outputs + (field.unknown * channels + channel) * jets.points
      }
      Self.withPointers(to: block.coordinates + block.columns) { columns in
        formulas.programs[formula].evaluate(
          columns: columns + outputs, rows: count, into: result)
      }
      if formulas.hasPartners {
        for row in 0..<count / 2 { result[row] -= result[count / 2 + row] }
      }
      return UnsafePointer(result)
    }

    private static func withPointers(
      to columns: [[Double]], _ body: ([UnsafePointer<Double>]) -> Void
    ) {
      func next(_ pointers: [UnsafePointer<Double>]) {
        guard pointers.count < columns.count else { return body(pointers) }
        columns[pointers.count].withUnsafeBufferPointer { column in
          if let base = column.baseAddress { next(pointers + [base]) }
        }
      }
      next([])
    }
  }
}

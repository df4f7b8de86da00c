internal import Tensors

/// The least-squares fit of the constants of a formula in which each may stand in several places.
///
/// With the derivatives `J` by each place and the matrix `T` that says which constant stands where, the
/// normal equations are `TᵀJᵀWJT`; steps are damped after Levenberg and Marquardt
/// ([doi:10.1137/0111030](https://doi.org/10.1137/0111030)).
struct TiedFit {
  /// The fitted constants.
  let values: [Double]

  /// The weighted mean of squared residuals.
  let loss: Double

  /// `(JᵀWJ)⁻¹` of the constants that were fitted, by their places in ``values``; nil if they are not
  /// independent.
  private let inverseGram: Matrix<Double>?
  private let free: [Int]

  /// `Σ w r² / (n − p)`, or zero with no more rows than constants.
  private let residualVariance: Double
  private let rows: Int

  /// Fits a formula; nil if it is not finite on some row, or has too many constants.
  ///
  /// - Parameters:
  ///   - formula: The formula with constants to start from.
  ///   - table: What it should compute.
  ///   - chosen: The rows to look at; nil for all.
  ///   - isFree: Which constants are fitted.
  init?(
    _ formula: TiedFormula, to table: SearchTable, rows chosen: [Int]? = nil,
    where isFree: (Int) -> Bool = { _ in true }
  ) {
    let used = Set(formula.ties.compactMap { $0 })
    let free = formula.values.indices.filter { used.contains($0) && isFree($0) }
    let place = Dictionary(uniqueKeysWithValues: free.enumerated().map { ($0.element, $0.offset) })
    let nodes = zip(formula.nodes, formula.ties).map { node, tie in
      guard let tie else { return node }
      return Expression.Node(constant: formula.values[tie], isFixed: place[tie] == nil)
    }
    let rows = RowBlock<Double>(table, rows: chosen ?? Array(0..<table.rowCount))
    guard let genes = Expression(postfix: nodes).genes(variables: table.variables) else {
      return nil
    }
    let tape = Tape<Double>(capacity: genes.count)
    let fits = genes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { tape.compile($0, genes.count, fitsConstants: true) } ?? false
    }
    guard fits else { return nil }
    let n = tape.parameterCount
    let owners = (0..<n).compactMap { index in
      formula.ties[Int(tape.parameters[index].gene)].flatMap { place[$0] }
    }
    guard owners.count == n else { return nil }
    let scratch = AlignedBuffer<Double>(
      count: Double.scratchSize(instructions: tape.count, parameters: n), repeating: 0)
    var full = [Double](repeating: 0, count: n * n)
    var slopes = [Double](repeating: 0, count: n)
    let m = free.count
    var gram = [Double](repeating: 0, count: m * m)
    var descent = [Double](repeating: 0, count: m)
    func evaluate(_ values: [Double]) -> Double {
      tape.setParameters(owners.map { values[$0] })
      let squares = Double.normalEquations(
        tape.code, tape.count, parameters: n, rows: rows, scratch: scratch.pointer, gram: &full,
        descent: &slopes)
      return squares.isFinite ? squares : .infinity
    }
    func takeUp() {
      gram = gram.map { _ in 0 }
      descent = descent.map { _ in 0 }
      for (i, row) in owners.enumerated() {
        descent[row] += slopes[i]
        for (j, column) in owners.enumerated() { gram[row * m + column] += full[i * n + j] }
      }
    }
    var values = free.map { formula.values[$0] }
    var squares = evaluate(values)
    guard squares.isFinite else { return nil }
    takeUp()
    let system = DampedSystem(capacity: max(1, m))
    system.order = m
    var damping = 1e-3
    var idle = 0
    for _ in 0..<(m == 0 ? 0 : Self.steps) where idle < 3 && damping < 1e12 {
      system.matrix.update(from: gram, count: m * m)
      system.right.update(from: descent, count: m)
      let trial =
        system.solve(damping: damping, pivot: 0)
        ? (0..<m).map { values[$0] + system.solution[$0] } : values
      let reached = evaluate(trial)
      if reached < squares {
        idle = squares - reached < 1e-9 * squares ? idle + 1 : 0
        (values, squares) = (trial, reached)
        takeUp()
        damping = max(0.1 * damping, 1e-14)
      } else {
        damping *= 10
      }
    }
    var all = formula.values
    for (index, value) in zip(free, values) { all[index] = value }
    self.values = all
    self.free = free
    self.rows = rows.count
    loss = squares / Double(rows.count)
    residualVariance = rows.count > m ? squares / Double(rows.count - m) : 0
    inverseGram = ConstantFit.inverse(Matrix(rows: m, columns: m, elements: gram))
  }

  /// The most steps of a fit.
  private static let steps = 200

  /// The standard error of a constant.
  ///
  /// - Parameters:
  ///   - constant: Its place in ``values``.
  ///   - error: The mean squared error that the data are known to have; constants may have taken in all
  ///     of it.
  /// - Returns: The error; nil where it is not defined.
  func standardError(of constant: Int, knowing error: Double) -> Double? {
    guard let index = free.firstIndex(of: constant), let inverseGram else { return nil }
    return (inverseGram[index, index] * max(residualVariance, error * Double(rows))).squareRoot()
  }
}

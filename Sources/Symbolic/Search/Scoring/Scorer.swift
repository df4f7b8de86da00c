package import Tensors

/// Fits a candidate to the rows of the search and says how well it does.
///
/// A candidate with terms `T_k` stands for `b + Σ c_k T_k`, or for `Σ c_k log|T_k|` beside what the
/// logarithmic form supplies. The factors come from the normal equations
/// of the projected terms; constants inside the terms are then refined together with the factors
/// (``refine(_:_:terms:limit:)``). Fitting constants during the search, and not after it, is what
/// makes genetic programming find physical formulas: Kommenda et al. (2020),
/// [doi:10.1007/s10710-019-09371-3](https://doi.org/10.1007/s10710-019-09371-3).
package final class Scorer {
  /// What a fit found.
  package struct Fit {
    /// Sum of squares over that of the target's deviations.
    package var loss = Double.infinity

    /// The factor of each term.
    package var factors: SIMD8<Double> = .init(repeating: 1)
  }

  let rows: RowBlock<Float>
  let form: ModelForm
  package let projection: Projection
  let tape: Tape<Float>
  let system: DampedSystem
  let model: GenePointer
  let target: AlignedBuffer<Float>
  let output: AlignedBuffer<Float>
  let residual: AlignedBuffer<Float>
  let scratch: AlignedBuffer<Float>
  let trial: UnsafeMutablePointer<Double>
  let upper: UnsafeMutablePointer<Double>
  let coordinates: UnsafeMutablePointer<Double>

  /// The factors of the terms at the last evaluation with derivatives.
  var factors: SIMD8<Double> = .init(repeating: 1)

  let parameters: UnsafeMutablePointer<Double>

  /// Columns of the Jacobian; the first few also hold the terms.
  let jacobian: AlignedBuffer<UnsafeMutablePointer<Float>>
  private let jacobianStorage: AlignedBuffer<Float>

  /// The loss of no term at all: what the fit explains by itself.
  private(set) var baseline = 1.0

  /// The steps that every fit of constants takes; more while each gains a lot.
  var steps = 4

  /// Fits by the loss of the view, where it is none of squares.
  private let lossRefiner: ConstantRefiner?

  /// Evaluations made, where a Jacobian counts as one.
  var evaluations = 0

  /// Prepares for candidates of a vocabulary on some rows.
  package init(_ view: View, form: ModelForm) {
    rows = view.searchRows
    self.form = form
    projection = view.projection
    lossRefiner = view.fitRows.loss.isLeastSquares ? nil : ConstantRefiner(view.fitRows)
    let capacity = Variation.capacity(view.vocabulary) + 6 * Terms.maximum
    let parameterCapacity = Tape<Float>.maximumParameters
    tape = Tape(capacity: capacity, functions: view.vocabulary.functions)
    system = DampedSystem(capacity: parameterCapacity)
    model = .allocate(capacity: capacity)
    trial = .allocate(capacity: parameterCapacity)
    upper = .allocate(capacity: Terms.maximum * Terms.maximum)
    coordinates = .allocate(capacity: Terms.maximum)
    parameters = .allocate(capacity: parameterCapacity)
    let stride = (rows.count + 15) / 16 * 16
    target = AlignedBuffer(count: rows.count, repeating: 0)
    target.pointer.update(from: rows.target.pointer, count: rows.count)
    let left = projection(target.pointer).left
    output = AlignedBuffer(count: rows.count, repeating: 0)
    residual = AlignedBuffer(count: rows.count, repeating: 0)
    jacobianStorage = AlignedBuffer(count: stride * parameterCapacity, repeating: 0)
    jacobian = AlignedBuffer(count: parameterCapacity, repeating: jacobianStorage.pointer)
    for index in 0..<parameterCapacity {
      jacobian.pointer[index] = jacobianStorage.pointer + index * stride
    }
    scratch = AlignedBuffer(
      count: Float.scratchSize(instructions: tape.capacity, parameters: parameterCapacity),
      repeating: 0)
    baseline = loss(left)
  }

  deinit {
    model.deallocate()
    trial.deallocate()
    upper.deallocate()
    coordinates.deallocate()
    parameters.deallocate()
  }

  /// Fits a candidate.
  ///
  /// - Parameters:
  ///   - genes: The candidate; its free constants are refined in place.
  ///   - count: Its size.
  ///   - terms: Its terms.
  /// - Returns: The loss and the factors; an infinite loss where the candidate has no finite value.
  package func score(_ genes: GenePointer, _ count: Int, terms: Terms) -> Fit {
    evaluations += 1
    var fit = form.hasScale ? fitFactors(genes, terms) : evaluateAlone(genes, count)
    guard fit.loss.isFinite else { return fit }
    // A candidate that explains nothing will not learn to within a few steps.
    let isHopeless = form.hasScale && fit.loss > 0.9999 * baseline
    if !isHopeless && (0..<count).contains(where: { genes[$0].isFree }) {
      refine(genes, count, terms: terms, fit: &fit)
    }
    if let lossRefiner { return fitLoss(genes, terms: terms, from: fit, lossRefiner) }
    return fit
  }

  /// The target as fits see it.
  package var projectedTarget: [Float] {
    Array(UnsafeBufferPointer(start: target.pointer, count: rows.count))
  }

  /// The projected values of terms without free constants, scaled to unit length.
  ///
  /// - Parameter terms: The terms.
  /// - Returns: The columns one after the other, which terms they are, those without values left out,
  ///   and the elements from one column to the next.
  package func columns(
    of terms: [[Gene]]
  ) -> (columns: AlignedBuffer<Float>, kept: [Int], stride: Int) {
    let stride = (rows.count + 15) / 16 * 16
    let columns = AlignedBuffer<Float>(count: terms.count * stride, repeating: 0)
    var kept: [Int] = []
    for (index, term) in terms.enumerated() {
      for (position, gene) in term.enumerated() { model[position] = gene }
      guard tape.compile(model, term.count, fitsConstants: false) else { continue }
      let column = columns.pointer + kept.count * stride
      Float.evaluate(
        tape.code, tape.count, rows.columnPointers, rows: rows.count, scratch: scratch.pointer,
        result: column)
      evaluations += 1
      let (left, total) = projection(column)
      guard total.isFinite, left > 1e-9 * total, left > 1e-25, left < 1e30 else { continue }
      let scale = Float(1 / left.squareRoot())
      for row in 0..<rows.count { column[row] *= scale }
      kept.append(index)
    }
    return (columns, kept, stride)
  }

  private func fitFactors(_ genes: GenePointer, _ terms: Terms) -> Fit {
    let count = terms.count
    for k in 0..<count {
      let range = terms[k]
      let size = write(genes, range, to: 0)
      guard tape.compile(model, size, fitsConstants: false) else { return Fit() }
      let column = jacobian.pointer[k]
      Float.evaluate(
        tape.code, tape.count, rows.columnPointers, rows: rows.count, scratch: scratch.pointer,
        result: column)
      let (left, total) = projection(column)
      guard total.isFinite, left > 1e-9 * total, left > 1e-25, left < 1e30 else { return Fit() }
    }
    system.order = count
    for k in 0..<count {
      for j in 0...k {
        let product = projection.product(jacobian.pointer[k], jacobian.pointer[j])
        system.matrix[k * count + j] = product
        system.matrix[j * count + k] = product
      }
      system.right[k] = projection.product(jacobian.pointer[k], target.pointer)
    }
    guard system.solve(damping: 1e-10, pivot: 1e-9) else { return Fit() }
    var fit = Fit()
    for k in 0..<count { fit.factors[k] = system.solution[k] }
    // From the residuals, not from the sums: those cancel where the fit is good.
    fit.loss = loss(
      projection.residual(
        of: target.pointer, jacobian.pointer, factors: system.solution, count: count,
        into: residual.pointer))
    return fit
  }

  /// Copies a term into ``model``, in the logarithmic form under a logarithm.
  ///
  /// - Returns: Where the term ends.
  func write(_ genes: GenePointer, _ range: Range<Int>, to start: Int) -> Int {
    (model + start).update(from: genes + range.lowerBound, count: range.count)
    let end = start + range.count
    guard form.isMonomial else { return end }
    model[end] = Gene(.abs, length: range.count + 1)
    model[end + 1] = Gene(.log, length: range.count + 2)
    return end + 2
  }

  private func evaluateAlone(_ genes: GenePointer, _ count: Int) -> Fit {
    guard tape.compile(genes, count, fitsConstants: false) else { return Fit() }
    Float.evaluate(
      tape.code, tape.count, rows.columnPointers, rows: rows.count, scratch: scratch.pointer,
      result: output.pointer)
    return Fit(loss: loss(residualSquares()))
  }

  /// The sum of squares of target − ``output``, the residuals being left in ``residual``; infinite if
  /// rounding hides the target.
  ///
  /// Beside a constant of 1e8 the target vanishes in single precision, and with it every residual.
  func residualSquares() -> Double {
    let (left, total) = projection(output.pointer)
    guard left > 1e-9 * total else { return .infinity }
    var one = 1.0
    var column = output.pointer
    return projection.residual(
      of: target.pointer, &column, factors: &one, count: 1, into: residual.pointer)
  }

  /// A sum of squares as a loss; infinite if it is not finite.
  func loss(_ squares: Double) -> Double {
    squares.isFinite ? squares / max(rows.variation, .leastNormalMagnitude) : .infinity
  }
}

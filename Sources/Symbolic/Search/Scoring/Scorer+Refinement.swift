internal import Tensors

extension Scorer {
  /// Refines the free constants inside the terms by Levenberg and Marquardt's method on what is left
  /// when the factors are eliminated.
  ///
  /// For given inner constants the factors follow by linear least squares, so that only the inner ones
  /// are unknowns: variable projection, Golub and Pereyra (1973),
  /// [doi:10.1137/0710036](https://doi.org/10.1137/0710036), with Kaufman's Jacobian. A factor and an
  /// inner constant that nearly make up for one another, as in `c log(exp(a z) − 1)`, would spoil normal
  /// equations for both in single precision; projected columns keep their digits.
  ///
  /// Four steps, and up to fifteen while each takes a fifth off the sum of squares: most candidates are
  /// not worth more, and those that are get the rest in Double at the next barrier. Marquardt (1963),
  /// [doi:10.1137/0111030](https://doi.org/10.1137/0111030).
  ///
  /// - Parameters:
  ///   - genes: The candidate; its free constants are replaced by better ones.
  ///   - count: Its size.
  ///   - terms: Its terms.
  ///   - fit: The factors to start from; replaced if the steps lowered the loss.
  func refine(_ genes: GenePointer, _ count: Int, terms: Terms, fit: inout Fit) {
    var layout = assemble(genes, count, terms: terms, fit: fit)
    guard tape.compile(model, layout.count, fitsConstants: true) else { return }
    layout.read(tape, terms: terms)
    let n = layout.inner.count
    guard n > 0, tape.parameterCount < rows.count else { return }
    for p in 0..<tape.parameterCount {
      parameters[p] = model[Int(tape.parameters[p].gene)].value
    }
    var squares = evaluateWithJacobian(layout)
    guard squares.isFinite else { return }
    let start = squares
    buildNormalEquations(layout)
    var best = squares < fit.loss * rows.variation ? factors : fit.factors
    var damping = 1e-3
    var failures = 0
    var step = 0
    var limit = steps
    while step < limit {
      step += 1
      var isSolved = false
      for _ in 0..<3 where !isSolved {
        isSolved = system.solve(damping: damping, pivot: 1e-9)
        if !isSolved { damping = max(10 * damping, 1e-6) }
      }
      guard isSolved else { break }
      trial.update(from: parameters, count: tape.parameterCount)
      for (index, p) in layout.inner.enumerated() { trial[p] += system.solution[index] }
      for k in 0..<layout.factorCount { trial[layout.factors[k]] = best[k] }
      tape.setParameters(trial)
      let trialSquares = evaluateWithJacobian(layout)
      if trialSquares < squares {
        let gain = (squares - trialSquares) / squares
        squares = trialSquares
        parameters.update(from: trial, count: tape.parameterCount)
        best = factors
        damping = max(0.1 * damping, 1e-10)
        // Below 1e-11 single precision has nothing left to say.
        if gain < 1e-4 || loss(squares) < 1e-11 { break }
        if step == limit && limit < 15 && gain > 0.2 { limit += 1 }
        if step < limit { buildNormalEquations(layout) }
      } else {
        damping *= trialSquares.isFinite ? 10 : 100
        failures += 1
        if failures > 2 { break }
      }
    }
    guard squares < start || loss(squares) < fit.loss else { return }
    fit.loss = loss(squares)
    for p in layout.inner {
      layout.store(
        parameters[p], modelGene: Int(tape.parameters[p].gene), genes: genes, terms: terms)
    }
    if form.hasScale { fit.factors = best }
  }

  /// Where the parts of a candidate lie in the model `Σ c_k T_k`.
  struct Layout {
    /// The number of genes of the model.
    var count = 0

    /// Where each term begins.
    var starts: SIMD8<Int> = .zero

    /// The genes between a term and its factor.
    var gap = 0

    /// The parameter that is the factor of each term.
    var factors: SIMD8<Int> = .zero

    /// The number of terms with factors.
    var factorCount = 0

    /// The parameters inside the terms.
    var inner: [Int] = []

    /// The term of each of ``inner``.
    var termOfInner: [Int] = []

    /// Tells the factors from the constants inside.
    mutating func read(_ tape: Tape<Float>, terms: Terms) {
      for p in 0..<tape.parameterCount {
        let gene = Int(tape.parameters[p].gene)
        var term = 0
        for k in 0..<factorCount where gene >= starts[k] { term = k }
        if factorCount > 0, gene == starts[term] + terms[term].count + gap {
          factors[term] = p
        } else {
          inner.append(p)
          termOfInner.append(term)
        }
      }
    }

    func store(_ value: Double, modelGene: Int, genes: GenePointer, terms: Terms) {
      guard factorCount > 0 else {
        genes[modelGene].value = value
        return
      }
      for k in 0..<factorCount {
        let range = terms[k]
        let offset = modelGene - starts[k]
        if offset >= 0 && offset < range.count {
          genes[range.lowerBound + offset].value = value
        }
      }
    }
  }

  private func assemble(
    _ genes: GenePointer, _ count: Int, terms: Terms, fit: Fit
  ) -> Layout {
    var layout = Layout()
    guard form.hasScale else {
      model.update(from: genes, count: count)
      layout.count = count
      return layout
    }
    layout.factorCount = terms.count
    layout.gap = form.isMonomial ? 2 : 0
    for k in 0..<terms.count {
      let range = terms[k]
      layout.starts[k] = layout.count
      layout.count = write(genes, range, to: layout.count)
      model[layout.count] = Gene(constant: fit.factors[k])
      model[layout.count + 1] = Gene(.multiply, length: range.count + layout.gap + 2)
      layout.count += 2
      if k > 0 {
        model[layout.count] = Gene(.add, length: layout.count + 1)
        layout.count += 1
      }
    }
    return layout
  }

  // The least sum of squares over the factors at the tape's inner constants. Leaves the residual in
  // ``residual``, the factors in ``factors`` and orthonormal terms in their Jacobian columns.
  private func evaluateWithJacobian(_ layout: Layout) -> Double {
    evaluations += 1
    Float.differentiate(
      tape.code, tape.count, parameters: tape.parameterCount, rows.columnPointers,
      rows: rows.count, scratch: scratch.pointer, result: output.pointer,
      jacobian: UnsafePointer(jacobian.pointer))
    let count = layout.factorCount
    guard count > 0 else { return residualSquares() }
    residual.pointer.update(from: target.pointer, count: rows.count)
    var squares = Double.infinity
    // Gram and Schmidt: T_k = Σ_j≤k q_j R_jk.
    for k in 0..<count {
      let column = jacobian.pointer[layout.factors[k]]
      let (left, total) = projection(column)
      guard total.isFinite, left > 1e-9 * total, left > 1e-25 else { return .infinity }
      for j in 0..<k {
        upper[j * Terms.maximum + k] = projection.removeComponent(
          along: jacobian.pointer[layout.factors[j]], from: column)
      }
      let length = projection.product(column, column).squareRoot()
      guard length > 3e-5 * left.squareRoot() else { return .infinity }
      let scale = Float(1 / length)
      for row in 0..<rows.count { column[row] *= scale }
      upper[k * Terms.maximum + k] = length
      coordinates[k] = projection.removeComponent(along: column, from: residual.pointer)
    }
    squares = projection.product(residual.pointer, residual.pointer)
    for k in stride(from: count - 1, through: 0, by: -1) {
      var sum = coordinates[k]
      for j in (k + 1)..<max(count, k + 1) { sum -= upper[k * Terms.maximum + j] * factors[j] }
      factors[k] = sum / upper[k * Terms.maximum + k]
    }
    return squares
  }

  // The tape's derivatives hold the factors that it was evaluated with; those of the solution differ.
  private func buildNormalEquations(_ layout: Layout) {
    let n = layout.inner.count
    system.order = n
    for i in 0..<n {
      let column = jacobian.pointer[layout.inner[i]]
      projection(column)
      for k in 0..<layout.factorCount {
        _ = projection.removeComponent(along: jacobian.pointer[layout.factors[k]], from: column)
      }
    }
    for i in 0..<n {
      let column = jacobian.pointer[layout.inner[i]]
      for j in 0...i {
        let product = projection.product(column, jacobian.pointer[layout.inner[j]])
        system.matrix[i * n + j] = product
        system.matrix[j * n + i] = product
      }
      system.right[i] = projection.product(column, residual.pointer)
    }
    guard layout.factorCount > 0 else { return }
    for i in 0..<n {
      let ratio = self.ratio(i, layout)
      system.right[i] *= ratio
      for j in 0..<n { system.matrix[i * n + j] *= ratio * self.ratio(j, layout) }
    }
  }

  // The factor of an inner constant's term over the one that the tape held.
  private func ratio(_ index: Int, _ layout: Layout) -> Double {
    let term = layout.termOfInner[index]
    let held = Double(tape.value(of: layout.factors[term]))
    let ratio = held == 0 ? 1 : factors[term] / held
    return ratio.isFinite && ratio != 0 ? ratio : 1
  }
}

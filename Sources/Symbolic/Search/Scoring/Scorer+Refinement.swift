internal import Tensors

extension Scorer {
  /// Refines free constants and factors together by Levenberg and Marquardt's method.
  ///
  /// Four steps, and up to fifteen while each takes a fifth off the sum of squares: most candidates
  /// are not worth more, and those that are get the rest in Double at the next barrier. Marquardt
  /// (1963), [doi:10.1137/0111030](https://doi.org/10.1137/0111030).
  ///
  /// - Parameters:
  ///   - genes: The candidate; its free constants are replaced by better ones.
  ///   - count: Its size.
  ///   - terms: Its terms.
  ///   - fit: The factors to start from; replaced if the steps lowered the loss.
  func refine(_ genes: GenePointer, _ count: Int, terms: Terms, fit: inout Fit) {
    let layout = assemble(genes, count, terms: terms, fit: fit)
    guard tape.compile(model, layout.count, fitsConstants: true) else { return }
    let n = tape.parameterCount
    guard n > 0, n < rows.count else { return }
    for p in 0..<n { parameters[p] = model[Int(tape.parameters[p].gene)].value }
    var squares = evaluateWithJacobian()
    guard squares.isFinite else { return }
    let start = squares
    buildNormalEquations()
    var damping = 1e-3
    var failures = 0
    var step = 0
    var limit = 4
    while step < limit {
      step += 1
      var isSolved = false
      for _ in 0..<3 where !isSolved {
        isSolved = system.solve(damping: damping, pivot: 1e-9)
        if !isSolved { damping = max(10 * damping, 1e-6) }
      }
      guard isSolved else { break }
      for p in 0..<n { trial[p] = parameters[p] + system.solution[p] }
      tape.setParameters(trial)
      let trialSquares = evaluateWithJacobian()
      if trialSquares < squares {
        let gain = (squares - trialSquares) / squares
        squares = trialSquares
        parameters.update(from: trial, count: n)
        damping = max(0.1 * damping, 1e-10)
        // Below 1e-11 single precision has nothing left to say.
        if gain < 1e-4 || loss(squares) < 1e-11 { break }
        if step == limit && limit < 15 && gain > 0.2 { limit += 1 }
        if step < limit { buildNormalEquations() }
      } else {
        damping *= trialSquares.isFinite ? 10 : 100
        failures += 1
        if failures > 2 { break }
      }
    }
    guard squares < start || loss(squares) < fit.loss else { return }
    fit.loss = loss(squares)
    for p in 0..<n {
      let gene = Int(tape.parameters[p].gene)
      layout.store(parameters[p], modelGene: gene, genes: genes, terms: terms, fit: &fit)
    }
  }

  /// Where the parts of a candidate lie in the model `Σ c_k T_k`.
  private struct Layout {
    var count = 0
    var starts: SIMD8<Int> = .zero
    var hasFactors = false

    func store(
      _ value: Double, modelGene: Int, genes: GenePointer, terms: Terms, fit: inout Fit
    ) {
      guard hasFactors else {
        genes[modelGene].value = value
        return
      }
      for k in 0..<terms.count {
        let range = terms[k]
        let offset = modelGene - starts[k]
        if offset == range.count {
          fit.factors[k] = value
        } else if offset >= 0 && offset < range.count {
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
    layout.hasFactors = true
    for k in 0..<terms.count {
      let range = terms[k]
      layout.starts[k] = layout.count
      (model + layout.count).update(from: genes + range.lowerBound, count: range.count)
      layout.count += range.count
      model[layout.count] = Gene(constant: fit.factors[k])
      model[layout.count + 1] = Gene(.multiply, length: range.count + 2)
      layout.count += 2
      if k > 0 {
        model[layout.count] = Gene(.add, length: layout.count + 1)
        layout.count += 1
      }
    }
    return layout
  }

  // The sum of squares at the tape's constants; the Jacobian is left unprojected.
  private func evaluateWithJacobian() -> Double {
    evaluations += 1
    Float.differentiate(
      tape.code, tape.count, parameters: tape.parameterCount, rows.columnPointers,
      rows: rows.count, scratch: scratch.pointer, result: output.pointer,
      jacobian: UnsafePointer(jacobian.pointer))
    return residualSquares()
  }

  private func buildNormalEquations() {
    let n = tape.parameterCount
    system.order = n
    for i in 0..<n { projection(jacobian.pointer[i]) }
    for i in 0..<n {
      for j in 0...i {
        let product = projection.product(jacobian.pointer[i], jacobian.pointer[j])
        system.matrix[i * n + j] = product
        system.matrix[j * n + i] = product
      }
      system.right[i] = projection.product(jacobian.pointer[i], residual.pointer)
    }
  }
}

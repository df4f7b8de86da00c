import Symbolic
import Testing

@Suite("Fits of constants inside the terms during the search")
struct VariableProjectionTests {
  /// Scores a candidate again and again, as the search does when it returns to a skeleton.
  private func fit(
    _ candidate: [Gene], to law: String, times: Int, range: ClosedRange<Double>,
    isMonomial: Bool = false
  ) throws -> (genes: [Gene], fit: Scorer.Fit) {
    let table = try SearchExamples.table(law, rows: 256, ranges: [("z", range)])
    let view = try #require(
      View(
        table, derived: [], shape: ViewShape(isMonomial: isMonomial, columns: [0]),
        vocabulary: try SearchExamples.vocabulary(table), order: Array(0..<table.rowCount),
        options: SearchOptions()))
    let scorer = Scorer(view, form: view.form)
    var genes = candidate
    var fit: Scorer.Fit?
    for _ in 0..<times {
      genes.withUnsafeMutableBufferPointer { buffer in
        guard let start = buffer.baseAddress else { return }
        fit = scorer.score(start, buffer.count, terms: Terms(whole: buffer.count))
      }
    }
    return (genes, try #require(fit))
  }

  /// exp(c z) - 1, the one being part of the form.
  private func planck(_ start: Double) -> [Gene] {
    [
      Gene(constant: start), Gene(variable: 0), Gene(.multiply, length: 3), Gene(.exp, length: 4),
      Gene(constant: 1, isFixed: true), Gene(.subtract, length: 6),
    ]
  }

  @Test(
    "log(exp(a z) - 1) finds a from 1, although the factor nearly makes up for it",
    arguments: [0.4, 2.5])
  func logarithm(planted: Double) throws {
    let (genes, fit) = try fit(
      planck(1) + [Gene(.log, length: 7)], to: "1.7*log(exp(\(planted)*z) - 1) + 0.3", times: 6,
      range: 0.2...3)
    // Single precision has nothing more to say below 1e-11.
    #expect(fit.loss < 1e-10)
    #expect(abs(genes[0].value - planted) < 1e-3 * planted)
    #expect(abs(fit.factors[0] - 1.7) < 1e-3)
  }

  // Beside free powers of z the sum of squares has minima of its own on the way from 1 to 2.5.
  @Test("the same as a factor of a product", arguments: [(0.2, 0.4), (1, 1.3)])
  func factor(start: Double, planted: Double) throws {
    let (genes, fit) = try fit(
      planck(start), to: "z^3/(exp(\(planted)*z) - 1)", times: 6, range: 0.2...3, isMonomial: true)
    #expect(fit.loss < 1e-10)
    #expect(abs(genes[0].value - planted) < 1e-3 * planted)
    #expect(abs(fit.factors[0] + 1) < 1e-3)
  }

  @Test("a candidate of the wrong form does not get there")
  func wrongForm() throws {
    let (_, fit) = try fit(
      planck(1), to: "1.7*log(exp(2.5*z) - 1) + 0.3", times: 6, range: 0.2...3)
    #expect(fit.loss > 1e-6)
  }
}

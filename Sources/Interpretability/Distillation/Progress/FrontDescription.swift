internal import PINN
internal import Symbolic

/// Describes the front of a running search, barrier after barrier.
///
/// A front changes little between two barriers, so that what was worked out for a formula is kept while
/// the formula stays.
final class FrontDescription {
  private struct Known {
    let formula: Expression
    let equation: String
    let residual: Double?
  }

  private let examiner: EquationExaminer
  private var known: [Expression: Known] = [:]

  /// Points along each variable at which a residual is looked at: enough to compare formulas.
  private static let side = 16

  init(_ examiner: EquationExaminer) {
    self.examiner = examiner
  }

  /// The front, simplest first, without formulas that are better by rounding alone.
  func lines(of hall: HallOfFame) -> [FrontLine] {
    let best = hall.best?.complexity
    var stillKnown: [Expression: Known] = [:]
    var lines: [FrontLine] = []
    var before: HallOfFame.Entry?
    for entry in hall.front {
      let isBest = entry.complexity == best
      if let before, entry.cost > 0.999 * before.cost, !isBest { continue }
      let description = known[entry.expression] ?? describe(entry.expression)
      stillKnown[entry.expression] = description
      lines.append(
        FrontLine(
          complexity: entry.complexity, loss: entry.loss,
          score: before.map { Self.score(of: entry, after: $0) } ?? 0,
          residual: description.residual, formula: description.formula,
          equation: description.equation, isBest: isBest))
      before = entry
    }
    known = stillKnown
    return lines
  }

  private static func score(
    of entry: HallOfFame.Entry, after before: HallOfFame.Entry
  ) -> Double {
    (HallOfFame.logLoss(before.cost) - HallOfFame.logLoss(entry.cost))
      / Double(entry.complexity - before.complexity)
  }

  private func describe(_ formula: Expression) -> Known {
    let formula = examiner.restored(formula)
    let check = examiner.problem.flatMap {
      SolutionCheck(
        of: [examiner.table.targetName.name: formula], in: $0, network: examiner.network,
        side: Self.side)
    }
    return Known(
      formula: formula, equation: formula.readable.description, residual: check?.totalRMS)
  }
}

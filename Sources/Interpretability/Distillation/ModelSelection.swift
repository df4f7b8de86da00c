internal import Symbolic

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// By what an equation of a front is chosen; names as in PySR where the meaning is the same.
public enum ModelSelection: String, Sendable, CaseIterable {
  /// Proofs first, then physics, then score among the equations that the data cannot tell apart; see
  /// ``EquationSelection``.
  case best

  /// The least loss.
  case accuracy

  /// The highest score.
  case score

  /// The shortest description of the data and the equation (Rissanen 1978,
  /// [doi:10.1016/0005-1098(78)90005-5](https://doi.org/10.1016/0005-1098(78)90005-5)).
  case mdl

  /// The least `n log loss + k log n` of n rows and k free constants (Schwarz 1978,
  /// [doi:10.1214/aos/1176344136](https://doi.org/10.1214/aos/1176344136)).
  case bic
}

extension Distillation {
  /// The distillation with another choice of the equation to believe.
  ///
  /// - Parameter selection: By what to choose; the simplest of equals is taken.
  /// - Returns: The distillation as it was for ``ModelSelection/best``.
  public func choosing(by selection: ModelSelection) -> Distillation {
    let costs: [Double]
    switch selection {
    case .best: return self
    case .accuracy: costs = front.map(\.loss)
    case .score: costs = front.map { -$0.score }
    case .mdl: costs = EquationSelection.descriptionLengths(front)
    case .bic:
      let n = EquationSelection.observations(of: front)
      costs = zip(front, EquationSelection.logLosses(front)).map { equation, logLoss in
        n * logLoss + log(n) * Double(equation.identified.freeConstants)
      }
    }
    return Distillation(
      target: target, variables: variables, seed: seed, rows: rows, confirmedRows: confirmedRows,
      evaluations: evaluations, loss: loss, seconds: seconds, end: end, front: front,
      best: front.indices.min { costs[$0] < costs[$1] }, state: state)
  }
}

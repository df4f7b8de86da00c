internal import Networks
internal import Tensors

/// The residuals that are trained on, in the precision of the training: the loss `‖r‖²` as an objective.
enum TrainingSystem: Objective {
  case single(ResidualSystem<Float>)
  case double(ResidualSystem<Double>)

  var parameterCount: Int {
    switch self {
    case .single(let system): system.parameterCount
    case .double(let system): system.parameterCount
    }
  }

  func evaluate(at parameters: [Double]) -> ObjectiveValue {
    let (residuals, gradient) =
      switch self {
      case .single(let system): system.gradient(at: parameters)
      case .double(let system): system.gradient(at: parameters)
      }
    // The systems give the gradient of half the squared norm.
    return ObjectiveValue(
      value: Statistics.sum(residuals.lazy.map { $0 * $0 }), gradient: gradient.map { 2 * $0 })
  }

  /// Each equation's and condition's share of the loss.
  func termLosses(at parameters: [Double]) -> [Double] {
    switch self {
    case .single(let system): system.termLosses(at: parameters)
    case .double(let system): system.termLosses(at: parameters)
    }
  }
}

extension ResidualSystem {
  /// The names of the entries of ``termLosses(at:)``.
  var termNames: [String] { terms.flatMap(\.term.names) }

  /// Each equation's and condition's share of the loss.
  func termLosses(at parameters: [Double]) -> [Double] {
    let residuals = residuals(at: parameters)
    var first: [Int] = []
    var total = 0
    for term in terms {
      first.append(total)
      total += term.residuals.count
    }
    var sums = [Double](repeating: 0, count: total)
    for block in blocks {
      for (e, row) in block.rows.enumerated() {
        sums[first[block.term] + e] += Statistics.sum(
          residuals[row..<row + block.count].lazy.map { $0 * $0 })
      }
    }
    return sums
  }

  /// Root mean square of each equation and condition, without its weight.
  func termRMS(at parameters: [Double]) -> [Double] {
    let weights = terms.flatMap { term in term.residuals.map { _ in term.term.weight } }
    return zip(termLosses(at: parameters), weights).map { ($0 / $1).squareRoot() }
  }
}

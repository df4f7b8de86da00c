internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How certain constants are that minimise a loss other than squares, put as least squares would put it.
///
/// With the slope `ψ` of the loss of a row and its derivative `ψ'`, both by the prediction, the constants
/// have the covariance `A⁻¹ B A⁻¹` with `A = Jᵀ ψ' J` and `B = Jᵀ ψ² J` (Huber 1967, *The behavior of
/// maximum likelihood estimates under nonstandard conditions*, Proc. Fifth Berkeley Symp. 1, 221), and a
/// rise `Δ` of the mean loss over n rows stands for a rise `2 n Δ E[ψ'] / E[ψ²]` of χ². A loss with a
/// kink has no `ψ'` there: `(ψ(p + h) − ψ(p − h)) / 2h` counts the residuals near it (Powell 1991 in
/// Barnett, Powell & Tauchen, *Nonparametric and Semiparametric Methods*, p. 357).
struct LossStatistics {
  /// `E[ψ²] / E[ψ']²`: the variance of errors with which least squares would be as uncertain.
  let errorVariance: Double

  /// `½ E[ψ']`: what a mean squared error adds to the mean loss.
  let curvature: Double

  /// The covariance over ``errorVariance``; nil if the constants are not independent.
  let inverseGram: Matrix<Double>?

  /// What the mean loss must rise by for χ² to rise by the number of rows.
  var noise: Double { errorVariance * curvature }

  /// Looks at a fit; nil if it is one of least squares, whose residuals tell all this.
  init?(_ refiner: ConstantRefiner, _ outcome: ConstantRefiner.Outcome) {
    guard let rowLoss = refiner.rowLoss else { return nil }
    let rows = refiner.rows
    let (slopes, bends) = rowLoss.derivatives(at: refiner.values(of: outcome.genes))
    let n = Double(rows.count)
    let squares = slopes.map { $0 * $0 }
    let bend = max(bends.reduce(0, +) / n, .leastNormalMagnitude)
    errorVariance = squares.reduce(0, +) / n / (bend * bend)
    curvature = bend / 2
    let bread = refiner.gram(of: outcome.genes, weights: bends).flatMap(ConstantFit.inverse)
    let meat = refiner.gram(of: outcome.genes, weights: squares)
    guard let bread, let meat, errorVariance > 0 else {
      inverseGram = nil
      return
    }
    var covariance = Matrix<Double>(rows: bread.rows, columns: bread.rows)
    let order = 0..<bread.rows
    for i in order {
      for j in order {
        var sum = 0.0
        for k in order {
          for l in order { sum += bread[i, k] * meat[k, l] * bread[l, j] }
        }
        covariance[i, j] = sum / errorVariance
      }
    }
    inverseGram = covariance
  }
}

extension RowLoss {
  /// The slopes `ψ` of the rows' losses at some predictions, and their derivatives `ψ'`.
  func derivatives(at predictions: [Double]) -> (slopes: [Double], bends: [Double]) {
    let residuals = zip(predictions, rows.target.values).map { $0 - $1 }
    // Rows close enough to a kink to be counted: Scott's bandwidth, of a spread that outliers leave be.
    let middle = residuals.median
    let spread = 1.4826 * residuals.map { ($0 - middle).magnitude }.median
    let width = max(1.06 * spread * pow(Double(rows.count), -0.2), 10 * smallest)
    let slopes = slopes(at: predictions)
    // For counts what is expected: the mean of t/p² is 1/p.
    if case .poisson = rows.loss {
      let weights = rows.weights?.values ?? predictions.map { _ in 1 }
      return (slopes, zip(weights, predictions).map { $0 / $1 })
    }
    let (above, below) = (
      self.slopes(at: predictions.map { $0 + width }),
      self.slopes(at: predictions.map { $0 - width })
    )
    let bends = slopes.indices.map { row in
      let bend = (above[row] - below[row]) / (2 * width)
      return bend.isFinite ? max(0, bend) : 0
    }
    return (slopes, bends)
  }
}

extension [Double] {
  /// The middle value; zero of none.
  fileprivate var median: Double {
    let sorted = sorted()
    guard let upper = sorted.dropFirst(count / 2).first else { return 0 }
    return count % 2 == 1 ? upper : (upper + sorted[count / 2 - 1]) / 2
  }
}

extension AlignedBuffer<Double> {
  fileprivate var values: [Double] { (0..<count).map { pointer[$0] } }
}

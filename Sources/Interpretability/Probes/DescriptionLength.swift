internal import Foundation
internal import Tensors

/// The online code of a target given activations: how many bits a sample they save.
///
/// Samples arrive in random order, in portions that double. Each portion is coded by a normal
/// distribution about what a ridge probe of the earlier portions reads, with the variance of its
/// error; the code without activations uses the mean and the variance of the earlier portions. The
/// difference is free of the precision to which values are coded. A probe that needs many samples
/// before it reads pays for them, which R² does not show.
///
/// Voita & Titov (2020), [doi:10.18653/v1/2020.emnlp-main.14](https://doi.org/10.18653/v1/2020.emnlp-main.14).
enum DescriptionLength {
  /// The first portion is coded without activations.
  private static let firstShare = 1.0 / 128

  /// The bits saved for each target, nil for a constant one.
  ///
  /// - Parameters:
  ///   - activations: Shape `[samples, columns]`.
  ///   - targets: One array of values for each target.
  ///   - kind: How the probes' weights are found.
  ///   - random: Where the order comes from.
  ///   - threads: Number of threads.
  /// - Returns: Mean bits a sample, for each target.
  /// - Throws: `LinearAlgebraError` if a probe's decomposition does not converge.
  static func savedBits(
    _ activations: Matrix<Double>, targets: [[Double]], kind: ProbeKind, random: RandomStream,
    threads: Int
  ) throws(LinearAlgebraError) -> [Double?] {
    let samples = activations.rows
    var random = random
    let order = random.permutation(samples)
    var known = max(2, Int(Double(samples) * firstShare))
    var saved = [Double](repeating: 0, count: targets.count)
    while known < samples {
      let (earlier, portion) = (Array(order[..<known]), order[known..<min(samples, 2 * known)])
      let design = try FactoredDesign(
        activations, targets: targets, rows: earlier, threads: threads)
      for (t, y) in targets.enumerated() {
        let probe = design.probe(kind, target: t)
        let values = portion.map { y[$0] }
        let past = earlier.map { y[$0] }
        guard let mean = Statistics.mean(past), let variance = Statistics.variance(past),
          variance > 0
        else { continue }
        let fit = design.fit(probe, kind, target: t)
        // A probe that spends half of its samples knows little of its error: both codes are the same yet.
        guard 2 * fit.freedom > Double(known) else { continue }
        let error = fit.residual / fit.freedom
        let read = probe.read(activations, rows: portion)
        saved[t] += bits(values, about: values.map { _ in mean }, variance: variance)
        // No claim is finer than the rounding of a sum of squares.
        saved[t] -= bits(
          values, about: read, variance: max(error, variance * 1e-30))
      }
      known += portion.count
    }
    return targets.indices.map { t in
      Statistics.variance(targets[t]).flatMap { $0 > 0 ? saved[t] / Double(samples) : nil }
    }
  }

  /// `−Σ log2 N(y; m, σ²)`.
  private static func bits(_ values: [Double], about means: [Double], variance: Double) -> Double {
    let squares = Statistics.sum(zip(values, means).lazy.map { ($0 - $1) * ($0 - $1) })
    return (Double(values.count) * log(2 * .pi * variance) + squares / variance) / (2 * log(2))
  }
}

extension FactoredDesign {
  /// The sum of squares that a probe of this design leaves, and the degrees of freedom that remain.
  fileprivate func fit(
    _ probe: Probe, _ kind: ProbeKind, target: Int
  ) -> (residual: Double, freedom: Double) {
    if let penalty = probe.penalty {
      return (residual(target, penalty: penalty), freedom(penalty: penalty))
    }
    guard case .linear(let cutoff) = kind else {
      preconditionFailure("a ridge probe has a penalty")
    }
    return (residual(target, cutoff: cutoff), Double(rows - 1 - rank(cutoff: cutoff)))
  }
}

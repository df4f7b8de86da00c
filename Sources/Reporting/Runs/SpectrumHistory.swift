/// The spectrum of an error at several moments of a training.
public struct SpectrumHistory: Sendable, Equatable {
  /// What was transformed, such as `the error`.
  public let name: String

  /// Number of optimiser steps at each moment, ascending.
  public let steps: [Double]

  /// The amplitude at each frequency in periods along the domain, from 0 on, `[moments][frequencies]`.
  public let amplitudes: [[Double]]

  /// Gathers spectra.
  ///
  /// - Parameters:
  ///   - name: What was transformed.
  ///   - steps: Number of optimiser steps at each moment, ascending; at least two.
  ///   - amplitudes: The amplitude at each frequency, as many at each moment; at least two.
  public init(name: String, steps: [Double], amplitudes: [[Double]]) {
    precondition(
      steps.count > 1 && steps.count == amplitudes.count && amplitudes[0].count > 1
        && amplitudes.allSatisfy { $0.count == amplitudes[0].count }
        && zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 },
      "one spectrum for each moment")
    self.name = name
    self.steps = steps
    self.amplitudes = amplitudes
  }

  /// Reads the error's spectrum over training.
  ///
  /// - Parameters:
  ///   - bytes: The contents of `spectrum-training.csv`.
  ///   - path: The file's name for errors.
  /// - Throws: ``ReportingError/malformed(path:detail:)``.
  public init(parsing bytes: [UInt8], path: String) throws(ReportingError) {
    let table = try NamedRecords(parsing: bytes, path: path)
    try table.require("step", "frequency", "error")
    var moments: [(step: Double, amplitudes: [Double])] = []
    for row in table.indices {
      let step = try table.number("step", row) ?? .nan
      if moments.last?.step != step { moments.append((step, [])) }
      moments[moments.count - 1].amplitudes.append(try table.number("error", row) ?? .nan)
    }
    let steps = moments.map(\.step)
    guard moments.count > 1, moments[0].amplitudes.count > 1,
      moments.allSatisfy({ $0.amplitudes.count == moments[0].amplitudes.count }),
      zip(steps, steps.dropFirst()).allSatisfy({ $0 < $1 })
    else {
      throw .malformed(
        path: path, detail: "its rows are no spectra at two or more ascending steps")
    }
    self.init(name: "the error", steps: steps, amplitudes: moments.map(\.amplitudes))
  }
}

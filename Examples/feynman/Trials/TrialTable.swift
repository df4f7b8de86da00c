import Limbeck

/// The trials of a benchmark as lines of text, printed one by one, and what they come to.
struct TrialTable {
  private let idWidth: Int
  private var trials: [Trial] = []

  /// Prepares a table.
  ///
  /// - Parameter ids: The ids that will occur.
  init(ids: [String]) {
    idWidth = (ids.map(\.count).max() ?? 0).clamped(to: 2...24)
  }

  /// The headings.
  var header: String {
    "id".rightPadded(to: idWidth) + "  seed  verdict    seconds  nodes/law  equation"
  }

  /// Takes a trial.
  ///
  /// - Parameter trial: The trial.
  /// - Returns: Its line.
  mutating func append(_ trial: Trial) -> String {
    trials.append(trial)
    let best = trial.distillation.bestEquation
    let nodes = best.map { String($0.equation.complexity) } ?? "–"
    return [
      trial.problem.id.rightPadded(to: idWidth), String(trial.seed).leftPadded(to: 4),
      (trial.verdict.isSolved ? trial.verdict.rawValue : "–").rightPadded(to: 9),
      fixed(trial.seconds).leftPadded(to: 8),
      "\(nodes)/\(trial.problem.formula.complexity)".leftPadded(to: 9),
      best.map { "\($0.readable)" } ?? "none",
    ].joined(separator: "  ")
  }

  /// How many laws were found, seed by seed, and how long that took.
  var summary: [String] {
    var seeds: [Int] = []
    for trial in trials where !seeds.contains(trial.seed) { seeds.append(trial.seed) }
    var lines = seeds.map { seed in
      let ofSeed = trials.filter { $0.seed == seed }
      let solved = ofSeed.filter(\.verdict.isSolved)
      let proved = solved.count { $0.verdict == .proved }
      return "seed \(seed): \(solved.count) of \(ofSeed.count) found, \(proved) proved"
    }
    let times = trials.filter(\.verdict.isSolved).map(\.seconds)
    if let median = Statistics.median(times), let slowest = times.max() {
      lines.append("seconds of those found: median \(fixed(median)), slowest \(fixed(slowest))")
    }
    let readable = trials.filter { trial in
      trial.verdict.isSolved
        && (trial.distillation.bestEquation?.equation.complexity ?? .max)
          <= trial.problem.formula.complexity + 2
    }
    lines.append(
      "as short as the textbook's, or two nodes longer: \(readable.count) of \(times.count)")
    return lines
  }

  /// Seconds with two decimals.
  private func fixed(_ seconds: Double) -> String {
    let hundredths = Int((seconds * 100).rounded())
    return "\(hundredths / 100)." + String(hundredths % 100).zeroPadded(to: 2)
  }
}

extension String {
  fileprivate func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - count)) + self
  }

  fileprivate func rightPadded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }

  fileprivate func zeroPadded(to width: Int) -> String {
    String(repeating: "0", count: Swift.max(0, width - count)) + self
  }
}

extension Int {
  fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}

import Limbeck

/// One figure of a benchmark, beside the same work done by an oracle in the same run.
struct Measurement {
  /// What was measured.
  let name: String

  /// The figure's unit.
  let unit: String

  /// The figure.
  let value: Double

  /// What it is compared with.
  let oracle: String

  /// The oracle's figure.
  let oracleValue: Double

  /// How many times better than the oracle.
  let ratio: Double

  /// The measurement as JSON.
  var json: JSONValue {
    .object([
      .init("name", .string(name)), .init("unit", .string(unit)), .init("value", .number(value)),
      .init("oracle", .string(oracle)), .init("oracle_value", .number(oracleValue)),
      .init("ratio", .number(ratio)),
    ])
  }

  /// The measurement as cells of a table.
  var cells: [String] {
    [
      name, NumberFormat.short(value), unit, "\(oracle):", NumberFormat.short(oracleValue),
      NumberFormat.short(ratio) + "x",
    ]
  }
}

/// Times two pieces of work in turn, A B A B …, so that both meet the same disturbances.
///
/// - Parameters:
///   - rounds: Number of timings of each; the medians count.
///   - clock: Tells how long work took.
///   - first: Called once for each timing of A.
///   - second: Called once for each timing of B.
/// - Returns: Median seconds of A and of B.
func alternate(
  rounds: Int, by clock: Clock = .wall, _ first: () -> Void,
  _ second: () -> Void
) -> (first: Double, second: Double) {
  first()
  second()
  var times: (first: [Double], second: [Double]) = ([], [])
  for _ in 0..<rounds {
    times.first.append(clock.seconds(first))
    times.second.append(clock.seconds(second))
  }
  return (Statistics.median(times.first) ?? .nan, Statistics.median(times.second) ?? .nan)
}

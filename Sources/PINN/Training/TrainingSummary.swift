internal import Networks
public import RunStore

/// What a training achieved, measured at the solution it chose.
public struct TrainingSummary: Sendable, Equatable {
  /// Number of weights and biases.
  public let parameters: Int

  /// Number of optimiser steps.
  public let steps: Int

  /// Seconds of training.
  public let seconds: Double

  /// The methods of optimisation.
  public let optimizer: OptimizerPlan

  /// The loss on points that are not trained on.
  public let loss: Double

  /// The names of the unknowns with their relative L2 errors against the exact solution, nil where
  /// none is known.
  public let relativeL2: [(unknown: String, error: Double?)]

  /// The share of rows whose class is told, of those that are not trained on where the table is split;
  /// nil where the measurements are not classes.
  public let accuracy: Double?

  /// The coefficients of the equations that were trained with the network.
  public let coefficients: [TrainedNetwork.Coefficient]

  /// Root mean square of each equation on points that are not trained on.
  public let residualRMS: [Double]

  /// Root mean square of each condition on points that are not trained on.
  public let conditionRMS: [Double]

  /// Why the training ended.
  public let end: TrainingEnd

  /// The summary as `limbeck train --json` prints it.
  public var json: JSONValue {
    .object(
      [
        .init("parameters", .integer(parameters)), .init("epochs", .integer(steps)),
        .init("seconds", .number(seconds)), .init("optimizer", .string(optimizer.description)),
        .init("loss", .number(loss)),
        .init(
          "relative_l2",
          .object(relativeL2.map { .init($0.unknown, $0.error.map { .number($0) } ?? .null) })),
      ] + (accuracy.map { [.init("accuracy", .number($0))] } ?? []) + [
        .init(
          "coefficients",
          .object(
            coefficients.map {
              .init(
                $0.name,
                .object([
                  .init("value", .number($0.value)),
                  .init("standard_error", $0.standardError.map { .number($0) } ?? .null),
                ]))
            })),
        .init("residual_rms", .array(residualRMS.map { .number($0) })),
        .init("condition_rms", .array(conditionRMS.map { .number($0) })),
        .init("stopped", .string(end.rawValue)),
      ])
  }

  /// Whether two summaries say the same.
  public static func == (left: TrainingSummary, right: TrainingSummary) -> Bool {
    left.json == right.json
  }
}

extension Trainer {
  /// Measures the solution.
  ///
  /// - Parameter end: Why the training ended.
  /// - Returns: The summary.
  public func summary(_ end: TrainingEnd) -> TrainingSummary {
    let parameters = chosenParameters
    let rms = heldOut.termRMS(at: parameters)
    let equations = recipe.problem.equations.count
    let conditions = recipe.problem.conditions.count
    let errors = exact?.relativeL2(at: parameters)
    let classes = (measurements?.test ?? measurements?.training)
      .flatMap { Classification(recipe.problem, $0) }
    return TrainingSummary(
      parameters: network.parameterCount, steps: checkpoint.step, seconds: checkpoint.seconds,
      optimizer: plan, loss: heldOut.termLosses(at: parameters).reduce(0, +),
      relativeL2: recipe.problem.unknowns.enumerated().map { ($1, errors?[$0]) },
      accuracy: classes?.accuracy(network, at: parameters, threads: threads),
      coefficients: coefficients(at: parameters),
      residualRMS: Array(rms.prefix(equations)),
      conditionRMS: Array(rms.dropFirst(equations).prefix(conditions)), end: end)
  }
}

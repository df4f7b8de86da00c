internal import Foundation
internal import Networks

/// Everything a resumed training needs to continue bit by bit where it was.
///
/// Points are not part of it where they follow from the seed and the number of the epoch. Numbers
/// are written with the digits that give them back exactly.
public struct Checkpoint: Sendable, Codable, Equatable {
  /// What decides the course of training: the recipe without its limits.
  public let recipe: String

  /// Number of optimiser steps taken.
  public internal(set) var step: Int

  /// Seconds of training so far.
  public internal(set) var seconds: Double

  /// The network's flat parameters.
  public internal(set) var parameters: [Double]

  /// How often the points were drawn anew.
  var epoch: Int

  /// Whether the present points allowed a step.
  var hasMovedInEpoch: Bool

  /// The stage of the plan.
  var stage: Int

  /// Steps taken in that stage.
  var stageSteps: Int

  /// The step of the last record but the one with which a session ended.
  var recordedStep: Int

  /// The equations' points, where the residuals chose them; nil where they follow from the seed.
  var interior: [[Double]]?

  /// The epoch for which they were chosen.
  var refinedEpoch: Int?

  /// The weights of the residuals, where they follow the training.
  var weights: [Double]?

  /// The epoch and the round of steps for which the weights were determined.
  var weighedEpoch: Int?
  var weighedRound: Int?

  /// The optimiser's state.
  var optimizer: OptimizerState

  /// The parameters with the lowest loss on points that are not trained on.
  var best: [Double]

  /// That loss; nil before it was first measured.
  var bestLoss: Double?

  /// Records since that loss last fell.
  var recordsWithoutGain: Int

  /// The checkpoint as a file's contents.
  ///
  /// - Throws: `EncodingError` if a number is not finite.
  public var encoded: [UInt8] {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      return Array(try encoder.encode(self))
    }
  }

  /// Reads what ``encoded`` wrote.
  ///
  /// - Parameter bytes: A file's contents.
  /// - Throws: `DecodingError` if it is not a checkpoint.
  public init(parsing bytes: [UInt8]) throws {
    self = try JSONDecoder().decode(Checkpoint.self, from: Data(bytes))
  }

  init(recipe: String, parameters: [Double], optimizer: OptimizerState) {
    self.recipe = recipe
    step = 0
    epoch = 0
    hasMovedInEpoch = false
    stage = 0
    stageSteps = 0
    recordedStep = 0
    seconds = 0
    self.parameters = parameters
    self.optimizer = optimizer
    best = parameters
    bestLoss = nil
    recordsWithoutGain = 0
  }
}

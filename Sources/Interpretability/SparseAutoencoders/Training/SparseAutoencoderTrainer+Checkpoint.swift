internal import Foundation
public import RunStore
public import Tensors

extension SparseAutoencoderTrainer {
  /// What a checkpoint says beside its tensors.
  private struct Record: Codable {
    var plan: SparseAutoencoderPlan
    var step: Int
    var strength: Double
    var bound: Float
    var threshold: Float
    var usage: FeatureUsage
    var inputWidth: Int
    var targetWidth: Int?
  }

  private static let record = "sparse_autoencoder_training"

  /// Everything that a training needs to go on as if it had never stopped.
  ///
  /// - Returns: Tensors with the parameters, the moments and the normalisation, and a JSON record.
  /// - Throws: `EncodingError` if a number of the plan is not finite.
  public func checkpoint() throws -> SafetensorsFile {
    var file = SafetensorsFile()
    let arrays = [
      ("parameters", parameters), ("first_moments", adam.first), ("second_moments", adam.second),
    ]
    for (name, array) in arrays {
      let numbers = UnsafeBufferPointer(start: array.buffer.pointer, count: layout.count)
      file.tensors[name] = StoredTensor(Array(numbers), shape: [layout.count])
    }
    for (name, map) in [("input", inputMap), ("output", outputMap)] {
      guard let map else { continue }
      let width = map.mean.count
      file.tensors["\(name)_mean"] = StoredTensor(map.mean, shape: [width])
      file.tensors["\(name)_forward"] = StoredTensor(map.forward.elements, shape: [width, width])
      file.tensors["\(name)_backward"] = StoredTensor(map.backward.elements, shape: [width, width])
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let record = Record(
      plan: plan, step: step, strength: strength, bound: bound, threshold: threshold,
      usage: usage,
      inputWidth: layout.inputWidth, targetWidth: layout.centresInput ? nil : layout.outputWidth)
    file.metadata[Self.record] = String(decoding: try encoder.encode(record), as: UTF8.self)
    return file
  }

  /// Goes on with a training.
  ///
  /// - Parameters:
  ///   - checkpoint: What ``checkpoint()`` made.
  ///   - samples: Samples that the whole training is to see; nil for as many as were planned. The rest of
  ///     the steps is taken as the schedule of that length has it: not what a training that was planned so
  ///     would have done before.
  ///   - source: The same source as before.
  ///   - threads: Workers; the result does not depend on them.
  /// - Throws: ``SparseAutoencoderError/invalidCheckpoint(problem:)`` if it is none, or one for other
  ///   activations.
  public convenience init(
    resuming checkpoint: SafetensorsFile, samples: Int? = nil, source: any ActivationSource,
    threads: Int = defaultThreadCount
  ) throws(SparseAutoencoderError) {
    guard let text = checkpoint.metadata[Self.record],
      let record = try? JSONDecoder().decode(Record.self, from: Data(text.utf8))
    else { throw .invalidCheckpoint(problem: "it has no record of a training") }
    guard record.inputWidth == source.inputWidth, record.targetWidth == source.targetWidth else {
      throw .invalidCheckpoint(
        problem: "it is for activations \(record.inputWidth) wide, these are \(source.inputWidth)")
    }
    var plan = record.plan
    plan.samples = samples ?? plan.samples
    try self.init(
      plan, source: source, threads: threads,
      maps: (
        try Self.map("input", in: checkpoint, width: record.inputWidth),
        try Self.map("output", in: checkpoint, width: record.targetWidth ?? record.inputWidth)
      ))
    guard record.usage.count == plan.featureCount else {
      throw .invalidCheckpoint(problem: "it is of another number of features")
    }
    let arrays = [
      ("parameters", parameters), ("first_moments", adam.first), ("second_moments", adam.second),
    ]
    for (name, array) in arrays {
      guard let numbers = checkpoint.tensors[name]?.floats, numbers.count == layout.count else {
        throw .invalidCheckpoint(problem: "the tensor '\(name)' is missing or of another size")
      }
      array.buffer.pointer.update(from: numbers, count: numbers.count)
    }
    adam.stepCount = record.step
    usage = record.usage
    restore(strength: record.strength, bound: record.bound, threshold: record.threshold)
  }

  private static func map(
    _ name: String, in checkpoint: SafetensorsFile, width: Int
  ) throws(SparseAutoencoderError) -> AffineMap? {
    guard let mean = checkpoint.tensors["\(name)_mean"]?.doubles else { return nil }
    guard mean.count == width,
      let forward = checkpoint.tensors["\(name)_forward"]?.doubles, forward.count == width * width,
      let backward = checkpoint.tensors["\(name)_backward"]?.doubles,
      backward.count == width * width
    else { throw .invalidCheckpoint(problem: "its normalisation is incomplete") }
    return AffineMap(
      mean: mean, forward: Matrix(rows: width, columns: width, elements: forward),
      backward: Matrix(rows: width, columns: width, elements: backward))
  }
}

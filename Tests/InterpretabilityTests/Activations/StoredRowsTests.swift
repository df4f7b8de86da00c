import Foundation
import Interpretability
import RunStore
import Tensors
import Testing

@Suite("Batches from files of activations")
struct StoredRowsTests {
  private static let (samples, width) = (20_000, 3)

  /// Writes rows in chunks to a file that is removed by the caller.
  private func file(_ values: [Double]) throws -> String {
    let path = NSTemporaryDirectory() + "limbeck-\(UUID().uuidString).h5"
    let layer = ActivationArray(
      name: "layer0", content: .layer(width: Self.width), units: "1", source: "")
    let writer = try ActivationWriter(
      replacing: path, samples: Self.samples, arrays: [layer],
      provenance: ActivationProvenance(
        variables: ["x"], points: "", modelChecksum: "", version: "", instructionSet: ""))
    try writer.write(coordinates: values.prefix(Self.samples).map { $0 }, from: 0)
    try writer.write(values, to: layer, from: 0)
    try writer.finish()
    return path
  }

  @Test(arguments: [1 << 28, 1 << 17])
  func `a file is shuffled like the same rows in memory`(memory: Int) throws {
    var random = RandomStream(seed: 5)
    let values = (0..<Self.samples * Self.width).map { _ in random.uniform() }
    let path = try file(values)
    defer { try? FileSystem.remove(path) }
    let stored = try ActivationFile(contentsOf: path).layer("layer0")
    let table = Matrix(rows: Self.samples, columns: Self.width, elements: values.map(Float.init))
    var streamed = try ShuffledRows(stored, seed: 3, memory: memory, chunkRows: 1000)
    var held = try ShuffledRows(table, seed: 3, memory: memory, chunkRows: 1000)
    for step in [0, 1, 2, 25, 40, 7] {
      var (left, right) = (
        ActivationBatch(rows: 700, inputWidth: Self.width),
        ActivationBatch(rows: 700, inputWidth: Self.width)
      )
      try streamed.fill(&left, step: step)
      try held.fill(&right, step: step)
      #expect(left.inputs == right.inputs)
    }
  }

  @Test func `a number that is none ends the training with its place`() throws {
    var values = [Double](repeating: 1, count: Self.samples * Self.width)
    values[Self.width * 1234 + 2] = .nan
    let path = try file(values)
    defer { try? FileSystem.remove(path) }
    let stored = try ActivationFile(contentsOf: path).layer("layer0")
    var source = try ShuffledRows(stored, seed: 1)
    var batch = ActivationBatch(rows: 10, inputWidth: Self.width)
    let error = #expect(throws: ActivationSourceError.self) { try source.fill(&batch, step: 0) }
    #expect(
      error?.description
        == "\(path): 'layer0': row 1234, column 2 (counted from 0) is NaN; remove the row or repair it"
    )
  }
}

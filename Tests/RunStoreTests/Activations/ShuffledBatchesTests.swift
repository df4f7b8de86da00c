import RunStore
import Testing

@Suite("Shuffled batches")
struct ShuffledBatchesTests {
  let directory: TemporaryDirectory
  private let activations: ActivationMatrix
  private static let samples = 100_000

  init() throws {
    directory = try TemporaryDirectory()
    // Column 1 follows from column 0, so that a row taken apart would show.
    let values = (0..<Self.samples).flatMap { [Float($0), Float(-$0)] }
    let path = try directory.write(
      "a.npy", NumpyArray(StoredTensor(values, shape: [Self.samples, 2])).serialized)
    activations = try ActivationMatrix(contentsOf: path)
  }

  private func order(seed: UInt64, memory: Int, batch: Int = 999) throws -> [Int] {
    var batches = ShuffledBatches(
      of: activations, batch: batch, memory: memory, using: TestRandom(state: seed))
    var order: [Int] = []
    while try batches.next() {
      #expect(batches.rows.count == 2 * min(batch, Self.samples - order.count))
      for i in stride(from: 0, to: batches.rows.count, by: 2) {
        #expect(batches.rows[i + 1] == -batches.rows[i])
        order.append(Int(batches.rows[i]))
      }
    }
    return order
  }

  @Test(arguments: [1 << 28, 1 << 18, 1])
  func `every row comes once, in the order of the seed`(memory: Int) throws {
    let order = try order(seed: 1, memory: memory)
    #expect(order.sorted() == Array(0..<Self.samples))
    #expect(try self.order(seed: 1, memory: memory) == order)
    #expect(try self.order(seed: 2, memory: memory) != order)
  }

  @Test func `batches come from all over the file`() throws {
    let first = try order(seed: 3, memory: 1 << 28).prefix(999)
    let mean = Double(first.reduce(0, +)) / Double(first.count)
    // The mean of 999 draws from 0 ..< n deviates by n/√(12·999) = 0.0091 n; five of these.
    #expect(abs(mean / Double(Self.samples) - 0.5) < 0.046)
  }
}

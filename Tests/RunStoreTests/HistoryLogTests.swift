import RunStore
import Testing

@Suite("History log")
struct HistoryLogTests {
  let directory: TemporaryDirectory
  let path: String

  init() throws {
    directory = try TemporaryDirectory()
    path = directory("history.csv")
  }

  private func text() throws -> String {
    String(decoding: try FileContents.read(path), as: UTF8.self)
  }

  @Test func `rows follow a header`() throws {
    let log = try HistoryLog(path: path, columns: ["seconds", "loss"])
    #expect(try text() == "step,seconds,loss\n")
    try log.append(step: 1, [0.25, 1e-7])
    try log.append(step: 20, [0.5, .nan])
    try log.synchronize()
    #expect(try text() == "step,seconds,loss\n1,0.25,1e-07\n20,0.5,\n")
  }

  @Test func `a new log replaces an old one`() throws {
    try HistoryLog(path: path, columns: ["loss"]).append(step: 1, [1])
    _ = try HistoryLog(path: path, columns: ["loss"])
    #expect(try text() == "step,loss\n")
  }

  @Test func `resuming drops later rows and a broken last one`() throws {
    let whole = "step,loss\n10,1.0\n20,0.5\n30,0.25\n"
    for cut in 0...whole.utf8.count {
      _ = try directory.write("history.csv", Array(whole.utf8.prefix(cut)))
      let log = try HistoryLog(path: path, columns: ["loss"], resumingAfter: 20)
      // A resumed training logs again whatever the cut has lost after the checkpoint.
      for (step, loss) in [(10, 1.0), (20, 0.5)] where !(try text().contains("\n\(step),")) {
        try log.append(step: step, [loss])
      }
      try log.append(step: 30, [0.25])
      #expect(try text() == whole)
    }
  }

  @Test func `resuming with other columns starts anew`() throws {
    _ = try directory.write("history.csv", Array("step,loss\n10,1.0\n".utf8))
    _ = try HistoryLog(path: path, columns: ["loss", "error"], resumingAfter: 10)
    #expect(try text() == "step,loss,error\n")
  }

  @Test func `a directory that is missing is named`() {
    let path = directory("none/history.csv")
    let error = #expect(throws: FileError.self) { try HistoryLog(path: path, columns: []) }
    #expect(error?.description == "\(path): cannot write it: No such file or directory")
  }
}

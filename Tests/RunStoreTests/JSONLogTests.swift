import RunStore
import Testing

@Suite("Logs of JSON lines")
struct JSONLogTests {
  @Test func `each record is a line, and a log goes on where it was`() throws {
    let directory = try TemporaryDirectory()
    let path = directory("trace.jsonl")
    try JSONLog(path).append(["loss": 0.5, "equation": "sin(x)\n"])
    try JSONLog(path, isContinued: true).append(["loss": 0.25])
    let text = String(decoding: try FileContents.read(path), as: UTF8.self)
    #expect(text == #"{"loss":0.5,"equation":"sin(x)\n"}"# + "\n{\"loss\":0.25}\n")
    _ = try JSONLog(path)
    #expect(try FileContents.read(path).isEmpty)
  }

  @Test func `a directory that is missing is named`() throws {
    let directory = try TemporaryDirectory()
    let path = directory("none/trace.jsonl")
    let error = #expect(throws: FileError.self) { try JSONLog(path) }
    #expect(error?.description == "\(path): cannot write it: No such file or directory")
  }
}

import Testing

@Suite("Help")
struct HelpTests {
  private static func help(_ words: String...) throws -> String {
    let scratch = try Scratch()
    return try CommandLineTool.run(["help"] + words, in: scratch.url).output
  }

  @Test func `each command shows how it is called, in lines of 80 columns`() throws {
    let overview = try Self.help()
    let names = overview.matches(of: /\n  ([a-z]+) {3,}/).map { String($0.1) }
    #expect(names.count >= 15)
    for name in names {
      let text = try Self.help(name)
      let beforeUsage = text.prefix(upTo: try #require(text.firstRange(of: "USAGE:")).lowerBound)
      #expect(beforeUsage.contains("limbeck \(name)"), "\(name) has no example")
      for line in text.split(separator: "\n") {
        #expect(line.count <= 80, "\(name): \(line)")
      }
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `shells complete commands and options`(shell: String) throws {
    let scratch = try Scratch()
    let script = try CommandLineTool.run(
      ["--generate-completion-script", shell], in: scratch.url)
    #expect(script.status == 0)
    for word in ["distill", "snapshots", "superposition"] {
      #expect(script.output.contains(word))
    }
  }
}

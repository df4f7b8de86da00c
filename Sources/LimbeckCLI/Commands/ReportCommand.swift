import ArgumentParser
import Limbeck

/// `limbeck report`: a run on one page.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write a run as one self-contained HTML page.",
    usage: "limbeck report [<options>] <run>",
    discussion: """
      limbeck report runs/heat    writes runs/heat/report.html

      The page says what was solved and how well, the equation found and its verification, what the \
      network's layers hold, and what makes the same run again. It needs no network and no other file; --out names another file.
      """)

  @Argument(help: ArgumentHelp("A run directory.", valueName: "run"))
  var directory: String

  @OptionGroup var shared: SharedOptions

  func run() throws {
    let pictured = try PicturedRun(
      directory, for: shared.out == nil ? .writing : .reading, showing: FigureKind.allCases,
      threads: shared.threadCount)
    let page = try ReportPage(pictured.results) { formula in
      (try? Expression(parsing: formula))?.mathML()
    }.rendered()
    let path = try write(page, of: pictured)
    try Output.write(
      .object([.init("report", .string(path)), .init("bytes", .integer(page.utf8.count))]),
      asJSON: shared.json
    ) { path }
  }

  private func write(_ page: String, of pictured: PicturedRun) throws -> String {
    guard let out = shared.out else {
      try pictured.directory.write(page.utf8, as: .report)
      try pictured.commit()
      return "\(directory)/\(RunFile.report.relativePath)"
    }
    guard shared.force || !FileSystem.exists(out) else { throw ExistingFile(path: out) }
    try AtomicFile.write(page.utf8, to: out)
    return out
  }
}

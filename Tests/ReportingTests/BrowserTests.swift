import Foundation
import Reporting
import RunStore
import Testing

/// The page in a real browser, where Debian's `chromium` is installed.
@Suite("The report in a browser", .enabled(if: Browser.path != nil))
struct BrowserTests {
  @Test func `a phone shows the page without errors or sideways scrolling`() throws {
    let folder = try RunFolder([
      .recipe: Array("problem: {unknowns: [u]}\n".utf8), .model: [0],
      .history: Samples.history, .equations(.json): Samples.front, .probes(.csv): Samples.probes,
    ])
    var results = try folder.results()
    results.fields = [Samples.map]
    results.features = [try Samples.features()]
    results.activations = Samples.neurons
    results.ablations = [Samples.ablations]
    results.spectra = Samples.spectra
    let page = try ReportPage(results) { _ in nil }.rendered()
    // The page itself has no script; the one that measures it is put in here.
    let measure = """
      <script>addEventListener("load", () => {
      document.title = [document.documentElement.scrollWidth, innerWidth,
      [...document.querySelectorAll("figure .light svg")].filter(s => s.clientWidth > 0).length]
      .join(" ") })</script>
      </body>
      """
    let file = folder.url.appendingPathComponent("page.html")
    try Data(page.replacing("</body>", with: measure).utf8).write(to: file)
    let (document, log) = try Browser.open(file, width: 390, in: folder.url)
    let title = try #require(document.firstMatch(of: /<title>(\d+) (\d+) (\d+)<\/title>/))
    let (content, window) = (try #require(Int(title.1)), try #require(Int(title.2)))
    #expect(content <= window, "the page is wider than the window")
    #expect(try #require(Int(title.3)) > 10, "pictures are not shown")
    #expect(!log.contains("CONSOLE"))
  }
}

/// A browser without a window.
enum Browser {
  static let path = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// Opens a page.
  ///
  /// - Returns: The document after it was laid out, and what the console said.
  static func open(
    _ page: URL, width: Int, in folder: URL
  ) throws -> (document: String, log: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path))
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
      "--user-data-dir=\(folder.path)/profile", "--enable-logging=stderr",
      "--window-size=\(width),844", "--dump-dom", page.absoluteString,
    ]
    // Files rather than pipes: a full pipe would block the browser.
    let files = ["document", "log"].map { folder.appendingPathComponent($0) }
    for file in files { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    return (texts[0], texts[1])
  }
}

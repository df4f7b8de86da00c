import Foundation
import Reporting
import RunStore
import Testing

/// The page in a real browser, where Debian's `chromium` is installed.
@Suite("The report in a browser", .enabled(if: Browser.path != nil))
struct BrowserTests {
  @Test(arguments: [(390, Theme.light), (390, .dark), (1280, .light), (1280, .dark)])
  func `phones and desks show the page without errors or sideways scrolling`(
    width: Int, theme: Theme
  ) throws {
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
      <script>addEventListener("load", () => parent.postMessage(
      [document.scrollingElement.scrollWidth, innerWidth,
      [...document.querySelectorAll("figure .\(theme.rawValue) svg")].filter(s => s.clientWidth > 0)
      .length].join(" "), "*"))</script>
      </body>
      """
    let file = folder.url.appendingPathComponent("page.html")
    try Data(page.replacing("</body>", with: measure).utf8).write(to: file)
    let (document, log) = try Browser.open(file, width: width, theme, in: folder.url)
    let title = try #require(document.firstMatch(of: /<title>(\d+) (\d+) (\d+)<\/title>/))
    let (content, window) = (try #require(Int(title.1)), try #require(Int(title.2)))
    #expect(window == width)
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

  /// Opens a page in a frame, as windows are never narrower than 500 pixels.
  ///
  /// - Returns: The document around the frame, whose title is the message that the page posts, and what
  ///   the console said.
  static func open(
    _ page: URL, width: Int, _ theme: Theme, in folder: URL
  ) throws -> (document: String, log: String) {
    let host = folder.appendingPathComponent("host.html")
    let frame = """
      <!DOCTYPE html><title></title>
      <script>addEventListener("message", event => { document.title = event.data })</script>
      <iframe src="\(page.lastPathComponent)" style="border:0;width:\(width)px;height:844px"></iframe>
      """
    try Data(frame.utf8).write(to: host)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path))
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
      "--user-data-dir=\(folder.path)/profile", "--enable-logging=stderr",
      "--window-size=1400,900", "--virtual-time-budget=2000",
      "--blink-settings=preferredColorScheme=\(theme == .dark ? 0 : 1)", "--dump-dom",
      host.absoluteString,
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

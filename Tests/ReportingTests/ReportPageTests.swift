import Foundation
import RunStore
import Testing

import Reporting

@Suite("The report")
struct ReportPageTests {
  /// A run with everything in it.
  private static func complete() throws -> RunFolder {
    try RunFolder([
      .recipe: Array("problem:\n  unknowns: [u]  # <script>alert(1)</script> & more\n".utf8),
      .model: [0], .history: Samples.history, .equations(.json): Samples.front,
      .probes(.csv): Samples.probes,
      .sparseAutoencoder(site: "layer1", .features): Samples.featureTable,
      .study(.circuit, .json): Samples.circuitSummary,
      .study(.circuitEdges, .csv): Samples.circuitEdges,
      .study(.spectrumTraining, .csv): Samples.learning,
      .study(.spectrum, .json): Samples.kernel,
    ])
  }

  /// What a run holds once its network was looked into.
  private static func pictured(_ folder: RunFolder) throws -> RunResults {
    var results = try folder.results()
    results.fields = [Samples.map]
    results.features = [try Samples.features()]
    results.activations = Samples.neurons
    results.ablations = [Samples.ablations]
    results.spectra = Samples.spectra
    return results
  }

  private static func page(_ results: RunResults) throws -> String {
    try ReportPage(results, typesetter: { "<mi>\(HTML.escaped($0))</mi>" }).rendered()
  }

  @Test func `a whole run has all of its sections`() throws {
    let folder = try Self.complete()
    var results = try Self.pictured(folder)
    results.problem = ProblemStatement(
      variables: [("x", 0, 1)], equations: ["u_t - alpha*u_xx"],
      conditions: [("t = 0", "u - sin(pi*x)")], parameters: [("alpha", 0.01)])
    let page = try Self.page(results)
    let headings = [
      "Equation", "Solution", "Front", "Features", "Probes", "Circuit", "Network", "Interventions",
      "Training",
      "Problem", "Reproduce",
    ]
    for heading in headings {
      #expect(page.contains("<h2>\(heading)</h2>"))
    }
    #expect(page.contains("<mi>sin(pi*x)*exp(-alpha*pi^2*t)</mi>"))
    #expect(page.contains("every equation and every condition vanish"))
    #expect(!page.contains("What is missing"))
    #expect(page.utf8.count < 3_000_000, "a page is small enough to be mailed")
    // All but the cosines, which the projected directions show as well.
    #expect(page.split(separator: "<figure>").count - 1 == FigureKind.allCases.count - 1)
  }

  @Test func `the page needs nothing but itself`() throws {
    let folder = try Self.complete()
    let page = try Self.page(try Self.pictured(folder))
    #expect(!page.contains("<script"))
    let sources = page.matches(of: /(?:src|srcset|href)="([^"]{0,30})/)
    #expect(sources.count > 10)
    for source in sources { #expect(source.1.hasPrefix("data:") || source.1.hasPrefix("#")) }
    #expect(!page.contains("@import"))
    #expect(page.matches(of: /url\((.)/).allSatisfy { $0.1 == "#" }, "clips of its own")
  }

  @Test func `no two things on the page have one name`() throws {
    let page = try Self.page(try Self.pictured(try Self.complete()))
    let names = page.matches(of: /\sid="([^"]*)"/).map(\.1)
    let known = Set(names)
    #expect(names.count > 100 && known.count == names.count)
    for reference in page.matches(of: /xlink:href="#([^"]*)"/) {
      #expect(known.contains(reference.1))
    }
  }

  @Test func `what a user wrote is text`() throws {
    let page = try Self.page(try Self.complete().results())
    #expect(page.contains("# &lt;script&gt;alert(1)&lt;/script&gt; &amp; more"))
    #expect(HTML.escaped("<a b=\"c\">'&\u{1}") == "&lt;a b=&quot;c&quot;&gt;&#39;&amp;\u{FFFD}")
  }

  @Test func `a run that has only begun says what is missing and what makes it`() throws {
    let folder = try RunFolder([.recipe: Array("problem: {}\n".utf8)])
    let page = try Self.page(try folder.results())
    #expect(page.contains("What is missing"))
    for command in ["limbeck train RECIPE --out", "limbeck distill"] {
      #expect(page.contains(command))
    }
    #expect(page.contains("history.csv") && page.contains("model.safetensors"))
  }

  @Test func `features have labels and probes their controls`() throws {
    let page = try Self.page(try Self.pictured(try Self.complete()))
    #expect(page.contains("3 of 4 features are ever active, 2.5 at once on average"))
    #expect(page.contains("<mi>x^2 - t</mi>"))
    #expect(page.contains("<th>untrained</th><th>random fields</th><th>shuffled</th>"))
    #expect(page.contains("<td>1 − 1×10<sup>−8</sup></td>"), "not rounded to 1")
    #expect(page.contains("3 of 5 weights do what the whole network does for the solution"))
    #expect(page.contains("<td>random circuits of as many weights</td><td>0.9</td>"))
  }

  @Test func `a network that nobody looked into says how to`() throws {
    let folder = try RunFolder([
      .recipe: Array("problem: {}\n".utf8), .model: [0], .history: Samples.history,
    ])
    let page = try Self.page(try folder.results())
    let commands = [
      "limbeck distill", "limbeck sae", "limbeck probe", "limbeck circuit", "limbeck spectrum",
    ]
    for command in commands {
      #expect(page.contains(command))
    }
  }

  @Test func `a distilled table is missing no training`() throws {
    let page = try Self.page(try RunFolder([.equations(.json): Samples.front]).results())
    #expect(!page.contains("What is missing"))
    #expect(page.contains("<td>seed</td><td>7</td>"))
  }

  @Test func `figures that cannot be drawn say which command makes them possible`() throws {
    let results = try RunFolder([.recipe: Array("problem: {}\n".utf8)]).results()
    for kind in FigureKind.allCases {
      #expect {
        try kind.figure(of: results)
      } throws: { error in
        let text = "\(error)"
        return text.contains("nothing to draw as '\(kind.rawValue)'") && text.contains("limbeck ")
      }
    }
  }
}

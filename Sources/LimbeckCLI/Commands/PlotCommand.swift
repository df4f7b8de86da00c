import ArgumentParser
import Foundation
import Limbeck

/// `limbeck plot`: figures of a run as SVG, PNG or PDF.
struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot", abstract: "Draw figures of a run, or the columns of a table.",
    discussion: """
      limbeck plot runs/heat                            every figure that the run has the data for
      limbeck plot runs/heat solution --out heat.pdf    one of them
      limbeck plot runs/heat activations --layer layer0 a layer other than the last
      limbeck plot noise.csv --out noise.svg            a table's columns over its first one

      Figures go to RUN/figures, as SVG unless --format or the extension of --out says otherwise. \
      --out names the file of one figure, or a directory.
      """)

  @Argument(help: ArgumentHelp("A run directory or a table.", valueName: "run"))
  var directory: String

  @Argument(
    help: ArgumentHelp(
      "Which figure (\(Self.names.joined(separator: ", "))); all unless given.",
      valueName: "figure"),
    completion: .list(Self.names), transform: Self.figure)
  var figure: FigureKind?

  @Option(name: .long, help: ArgumentHelp("The file format.", valueName: "format"))
  var format: ImageFormat?

  @Option(name: .long, help: ArgumentHelp("The colours.", valueName: "theme"))
  var theme = Theme.light

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Pixels for each point of a PNG.", valueName: "factor"))
  var scale: Double = 2

  @Option(
    help: ArgumentHelp("The layer to look into; the last one unless given.", valueName: "name"))
  var layer: String?

  @OptionGroup(title: "Tables") var curves: CurveFigureOptions

  @OptionGroup(title: "General") var shared: SharedOptions

  private static let names = FigureKind.allCases.map(\.rawValue)

  /// The figure of a name.
  private static func figure(_ name: String) throws -> FigureKind {
    if let kind = FigureKind(rawValue: name) { return kind }
    let hint = Spelling.suggestion(for: name, among: names).map { "did you mean '\($0)'?" }
    throw ValidationError(hint ?? "known are \(names.joined(separator: ", ")).")
  }

  func validate() throws { try LimitCheck.positive(scale, "--scale") }

  func run() throws {
    let isTable = InputKind(directory) == .table && FileSystem.exists(directory)
    try (isTable ? InputKind.table : .run).check(
      directory,
      [
        ("\(figure?.rawValue ?? "")", figure != nil, [.run]),
        ("--layer", layer != nil, [.run]), ("--axis", curves.axis != nil, [.table]),
        ("--logarithmic", curves.logarithmic, [.table]),
      ])
    if isTable { return try drawTable() }
    let kinds = figure.map { [$0] } ?? FigureKind.allCases
    let pictured = try PicturedRun(
      directory, for: shared.out == nil ? .writing : .reading, showing: kinds, layer: layer,
      threads: shared.threadCount)
    var files: [(kind: FigureKind, path: String)] = []
    var lacking: [(kind: FigureKind, error: ReportingError)] = []
    for kind in kinds {
      let drawn: any Figure
      do {
        drawn = try kind.figure(of: pictured.results)
      } catch {
        lacking.append((kind, error))
        continue
      }
      files.append((kind, try write(drawn, kind, of: pictured)))
    }
    if files.isEmpty, let first = lacking.first { throw first.error }
    if !lacking.isEmpty {
      let names = lacking.map(\.kind.rawValue).joined(separator: ", ")
      shared.console.say(
        "not drawn: \(names); 'limbeck plot \(directory) NAME' says what one needs")
    }
    for (_, error) in lacking { shared.console.detail("note: \(error)") }
    if shared.out == nil { try pictured.commit() }
    let members = files.map { JSONValue.Member($0.kind.rawValue, .string($0.path)) }
    try Output.write(.object([.init("figures", .object(members))]), asJSON: shared.json) {
      Text.table(files.map { [$0.kind.rawValue, $0.path] })
    }
  }

  /// Draws the columns of a table, beside it unless `--out` says where.
  private func drawTable() throws {
    let drawn = curves.figure(of: try Table(contentsOf: directory), named: directory)
    let named = shared.out.flatMap { ImageFormat(rawValue: URL(fileURLWithPath: $0).pathExtension) }
    let format = format ?? named ?? .svg
    let path =
      shared.out
      ?? URL(fileURLWithPath: directory).deletingPathExtension()
      .appendingPathExtension(format.rawValue).relativePath
    guard shared.force || !FileSystem.exists(path) else { throw ExistingFile(path: path) }
    try AtomicFile.write(try drawn.rendered(as: format, theme: theme, scale: scale), to: path)
    try Output.write(["figures": ["curves": .string(path)]], asJSON: shared.json) { path }
  }

  /// Draws a figure into the run, or where `--out` says.
  private func write(
    _ drawn: any Figure, _ kind: FigureKind, of pictured: PicturedRun
  ) throws -> String {
    let named = shared.out.flatMap { ImageFormat(rawValue: URL(fileURLWithPath: $0).pathExtension) }
    let format = format ?? named ?? .svg
    let bytes = try drawn.rendered(as: format, theme: theme, scale: scale)
    let name = "\(kind.rawValue).\(format.rawValue)"
    guard let out = shared.out else {
      try pictured.directory.write(bytes, as: .figure(name))
      return "\(directory)/\(RunFile.figure(name).relativePath)"
    }
    let isFile = figure != nil && named != nil
    if !isFile { try FileSystem.createDirectory(out) }
    let path = isFile ? out : URL(fileURLWithPath: out).appendingPathComponent(name).path
    guard shared.force || !FileSystem.exists(path) else { throw ExistingFile(path: path) }
    try AtomicFile.write(bytes, to: path)
    return path
  }
}

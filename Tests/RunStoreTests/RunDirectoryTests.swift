import RunStore
import Testing

@Suite("Run directories")
struct RunDirectoryTests {
  let directory: TemporaryDirectory
  let path: String
  let manifest = Manifest(version: "0.1.0", seed: 7, instructionSet: "avx2")

  init() throws {
    directory = try TemporaryDirectory()
    path = directory("runs/heat")
  }

  /// A complete run with one equation.
  private func makeRun(_ equation: String, replacing: Bool = false) throws -> RunDirectory {
    let run = try RunDirectory.create(at: path, replacing: replacing)
    try run.write("problem:".utf8, as: .recipe)
    try run.write(equation.utf8, as: .equations(.tex))
    return run
  }

  private func equation() throws -> String {
    let run = try RunDirectory.open(path, for: .reading)
    return String(decoding: try run.read(.equations(.tex)), as: UTF8.self)
  }

  @Test func `files have the names of the contract`() {
    #expect(
      [
        RunFile.recipe, .manifest, .model, .checkpoint("state.safetensors"), .history,
        .activations, .equations(.csv), .equations(.json),
        .sparseAutoencoder(site: "layer1", .weights), .probes(.csv), .figure("u.svg"), .report,
      ].map(\.relativePath) == [
        "recipe.yaml", "manifest.json", "model.safetensors", "checkpoint/state.safetensors",
        "history.csv", "activations.h5", "equations.csv", "equations.json",
        "sae/layer1/sae_weights.safetensors", "probes.csv", "figures/u.svg", "report.html",
      ])
  }

  @Test func `a run states what made it and checks its files`() throws {
    let run = try makeRun("u = 1")
    try run.write([1, 2, 3], as: .checkpoint("state.safetensors"))
    try run.commit(manifest)

    let reopened = try RunDirectory.open(path, for: .reading)
    let stored = try reopened.manifest()
    #expect(stored.version == "0.1.0")
    #expect(stored.seed == 7)
    #expect(stored.instructionSet == "avx2")
    #expect(stored.started == manifest.started)
    #expect(
      stored.files.keys.sorted() == [
        "checkpoint/state.safetensors", "equations.tex", "recipe.yaml",
      ])
    #expect(stored.files["equations.tex"]?.byteCount == 5)
    #expect(try reopened.changedFiles(since: stored) == [])

    _ = try directory.write("runs/heat/equations.tex", Array("u = 2".utf8))
    try FileSystem.remove(directory("runs/heat/checkpoint"))
    #expect(
      try reopened.changedFiles(since: stored)
        == ["checkpoint/state.safetensors", "equations.tex"])
  }

  @Test func `an occupied directory is refused`() throws {
    _ = try directory.write("notes.txt", [1])
    let error = #expect(throws: RunDirectoryError.self) {
      try RunDirectory.create(at: directory.path)
    }
    #expect(
      error?.description == "\(directory.path): the directory is not empty; choose another with "
        + "--out, replace the run with --force or continue it with --resume")
    #expect(error?.kind == .unwritable)
  }

  @Test func `a file is not a directory`() throws {
    let file = try directory.write("notes.txt", [1])
    #expect(throws: RunDirectoryError.notADirectory(path: file)) {
      try RunDirectory.create(at: file)
    }
    let below = #expect(throws: RunDirectoryError.self) {
      try RunDirectory.create(at: file + "/run")
    }
    #expect(below?.kind == .unwritable)
    #expect(below?.description == "\(file)/run: cannot write it: Not a directory")
  }

  @Test func `a replacement that is given up leaves the earlier run`() throws {
    try makeRun("old").commit(manifest)
    let replacement = try makeRun("new", replacing: true)
    #expect(replacement.isReplacement)
    #expect(try equation() == "old")
    try replacement.abandon()
    #expect(try equation() == "old")
    #expect(
      try directory.entries("runs/heat") == ["equations.tex", "manifest.json", "recipe.yaml"])
  }

  @Test func `a replacement that dies leaves the earlier run`() throws {
    try makeRun("old").commit(manifest)
    do { _ = try makeRun("new", replacing: true) }
    #expect(try equation() == "old")
    // The next writer clears what was left.
    _ = try RunDirectory.open(path, for: .writing)
    #expect(
      try directory.entries("runs/heat") == ["equations.tex", "manifest.json", "recipe.yaml"])
  }

  @Test func `a replacement replaces everything of the earlier run and nothing else`() throws {
    do {
      let old = try makeRun("old")
      try old.write([1], as: .figure("u.svg"))
      try old.write([1], as: .checkpoint("a"))
      try old.commit(manifest)
    }
    _ = try directory.write("runs/heat/notes.txt", [1])
    do {
      let new = try makeRun("new", replacing: true)
      try new.write([2], as: .checkpoint("b"))
      let committed = try new.commit(manifest)
      #expect(!committed.isReplacement)
      #expect(try committed.read(.checkpoint("b")) == [2])
    }
    #expect(try equation() == "new")
    #expect(
      try directory.entries("runs/heat")
        == ["checkpoint", "equations.tex", "manifest.json", "notes.txt", "recipe.yaml"])
    #expect(try directory.entries("runs/heat/checkpoint") == ["b"])
    let run = try RunDirectory.open(path, for: .reading)
    #expect(try run.changedFiles(since: run.manifest()) == [])
  }

  @Test func `a replacement interrupted while it moves is completed by the next writer`() throws {
    try makeRun("old").commit(manifest)
    // The state after a crash between two renames: the journal names three files, one has moved.
    try FileSystem.createDirectory(directory("runs/heat/.incoming"))
    _ = try directory.write("runs/heat/recipe.yaml", Array("new recipe".utf8))
    _ = try directory.write("runs/heat/.incoming/equations.tex", Array("new".utf8))
    _ = try directory.write("runs/heat/.incoming/manifest.json", Array("{}".utf8))
    _ = try directory.write(
      "runs/heat/.incoming/.journal", Array("equations.tex\nmanifest.json\nrecipe.yaml".utf8))
    _ = try RunDirectory.open(path, for: .writing)
    #expect(try equation() == "new")
    #expect(try FileContents.read(directory("runs/heat/recipe.yaml")) == Array("new recipe".utf8))
    #expect(
      try directory.entries("runs/heat") == ["equations.tex", "manifest.json", "recipe.yaml"])
  }

  @Test func `files of a run's names that are no run are not replaced`() throws {
    _ = try directory.write("history.csv", [1])
    #expect(throws: RunDirectoryError.notARun(path: directory.path)) {
      try RunDirectory.create(at: directory.path, replacing: true)
    }
  }

  @Test func `two writers are refused, readers are not`() throws {
    let first = try makeRun("old")
    #expect(throws: RunDirectoryError.busy(path: path)) {
      try RunDirectory.open(path, for: .writing)
    }
    #expect(try equation() == "old")
    withExtendedLifetime(first) {}
  }

  @Test func `a missing run and a directory that is none are told apart`() throws {
    let missing = #expect(throws: RunDirectoryError.self) {
      try RunDirectory.open(path, for: .reading)
    }
    #expect(missing?.kind == .notFound)
    #expect(throws: RunDirectoryError.notARun(path: directory.path)) {
      try RunDirectory.open(directory.path, for: .reading)
    }
  }

  @Test(arguments: [
    ("", "the JSON text"), ("{}", "limbeck"), (#"{"limbeck":"1","seed":"x"}"#, "seed"),
    (
      #"{"limbeck":"1","seed":1,"instruction_set":"avx2","started":"2026-02-30T00:00:00Z"}"#,
      "started"
    ),
  ])
  func `a damaged manifest names the field`(text: String, field: String) {
    #expect(throws: RunDirectoryError.malformedManifest(path: "m", field: field)) {
      try Manifest(parsing: Array(text.utf8), path: "m")
    }
  }

  @Test func `a manifest that leads out of the directory is not followed`() throws {
    let run = try makeRun("u")
    let text =
      manifest.json.text().dropLast(3)
      + #"{"../../notes.txt":{"bytes":1,"sha256":""}}}"#
    _ = try directory.write("notes.txt", [1])
    let stored = try Manifest(parsing: Array(text.utf8), path: "m")
    #expect(try run.changedFiles(since: stored) == ["../../notes.txt"])
  }

  @Test func `times print and read as ISO 8601`() {
    let time = Timestamp(secondsSinceEpoch: 1_709_210_096)
    #expect(time.description == "2024-02-29T12:34:56Z")
    #expect(Timestamp("2024-02-29T12:34:56Z") == time)
    #expect(Timestamp("2023-02-29T12:34:56Z") == nil)
    #expect(Timestamp("yesterday") == nil)
  }
}

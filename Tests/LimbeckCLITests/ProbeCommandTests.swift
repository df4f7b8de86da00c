import Testing

@Suite("limbeck probe and limbeck patch")
struct ProbeCommandTests {
  /// A run of a network of two layers of six neurons.
  static func run() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write(HeatRecipe.text, to: "heat.yaml")
    #expect(try scratch.limbeck("train", "heat.yaml", "--out", "run", "--quiet").status == 0)
    return scratch
  }

  @Test func `every layer is probed for every target, with its controls`() throws {
    let scratch = try Self.run()
    let outcome = try scratch.limbeck(
      "probe", "run", "--targets", "u_x, exact.u", "--rows", "400", "--resamples", "50", "--json")
    #expect(outcome.status == 0)
    let rows = try #require(try outcome.json()["rows"] as? [[String: Any]])
    #expect(rows.count == 2 * 2 * 2)
    for row in rows {
      let names = [
        "layer", "target", "kind", "split", "r2", "ci95", "alpha", "log10_unexplained",
        "untrained_r2", "coordinates_r2", "permuted_r2", "control_r2", "selectivity", "gain",
      ]
      for name in names { #expect(row[name] != nil) }
      let interval = try #require(row["ci95"] as? [Double])
      #expect(interval[0] < interval[1])
      #expect(try #require(row["permuted_r2"] as? Double) < 0.3)
    }
    for file in ["probes.json", "probes.csv", "probes.safetensors"] {
      #expect(scratch.contains("run/\(file)"))
    }
    // The same seed gives the same bits for any number of threads.
    let again = try scratch.limbeck(
      "probe", "run", "--targets", "u_x, exact.u", "--rows", "400", "--resamples", "50", "--json",
      "--threads", "3")
    #expect(again.output == outcome.output)
  }

  @Test func `files of any network are probed without a run`() throws {
    let scratch = try Scratch()
    let rows = (0..<60).map { "\($0 % 7),\($0 % 11)" }
    try scratch.write("a,b\n" + rows.joined(separator: "\n") + "\n", to: "a.csv")
    let values = (0..<60).map { "\(2 * ($0 % 7) - ($0 % 11)),5" }
    try scratch.write("y,c\n" + values.joined(separator: "\n") + "\n", to: "y.csv")
    let outcome = try scratch.limbeck(
      "probe", "--activations", "a.csv", "--target-file", "y.csv", "--kind", "linear", "--json")
    #expect(outcome.status == 0)
    let table = try #require(try outcome.json()["rows"] as? [[String: Any]])
    for row in table where row["target"] as? String == "y" {
      // A linear function of the columns.
      #expect(try #require(row["r2"] as? Double) > 1 - 1e-12)
      #expect(
        row["note"] as? String
          == "no untrained network is known; no coordinates are known: no control")
    }
    for row in table where row["target"] as? String == "c" {
      #expect(row["r2"] as? Double == nil)
      #expect(row["note"] as? String == "the target is constant on the held-out samples")
    }
    let text = try scratch.limbeck(
      "probe", "--activations", "a.csv", "--target-file", "y.csv", "--kind", "linear")
    #expect(text.output.contains("note: c: the target is constant on the held-out samples"))
    #expect(text.output.contains("note: y: no untrained network is known"))
    // Two columns of nearly equal spread, 7 and 11 values each.
    #expect(text.output.contains("activations        2             2"))
    #expect(text.output.contains("gain  bits\n"))
  }

  @Test func `fewer samples than weights are said to fit anything`() throws {
    let scratch = try Scratch()
    let names = (0..<12).map { "a\($0)" }.joined(separator: ",")
    let rows = (0..<10).map { row in
      (0..<12).map { "\((row * row + 3 * row * $0 + $0 * $0) % 17)" }.joined(separator: ",")
    }
    try scratch.write(names + "\n" + rows.joined(separator: "\n") + "\n", to: "a.csv")
    try scratch.write(
      "y\n" + (0..<10).map { "\($0 * $0 % 7)" }.joined(separator: "\n") + "\n", to: "y.csv")
    let outcome = try scratch.limbeck("probe", "--activations", "a.csv", "--target-file", "y.csv")
    #expect(outcome.status == 0)
    // Seven of ten samples are fitted.
    #expect(outcome.output.contains("7 samples are fitted by 12 weights, which fit any values"))
  }

  @Test(arguments: [
    (
      ["--activations", "a.csv", "--target-file", "short.csv"], 65,
      "error: short.csv has 2 rows and a.csv 3; give one row for each sample\n"
    ),
    (
      ["--activations", "a.csv", "--target-file", "a.csv"], 65,
      "error: 3 samples are too few to fit a probe and hold some out; give at least 8\n"
    ),
    (
      ["--activations", "a.csv", "--target-file", "a.csv", "--targets", "z"], 65,
      "error: there is no target 'z'; choose among a\n"
    ),
    (
      ["--activations", "none.npy", "--target-file", "a.csv"], 66,
      "error: none.npy: no such file or directory; check the path\n"
    ),
    (
      ["--activations", "a.csv"], 64,
      "error: '--activations' and '--target-file' go together; give both.\n"
        + "See 'limbeck probe --help'.\n"
    ),
    (
      ["--activations", "a.csv", "--target-file", "a.csv", "--layers", "layer0"], 64,
      "error: '--layers' is for a run; a file holds one layer.\nSee 'limbeck probe --help'.\n"
    ),
  ])
  func `what cannot be probed is refused`(
    arguments: [String], status: Int32, sentence: String
  ) throws {
    let scratch = try Scratch()
    try scratch.write("a\n1\n2\n3\n", to: "a.csv")
    try scratch.write("y\n1\n2\n", to: "short.csv")
    let outcome = try CommandLineTool.run(["probe"] + arguments, in: scratch.url)
    #expect(outcome.status == status)
    #expect(outcome.errors == sentence)
    #expect(outcome.output.isEmpty)
  }

  @Test func `a layer or field that the run lacks is named`() throws {
    let scratch = try Self.run()
    let layer = try scratch.limbeck("probe", "run", "--layers", "layer7")
    #expect(layer.status == 65)
    #expect(layer.errors == "error: the network has no layer 'layer7'; it has layer0, layer1\n")
    let neuron = try scratch.limbeck("patch", "run", "--zero", "layer1.neuron6")
    #expect(neuron.status == 65)
    #expect(neuron.errors.hasPrefix("error: 'layer1.neuron6' is no neuron"))
    let nothing = try scratch.limbeck("patch", "run")
    #expect(nothing.status == 64)
  }

  @Test func `a sweep has an effect for each neuron beside the network as it is`() throws {
    let scratch = try Self.run()
    let outcome = try scratch.limbeck(
      "patch", "run", "--sweep", "all", "--by", "mean", "--rows", "100", "--json")
    #expect(outcome.status == 0)
    let document = try outcome.json()
    let baseline = try #require(document["baseline"] as? [String: Any])
    #expect(baseline["change"] as? [Double] == [0])
    let effects = try #require(document["effects"] as? [[String: Any]])
    #expect(effects.count == 12)
    #expect(effects[7]["intervention"] as? String == "layer1.neuron1 = mean")
    // Scaling by one changes nothing, by two it does.
    let same = try scratch.limbeck(
      "patch", "run", "--scale", "layer0=1", "--rows", "100", "--json")
    let effect = try #require((try same.json()["effects"] as? [[String: Any]])?.first)
    #expect(effect["change"] as? [Double] == [0])
  }
}

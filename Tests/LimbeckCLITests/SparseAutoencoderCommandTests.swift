import Testing

@Suite("limbeck sae")
struct SparseAutoencoderCommandTests {
  @Test func `features of a run are measured, compared with fields and labelled`() throws {
    let scratch = try ProbeCommandTests.run()
    let arguments = [
      "sae", "run", "--layer", "layer0", "--features", "8", "--k", "2", "--epochs", "30", "--rows",
      "400", "--json",
    ]
    let outcome = try CommandLineTool.run(
      arguments + ["--label", "--label-evaluations", "500"], in: scratch.url)
    #expect(outcome.status == 0)
    let metrics = try outcome.json()
    for name in [
      "l0", "dead", "explained_variance", "fvu", "mse", "cosine", "shrinkage", "collinearity",
      "mean_max_correlation", "baselines", "files",
    ] { #expect(metrics[name] != nil) }
    #expect(try #require(metrics["l0"] as? Double) <= 2)
    for file in ["cfg.json", "sae_weights.safetensors", "metrics.json", "features.csv"] {
      #expect(scratch.contains("run/sae/layer0/\(file)"))
    }
    let csv = String(decoding: try scratch.read("run/sae/layer0/features.csv"), as: UTF8.self)
    #expect(csv.hasPrefix("feature,density,field,correlation,equation,r2,complexity\n"))
    #expect(csv.split(separator: "\n").count == 9)
    // The same seed gives the same dictionary for any number of threads.
    let weights = try scratch.read("run/sae/layer0/sae_weights.safetensors")
    _ = try CommandLineTool.run(arguments + ["--threads", "3"], in: scratch.url)
    #expect(try scratch.read("run/sae/layer0/sae_weights.safetensors") == weights)
  }

  @Test(arguments: [
    (
      ["a.csv", "--features", "4", "--k", "4"], 64,
      "error: --k 4 is not below --features 4: fewer features must be active than there are.\n"
        + "See 'limbeck sae --help'.\n"
    ),
    (
      ["a.csv", "--label"], 64,
      "error: '--label' needs the network's inputs, and a file has none; name a run directory.\n"
        + "See 'limbeck sae --help'.\n"
    ),
    (["none.npy"], 66, "error: none.npy: no such file or directory; check the path\n"),
  ])
  func `what cannot be taken apart is refused`(
    arguments: [String], status: Int32, sentence: String
  ) throws {
    let scratch = try Scratch()
    try scratch.write("a,b\n1,2\n2,3\n3,5\n", to: "a.csv")
    let outcome = try CommandLineTool.run(["sae"] + arguments, in: scratch.url)
    #expect(outcome.status == status)
    #expect(outcome.errors == sentence)
  }
}

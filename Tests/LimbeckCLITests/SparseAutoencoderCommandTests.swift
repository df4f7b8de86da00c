import Foundation
import Testing

@Suite("limbeck sae")
struct SparseAutoencoderCommandTests {
  @Test func `features of a run are measured, spliced in, compared and labelled`() throws {
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
      "mean_max_correlation", "files",
    ] { #expect(metrics[name] != nil) }
    #expect(try #require(metrics["l0"] as? Double) <= 2)
    let splice = try #require(metrics["splice"] as? [String: Any])
    for name in ["self", "reconstruction", "zero", "mean"] {
      let effect = try #require(splice[name] as? [String: Any])
      #expect((effect["residual_rms"] as? [Double])?.count == 1)
      #expect((effect["condition_rms"] as? [Double])?.count == 3)
    }
    let recovered = try #require(splice["recovered"] as? [String: [String: Any]])
    #expect((recovered["zero"]?["change"] as? [Double])?.count == 1)
    // A constant solves the heat equation: where zeros do no harm, that is the reason for null.
    #expect((recovered["zero"]?["residual_rms"] as? [Any])?.first is NSNull)
    #expect(
      recovered["zero"]?["residual_rms_note"] as? String
        == "the replacement does no harm to compare with")
    let baselines = try #require(metrics["baselines"] as? [[String: Any]])
    #expect(
      baselines.compactMap { $0["name"] as? String }
        == ["neurons", "principal components", "independent components", "random directions"])
    let own = try #require(metrics["physics"] as? [String: Any])
    for figures in baselines + [own] {
      for name in ["mean_max_correlation", "mean_pair_gain", "mean_concentration"] {
        #expect((0...1).contains(try #require(figures[name] as? Double)))
      }
    }
    for file in ["cfg.json", "sae_weights.safetensors", "metrics.json", "features.csv"] {
      #expect(scratch.contains("run/sae/layer0/\(file)"))
    }
    let csv = String(decoding: try scratch.read("run/sae/layer0/features.csv"), as: UTF8.self)
    #expect(
      csv.hasPrefix(
        "feature,density,mean,field,correlation,change,concentration,equation,r2,complexity\n"))
    #expect(csv.split(separator: "\n").count == 9)
    // The same seed gives the same dictionary for any number of threads.
    let weights = try scratch.read("run/sae/layer0/sae_weights.safetensors")
    _ = try CommandLineTool.run(
      arguments + ["--threads", "3", "--baselines", "none"], in: scratch.url)
    #expect(try scratch.read("run/sae/layer0/sae_weights.safetensors") == weights)
  }

  @Test func `activations of any network stand beside the baselines`() throws {
    let scratch = try Scratch()
    let rows = (0..<200).map { i in
      (0..<5).map { j in "\(sin(Double(i * (2 * j + 3)) / 7))" }.joined(separator: ",")
    }
    try scratch.write("a,b,c,d,e\n" + rows.joined(separator: "\n"), to: "a.csv")
    let arguments = ["sae", "a.csv", "--features", "8", "--k", "2", "--samples", "20000"]
    let outcome = try CommandLineTool.run(arguments + ["--json", "--out", "o"], in: scratch.url)
    let kept = try JSONSerialization.jsonObject(
      with: try scratch.read("o/sae/activations/metrics.json"))
    for metrics in [try outcome.json(), try #require(kept as? [String: Any])] {
      let baselines = try #require(metrics["baselines"] as? [[String: Any]])
      #expect(
        baselines.compactMap { $0["name"] as? String }
          == ["neurons", "principal components", "independent components", "random directions"])
      for baseline in baselines {
        #expect(baseline["l0"] as? Double == 2)
        #expect(try #require(baseline["explained_variance"] as? Double) < 1)
        #expect(baseline["dead"] is Int && baseline["mean_max_correlation"] == nil)
      }
      let histogram = try #require(metrics["log10_density"] as? [String: Any])
      let counts = try #require(histogram["counts"] as? [Int])
      #expect(counts.reduce(0, +) + (try #require(histogram["never"] as? Int)) == 8)
    }
    // What is all the same has no baselines.
    try scratch.write("a,b\n1,2\n1,2\n", to: "same.csv")
    let same = try scratch.limbeck(
      "sae", "same.csv", "--features", "4", "--k", "1", "--samples", "100")
    #expect(same.status == 0 && !same.output.contains("neurons"))
    let table = try CommandLineTool.run(arguments + ["--baselines", "pca"], in: scratch.url)
    let lines = table.output.split(separator: "\n")
    #expect(lines.contains("features  L0  dead     EV  dictionary"))
    #expect(lines.count == 4 && lines[3].hasSuffix("principal components"))
  }

  @Test func `known features are recovered`() throws {
    let outcome = try Scratch().limbeck(
      "sae", "--synthetic", "--true-features", "12", "--dimension", "8", "--probability", "0.1",
      "--samples", "300000", "--threads", "1", "--json")
    #expect(outcome.status == 0)
    let recovery = try #require(try outcome.json()["recovery"] as? [String: Double])
    #expect(Set(recovery.keys) == ["mmcs", "mcc", "recovered", "uniqueness", "f1"])
    // Directions that know nothing of the features have a mean largest |cosine| of about 0.7 in so few
    // dimensions.
    #expect(try #require(recovery["mmcs"]) > 0.9)
  }

  @Test func `several seeds say how well they agree`() throws {
    let scratch = try ProbeCommandTests.run()
    let outcome = try scratch.limbeck(
      "sae", "run", "--features", "8", "--k", "2", "--epochs", "10", "--rows", "400", "--seeds",
      "1...3", "--baselines", "none", "--json")
    let metrics = try outcome.json()
    let seeds = try #require(metrics["seeds"] as? [[String: Any]])
    #expect(seeds.compactMap { $0["seed"] as? Int } == [1, 2, 3])
    #expect((0.2...1).contains(try #require(metrics["seed_stability"] as? Double)))
  }

  @Test func `a feature is distilled, unless it is not there`() throws {
    let scratch = try ProbeCommandTests.run()
    func distill(_ target: String) throws -> CommandLineTool.Outcome {
      try scratch.limbeck(
        "distill", "run", "--target", target, "--evaluations", "3000", "--json", "--quiet")
    }
    let early = try distill("sae.feature0")
    #expect(early.status == 66)
    #expect(
      early.errors
        == "error: run/sae: there is no sparse autoencoder of layer1 yet; train one with "
        + "'limbeck sae RUN --layer layer1' first\n")
    let trained = try scratch.limbeck(
      "sae", "run", "--features", "8", "--k", "3", "--epochs", "10", "--rows", "400",
      "--baselines", "none", "--json")
    let densities = try #require(try trained.json()["density"] as? [Double])
    let busiest = try #require(densities.indices.max { densities[$0] < densities[$1] })
    let found = try distill("sae.feature\(busiest)")
    // So few formulas may do no better than a constant.
    #expect([0, 75].contains(found.status))
    #expect(try found.json()["target"] as? String == "sae.layer1.feature\(busiest)")
    let missing = try distill("sae.feature8")
    #expect(missing.status == 65)
    #expect(
      missing.errors
        == "error: 'sae.layer1.feature8' is no feature of layer1: write 'sae.layer1.feature0' to "
        + "'sae.layer1.feature7'\n")
  }

  @Test func `a recipe asks for sparse features`() throws {
    let scratch = try Scratch()
    try scratch.write(
      HeatRecipe.text + "sae: {layer: 0, features: 8, k: 2, epochs: 3}\n", to: "heat.yaml")
    let outcome = try scratch.limbeck("run", "heat.yaml", "--out", "run", "--json", "--quiet")
    #expect(outcome.status == 0)
    let features = try #require(try outcome.json()["sae"] as? [String: Any])
    #expect((features["density"] as? [Double])?.count == 8)
    #expect(scratch.contains("run/sae/layer0/features.csv"))
    try scratch.write(
      HeatRecipe.text + "sae: {layer: 2, features: 8, k: 2}\n", to: "deep.yaml")
    let deep = try scratch.limbeck("run", "deep.yaml", "--out", "deep", "--quiet")
    #expect(deep.status == 65)
    #expect(deep.errors.contains("layer2") && !scratch.contains("deep"))
  }

  @Test(
    arguments: [
      (
        ["a.csv", "--features", "4", "--k", "4"], 64,
        "--k 4 is not below --features 4: fewer features must be active than there are."
      ),
      (
        ["a.csv", "--label"], 64,
        "'--label' needs the network and its inputs, and a file has none; name a run directory."
      ),
      ([], 64, "Name a run directory or a file of activations, or use --synthetic."),
      (["a.csv", "--synthetic"], 64, "'--synthetic' makes its own samples; leave out 'a.csv'."),
      (
        ["a.csv", "--dimension", "3"], 64,
        "'--dimension' describes samples of '--synthetic'; add that option."
      ),
      (["--synthetic", "--probability", "2"], 64, "'--probability 2' is not between 0 and 1."),
      (["--synthetic", "--rows", "100"], 64, "'--rows' is not for '--synthetic'."),
      (
        ["a.csv", "--features", "99999999"], 64,
        "'--features 99999999' is too large; use 4194304 or less."
      ),
      (
        ["a.csv", "--l0", "2"], 64,
        "'--l0' is for l1, jumprelu and gated, and the variant is topk; use --k."
      ),
      (
        ["a.csv", "--baselines", "umap"], 64,
        "'umap' is no baseline; there are neurons, pca, ica, random, or 'none'."
      ),
      (
        ["a.csv", "--resume", "--k", "2"], 64,
        "'--k' was decided when the training began; leave it out to resume it."
      ),
      (
        ["a.csv", "--resume"], 64,
        "'--resume' needs the --out directory of the training to continue."
      ),
      (["none.npy"], 66, "none.npy: no such file or directory; check the path"),
    ] as [([String], Int32, String)])
  func `what cannot be taken apart is refused`(
    arguments: [String], status: Int32, sentence: String
  ) throws {
    let scratch = try Scratch()
    try scratch.write("a,b\n1,2\n2,3\n3,5\n", to: "a.csv")
    let outcome = try CommandLineTool.run(["sae"] + arguments, in: scratch.url)
    #expect(outcome.status == status)
    let help = status == 64 ? "See 'limbeck sae --help'.\n" : ""
    #expect(outcome.errors == "error: \(sentence)\n\(help)")
  }
}

import Foundation
import Testing

@Suite("Options of a training")
struct TrainingOptionsTests {
  @Test func `several seeds make an ensemble of runs`() throws {
    let scratch = try Scratch()
    try scratch.write(HeatRecipe.text, to: "r.yaml")
    let outcome = try scratch.limbeck(
      "train", "r.yaml", "--seeds", "1...3", "--out", "all", "--json", "--quiet")
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    let document = try outcome.json()
    #expect(document["seeds"] as? [Int] == [1, 2, 3])
    let errors = try #require(document["relative_l2"] as? [String: [String: Double]])["u"]
    let (least, most) = (try #require(errors?["min"]), try #require(errors?["max"]))
    let median = try #require(errors?["median"])
    #expect(least < median && median < most)
    // Networks that are each so far from the solution are not much farther from each other, nor nearer
    // than a tenth.
    let spread = try #require((document["spread"] as? [String: Double])?["u"])
    #expect(spread > 0.1 * least && spread < 3 * most)
    let members = try #require(document["members"] as? [[String: Any]])
    #expect(members.count == 3)
    #expect(try scratch.read("all/ensemble.json") == Data(outcome.output.utf8))
    // A member is what its seed alone gives.
    try #require(
      scratch.limbeck("train", "r.yaml", "--seed", "2", "--out", "two", "--quiet").status == 0)
    #expect(
      try scratch.read("all/seed-2/model.safetensors") == scratch.read("two/model.safetensors"))
    #expect(
      try scratch.read("all/seed-1/model.safetensors") != scratch.read("two/model.safetensors"))
    // More steps for all of them.
    let more = try scratch.limbeck(
      "train", "r.yaml", "--seeds", "1...3", "--out", "all", "--resume", "--steps", "22", "--quiet")
    #expect(more.status == 0)
    #expect(more.output.contains("median"))
    #expect(more.output.contains("spread of u over the seeds"))
  }

  @Test func `curves are written for TensorBoard`() throws {
    let scratch = try Scratch()
    try scratch.write(HeatRecipe.text, to: "r.yaml")
    let outcome = try scratch.limbeck(
      "train", "r.yaml", "--out", "run", "--tensorboard", "curves", "--quiet")
    #expect(outcome.status == 0)
    let files = try scratch.files(below: "curves")
    let name = try #require(files.keys.first)
    #expect(files.count == 1 && name.hasPrefix("events.out.tfevents."))
    let text = String(decoding: try #require(files[name]), as: UTF8.self)
    for curve in ["loss", "held_out_loss", "damping_or_rate", "condition_2", "relative_l2_u"] {
      #expect(text.contains(curve))
    }
    // One record a step: 20 of them name each curve.
    #expect(text.components(separatedBy: "relative_l2_u").count == 21)
  }

  @Test func `a training that diverges keeps its best network`() throws {
    let scratch = try Scratch()
    try scratch.write(
      HeatRecipe.replacing(
        "steps: 20",
        with: "steps: 5000, optimizer: adam, "
          + "learning_rate: {decay: exponential, factor: 1e9, every: 100}"), to: "r.yaml")
    try scratch.write("x,t\n0.5,0\n", to: "points.csv")
    let outcome = try scratch.limbeck("train", "r.yaml", "--out", "run")
    #expect(outcome.status == 70)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.errors.contains(
        "the best network before the training diverged is kept in run\nerror: training diverged at "
      ))
    #expect(scratch.contains("run/manifest.json"))
    #expect(scratch.contains("run/checkpoint/state.json"))
    let evaluated = try scratch.limbeck("evaluate", "run", "--at", "points.csv", "--json")
    #expect(try #require((evaluated.json()["u"] as? [Double])?.first).isFinite)
  }

  @Test func `what is chosen by size is said, and so are stages`() throws {
    let scratch = try Scratch()
    try scratch.write(HeatRecipe.text, to: "r.yaml")
    let automatic = try scratch.limbeck("train", "r.yaml", "--out", "a")
    #expect(
      automatic.errors.hasPrefix(
        "training 67 parameters, Levenberg-Marquardt with geodesic acceleration (chosen: "
          + "second-order steps are cheap at this size)\n")
    )
    try scratch.write(
      HeatRecipe.replacing("steps: 20", with: "optimizer: adam 200 then ssbroyden 20"),
      to: "s.yaml")
    let staged = try scratch.limbeck("train", "s.yaml", "--out", "b", "--json")
    #expect(
      staged.errors.hasPrefix(
        "training 67 parameters, Adam for 200 steps, then self-scaled Broyden for 20 steps\n"))
    #expect(try staged.json()["optimizer"] as? String == "adam 200 then ssbroyden 20")
    #expect(try staged.json()["epochs"] as? Int == 220)
  }
}

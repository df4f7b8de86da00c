import Testing

@Suite("Runs that cannot be evaluated")
struct ModelFailureTests {
  @Test(
    arguments: [
      (
        [1, 0],
        "not a valid safetensors file (byte 2): it ends before byte 8; copy or download it again"
      ),
      (
        // The length of the header, little-endian: 10^15 bytes that must not be allocated.
        [0x00, 0x80, 0xC6, 0xA4, 0x7E, 0x8D, 0x03, 0x00] + Array("{}".utf8),
        "not a valid safetensors file (byte 0): "
          + "a header of 1000000000000000 bytes is announced, at most 100000000 are accepted"
      ),
      (
        [2, 0, 0, 0, 0, 0, 0, 0] + Array("{}".utf8),
        "the metadata has no 'architecture'; expected a network written by limbeck"
      ),
      (
        file(
          #"{"a":{"dtype":"F64","shape":[1000000000000000],"data_offsets":[0,8000000000000000]}}"#),
        "not a valid safetensors file (byte 92): "
          + "tensor 'a' ends at byte 8000000000000000 of the data, which has 0"
      ),
      (
        file(#"{"a":{"dtype":"F64","shape":[-1],"data_offsets":[0,8]}}"#),
        "not a valid safetensors file (byte 8): tensor 'a' has a missing or invalid 'shape'"
      ),
    ] as [([UInt8], String)])
  func `a damaged network is refused`(bytes: [UInt8], sentence: String) throws {
    let scratch = try Self.run()
    try scratch.write(bytes, to: "run/model.safetensors")
    let outcome = try scratch.limbeck("evaluate", "run", "--at", "points.csv")
    #expect(outcome.status == 65)
    #expect(outcome.errors == "error: run/model.safetensors: \(sentence)\n")
    #expect(outcome.output.isEmpty)
  }

  @Test func `the network of another problem is refused`() throws {
    let scratch = try Self.run()
    try scratch.write(
      HeatRecipe.text.replacing("{x:", with: "{z:").replacing("pi*x", with: "pi*z")
        .replacing("u_xx", with: "u_zz").replacing("\"x =", with: "\"z ="),
      to: "run/recipe.yaml")
    let outcome = try scratch.limbeck("evaluate", "run", "--at", "points.csv")
    #expect(outcome.status == 65)
    #expect(
      outcome.errors
        == "error: run/model.safetensors: the network's inputs and outputs are x, t, u, those of "
        + "the recipe z, t, u; put back the file that belongs to the run\n")
  }

  @Test(arguments: [("[6, 6]", "[6, 5]"), ("x: [0, 1]", "x: [0, 2]")])
  func `a recipe that was changed after the training is refused`(old: String, new: String) throws {
    let scratch = try Self.run()
    try scratch.write(HeatRecipe.replacing(old, with: new), to: "run/recipe.yaml")
    let outcome = try scratch.limbeck("evaluate", "run", "--at", "points.csv")
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.hasPrefix(
        "error: run/model.safetensors: this is a network of kind mlp, hidden [6, 6], tanh, "
          + "on [0, 1] × [0, 1], and the recipe beside it has "))
    #expect(outcome.errors.hasSuffix("train again\n"))
  }

  @Test(arguments: [
    (["--at", "none.csv"], 66, "none.csv: no such file or directory; check the path"),
    (
      ["--at", "points.csv", "--fields", "u_x,u_x"], 65,
      "'u_x' is asked for twice; name each field once"
    ),
    (
      ["--at", "points.csv", "--fields", "u,u_z"], 65,
      "'u_z' is neither an unknown (u) nor a derivative of one by x, t up to order 4, such as u_x"
    ),
    (
      ["--at", "other.csv"], 65,
      "other.csv: there is no column for the variable 't'; found are x, s"
    ),
    (
      ["--at", "points.csv", "--out", "other.csv"], 74,
      "other.csv: the file exists; choose another with --out or replace it with --force"
    ),
  ])
  func `what cannot be evaluated is refused`(
    options: [String], status: Int32, sentence: String
  ) throws {
    let scratch = try Self.run()
    try scratch.write("x,s\n0,0\n", to: "other.csv")
    let outcome = try CommandLineTool.run(["evaluate", "run"] + options, in: scratch.url)
    #expect(outcome.status == status)
    #expect(outcome.errors == "error: \(sentence)\n")
    #expect(outcome.output.isEmpty)
    #expect(try scratch.read("other.csv").count == 8)
  }

  /// A directory with a short training in `run` and two points.
  private static func run() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write(HeatRecipe.text, to: "r.yaml")
    try scratch.write("x,t\n0,0\n0.5,1\n", to: "points.csv")
    try #require(scratch.limbeck("train", "r.yaml", "--steps", "1", "--out", "run").status == 0)
    return scratch
  }

  /// A safetensors file with this header and no data.
  private static func file(_ header: String) -> [UInt8] {
    [UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(header.utf8)
  }
}

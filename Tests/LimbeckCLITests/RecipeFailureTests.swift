import Testing

@Suite("Recipes that cannot be used")
struct RecipeFailureTests {
  @Test(
    arguments: [
      .recipe(
        "malformed YAML", replacing: "unknowns: [u]", with: "unknowns: [u",
        "4: not readable as YAML: did not find expected ',' or ']' (column 13)"),
      .recipe("empty", "", "1: the recipe is empty; it needs at least 'problem:'"),
      .recipe(
        "unknown key", replacing: "network:", with: "netwrok:",
        "11: unknown key 'netwrok' in the recipe; did you mean 'network'?"),
      .recipe(
        "wrong type", replacing: "unknowns: [u]", with: "unknowns: u",
        "3: problem.unknowns is 'u', expected a list of unknowns"),
      .recipe(
        "unknown function", replacing: "u_t - alpha*u_xx", with: "u_t - alpha*sinn(u)",
        "5: equation 1, column 13: unknown function 'sinn', did you mean 'sin'?"),
      .recipe(
        "unknown variable", replacing: "u_t - alpha*u_xx", with: "u_t - alphaa*u_xx",
        "5: equation 1, column 7: unknown name 'alphaa', did you mean 'alpha'?"),
      .recipe(
        "equation without the unknown", replacing: "u_t - alpha*u_xx", with: "alpha*sin(x)",
        "5: equation 1 contains no unknown; expected u"),
      .recipe(
        "condition outside the domain", replacing: "x = 1", with: "x = 1.5",
        "9: condition 3 holds at 'x = 1.5', which is outside the domain: "
          + "x from 0.0 to 1.0, t from 0.0 to 1.0"),
      .recipe(
        "interval of no width", replacing: "t: [0, 1]", with: "t: [1, 1]",
        "2: the interval of 't' is [1.0, 1.0]; the upper end must be greater than the lower"),
      .recipe(
        "negative number of points", replacing: "interior: 100", with: "interior: -100",
        "12: training.points.interior is '-100', expected an integer from 1 to 10000000"),
      .recipe(
        "absurd width", replacing: "[6, 6]", with: "[6, 1000000000000000]",
        "11: network.hidden[2] is '1000000000000000', expected an integer from 1 to 65536"),
      .recipe(
        "unknown optimiser", replacing: "steps: 20", with: "optimizer: adm",
        "12: training.optimizer is 'adm'; did you mean 'adam'?"),
    ] as [BadInput])
  func `the sentence names the line`(input: BadInput) throws {
    #expect(try input.outcome() == input.refusal)
    #expect(input.sentence.split(separator: "\n").count <= 2)
  }

  @Test(arguments: [
    BadInput(
      name: "missing recipe", arguments: ["run", "none.yaml"], status: 66,
      sentence: "none.yaml: no such file or directory; check the path"),
    BadInput(
      name: "recipe is a directory", arguments: ["run", "."], status: 66,
      sentence: ".: cannot read it: Is a directory"),
    BadInput(
      name: "unknown grammar",
      files: ["r.yaml": Array(HeatRecipe.replacing("separable", with: "seperable").utf8)],
      arguments: ["run", "r.yaml"], status: 66,
      sentence: "'seperable' is neither a shipped grammar nor a file; did you mean 'separable'?"),
    BadInput(
      name: "missing measurements",
      files: [
        "r.yaml": Array(
          HeatRecipe.replacing("  exact:", with: "  data: {file: m.csv}\n  exact:").utf8)
      ],
      arguments: ["train", "r.yaml"], status: 66,
      sentence: "$PWD/m.csv: no such file or directory; check the path"),
    BadInput(
      name: "measurements with NaN",
      files: [
        "r.yaml": Array(
          HeatRecipe.replacing("  exact:", with: "  data: {file: m.csv}\n  exact:").utf8),
        "m.csv": Array("x,t,u\n0,0,1\n0,1,NaN\n".utf8),
      ],
      arguments: ["train", "r.yaml"], status: 65,
      sentence: "$PWD/m.csv:3: field 3 is NaN; remove the line or repair it"),
    BadInput(
      name: "diverging training", files: ["r.yaml": Array(HeatRecipe.diverging.utf8)],
      arguments: ["train", "r.yaml"], status: 70,
      sentence: "training diverged at step 0: equation 1 is not finite;\n"
        + "check the recipe's formulas for poles in the domain, or lower the learning rate"),
    BadInput(
      name: "nothing to resume", files: ["r.yaml": Array(HeatRecipe.text.utf8)],
      arguments: ["train", "r.yaml", "--resume", "--out", "none"], status: 66,
      sentence: "none: no such file or directory; check the path"),
  ])
  func `the sentence names the file`(input: BadInput) throws {
    #expect(try input.outcome() == input.refusal)
    #expect(input.sentence.split(separator: "\n").count <= 2)
  }
}

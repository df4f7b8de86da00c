import Foundation
import Networks
import PINN
import RunStore
import Symbolic
import Tensors
import Testing

@Suite("Refusing recipes")
struct RecipeErrorTests {
  @Test(arguments: [
    ("network:", "netwrok:", "11: unknown key 'netwrok' in the recipe; did you mean 'network'?"),
    (
      "{time: 10}", "{time: 10, sead: 1}",
      "12: unknown key 'sead' in training; did you mean 'seed'?"
    ),
    (
      "{hidden: [16, 16]}", "{width: 1}",
      "11: unknown key 'width' in network; known are kind, hidden, activation, features, sigma, "
        + "omega, tokens, factorized, periodic"
    ),
    (
      "{hidden: [16, 16]}", "{omega: 10}",
      "11: network.omega has no meaning for the kind 'mlp'; it belongs to siren"
    ),
    (
      "{hidden: [16, 16]}", "{kind: siren, activation: tanh}",
      "11: network.activation has no meaning for the kind 'siren'; it belongs to mlp, fourier, "
        + "modified-mlp, modified-fourier, piratenet, attention"
    ),
    (
      "{hidden: [16, 16]}", "{kind: pirate}",
      "11: network.kind is 'pirate'; known are mlp, fourier, modified-mlp, modified-fourier, siren, "
        + "piratenet, attention"
    ),
    (
      "{hidden: [16, 16]}", "{kind: modified-mlp, hidden: [16, 8]}",
      "11: network.hidden is [16, 8], expected layers of one width, since gates join each layer with "
        + "the same two (kind 'modified-mlp')"
    ),
    (
      "{hidden: [16, 16]}", "{kind: piratenet, features: 4}",
      "11: network.features is 4, expected 16, half the width of the layers, which the features pass "
        + "around (kind 'piratenet')"
    ),
    (
      "{hidden: [16, 16]}", "{activation: [tanh, sin, sin]}",
      "11: network.activation is a list of 3, expected one activation for each of the 2 hidden "
        + "layers, or a single one"
    ),
    (
      "{hidden: [16, 16]}", "{periodic: {y: 1}}",
      "11: unknown key 'y' in network.periodic; known are x, t"
    ),
    (
      "{hidden: [16, 16]}", "{kind: fourier, sigma: [1, -2]}",
      "11: network.sigma[2] is '-2', expected a number greater than 0"
    ),
    ("  unknowns: [u]\n", "", "2: problem needs the key 'unknowns'; add 'unknowns:' to it"),
    ("[16, 16]", "wide", "11: network.hidden is 'wide', expected a list of layer widths"),
    ("[16, 16]", "[]", "11: network.hidden is a list of 0, expected 1 to 64 layer widths"),
    ("[16, 16]", "[16, -1]", "11: network.hidden[2] is '-1', expected an integer from 1 to 65536"),
    ("[16, 16]", "[1.5]", "11: network.hidden[1] is '1.5', expected an integer"),
    (
      "[16, 16]", "[99999999999]",
      "11: network.hidden[1] is '99999999999', expected an integer from 1 to 65536"
    ),
    (
      "hidden: [16, 16]", "activation: tanhh",
      "11: network.activation is 'tanhh'; did you mean 'tanh'?"
    ),
    ("time: 10", "time: soon", "12: training.time is 'soon', expected a number"),
    ("time: 10", "time: -1", "12: training.time is '-1', expected a number greater than 0"),
    ("time: 10", "time: [1]", "12: training.time is a list, expected a number"),
    ("time: 10", "time: 1/0", "12: training.time is '1/0', expected a finite number"),
    ("time: 10", "points: 100", "12: training.points is '100', expected a map of keys"),
    (
      "time: 10", "points: {interior: 1e12}",
      "12: training.points.interior is '1e12', expected an integer from 1 to 10000000"
    ),
    (
      "time: 10", "seed: -1",
      "12: training.seed is '-1', expected an integer from 0 to 9223372036854775807"
    ),
  ])
  func `settings are checked`(old: String, new: String, expected: String) {
    #expect(sentence(old, new) == expected)
  }

  @Test(arguments: [
    (
      "x: [0, 1]", "x: [1, 1]",
      "2: the interval of 'x' is [1.0, 1.0]; the upper end must be greater than the lower"
    ),
    (
      "x: [0, 1]", "x: [1, 0]",
      "2: the interval of 'x' is [1.0, 0.0]; the upper end must be greater than the lower"
    ),
    ("x: [0, 1]", "x: [0, nan]", "2: problem.variables.x is 'nan', expected a finite number"),
    ("x: [0, 1]", "x: [0, .inf]", "2: problem.variables.x is '.inf', expected a number"),
    (
      "x: [0, 1]", "x: [0, 2**]",
      "2: problem.variables.x, column 4: found the end, expected a number, a name or '('"
    ),
    (
      "x: [0, 1]", "x: [0]", "2: problem.variables.x is a list, expected an interval such as [0, 1]"
    ),
    (
      "{x: [0, 1], t: [0, 1]}", "{}",
      "2: problem.variables is a map of keys, expected at least one variable"
    ),
    ("[u]", "[u, x]", "3: 'x' names two things; rename one"),
    ("[u]", "[u, u]", "3: 'u' names two things; rename one"),
    ("[u]", "[u, 2v]", "3: '2v' cannot be a name: it needs a letter, then letters, digits and '_'"),
    ("[u]", "[u, sin]", "3: 'sin' cannot be a name: formulas know it already"),
    ("[u]", "[u, u_x]", "3: 'u_x' cannot be a name: equations would read it as a derivative"),
    (
      "{alpha: 0.01}", "{alpha: {value: 1, trainable: 2}}",
      "4: problem.parameters.alpha.trainable is '2', expected true or false"
    ),
    (
      "{alpha: 0.01}", "{alpha: {trainable: true}}",
      "4: problem.parameters.alpha needs the key 'value'; add 'value:' to it"
    ),
    ("{alpha: 0.01}", "{alpha: 1, alpha: 2}", "4: a map has the key 'alpha' twice; remove one"),
  ])
  func `names and intervals are checked`(old: String, new: String, expected: String) {
    #expect(sentence(old, new) == expected)
  }

  @Test(arguments: [
    (
      "u_t - alpha*u_xx", "u_t - alpa*u_xx",
      "5: equation 1, column 7: unknown name 'alpa', did you mean 'alpha'?"
    ),
    (
      "u_t - alpha*u_xx", "u_t - alpha*u_xy",
      "5: equation 1: 'u_xy' differentiates by 'xy', but the variables are x, t"
    ),
    (
      "u_t - alpha*u_xx", "u_t - u_xxxxx",
      "5: equation 1: 'u_xxxxx' has order 5; the highest is 4"
    ),
    ("u_t - alpha*u_xx", "alpha*x", "5: equation 1 contains no unknown; expected u"),
    (
      "u_t - alpha*u_xx", "u_t -",
      "5: equation 1, column 6: found the end, expected a number, a name or '('"
    ),
    (
      "[\"u_t - alpha*u_xx\"]", "[[u]]",
      "5: equation 1 is a list, expected a formula in quotes, such as \"u_t - u_xx\""
    ),
    ("u - sin(pi*x)", "sin(pi*x)", "7: condition 1 contains no unknown; expected u"),
    (
      "u - sin(pi*x)", "u - sine(pi*x)",
      "7: condition 1, column 5: unknown function 'sine', did you mean 'sin'?"
    ),
    (
      "{u: \"sin(pi*x)*exp", "{u: \"u*exp",
      "10: the exact solution of 'u', column 1: unknown name 'u', expected one of: alpha, t, x"
    ),
    (
      "exact: {u:", "exact: {w:",
      "10: unknown key 'w' in problem.exact; known are u"
    ),
  ])
  func `formulas are checked`(old: String, new: String, expected: String) {
    #expect(sentence(old, new) == expected)
  }

  @Test(arguments: [
    (
      "x = 0\"", "x = -1\"",
      "8: condition 2 holds at 'x = -1', which is outside the domain: x from 0.0 to 1.0, t from 0.0 to 1.0"
    ),
    (
      "x = 0\"", "0.5 < x < 1.5\"",
      "8: condition 2 holds at '0.5 < x < 1.5', which is outside the domain: x from 0.0 to 1.0, t from 0.0 to 1.0"
    ),
    (
      "x = 0\"", "0.5 < x > 0.1\"",
      "8: condition 2 holds at '0.5 < x > 0.1', expected a boundary such as \"x = 0\""
    ),
    (
      "x = 0\"", "boundry\"",
      "8: condition 2 holds at 'boundry', which is no boundary; did you mean 'boundary'?"
    ),
    (
      "equation: \"u\"}\n    - {at: \"x = 1", "periodic_with: \"t = 1\"}\n    - {at: \"x = 1",
      "8: condition 2 has the period 't = 1'; expected other values of the variables in 'x = 0'"
    ),
    (
      "x = 0\", equation: \"u\"", "0.1 < x < 0.2\", equation: \"u_n\"",
      "8: condition 2: 'u_n' differentiates by 'n', but the variables are x, t"
    ),
    (
      "x = 0\"", "y = 0\"",
      "8: the location of condition 2, column 1: unknown name 'y', expected one of: t, x"
    ),
    (
      "x = 0\"", "x = 0, x = 1\"",
      "8: condition 2 holds at 'x = 0, x = 1', expected a boundary such as \"x = 0\""
    ),
    (
      "{at: \"x = 0\", equation: \"u\"}", "{at: \"x = 0\"}",
      "8: condition 2 needs the key 'equation'; add 'equation:' to it"
    ),
  ])
  func `conditions must lie in the domain`(old: String, new: String, expected: String) {
    #expect(sentence(old, new) == expected)
  }

  @Test(arguments: [
    (
      "{a: {disc: {center: {x: 0.5}, radius: 1}}}",
      "3: the shape 'a' needs a centre of two or three variables"
    ),
    (
      "{a: {disc: {center: {x: 0.5, t: 0.5}, radius: 1}}}",
      "3: the shape 'a' reaches from -0.5 to 1.5, beyond the interval [0.0, 1.0] of 'x'"
    ),
    (
      "{a: {annulus: {center: {x: 0.5, t: 0.5}, radii: [0.5, 0.2]}}}",
      "3: the shape 'a' needs radii [inner, outer] with 0 < inner < outer"
    ),
    (
      "{a: {polygon: {x: [0, 1], t: [0, 1]}}}",
      "3: the shape 'a' needs three vertices or more, each other than the next"
    ),
    (
      "{a: {box: {x: [0, 1], t: [0, 1]}}, b: {box: {x: [0, 1]}}}",
      "3: the shape 'b' must have the variables x, t"
    ),
    (
      "{a: {box: {x: [0, 1], t: [0, 1]}}, shape: a/b}",
      "3: the domain is 'a/b', expected shapes (a) put together by +, - and *"
    ),
    ("{a: {}}", "3: the shape 'a' needs one of box, disc, ball, annulus and polygon"),
    ("{boundary: {}}", "3: 'boundary' cannot be a name: a shape needs a name of its own"),
  ])
  func `shapes must enclose something`(domain: String, expected: String) {
    #expect(sentence("  unknowns", "  domain: \(domain)\n  unknowns") == expected)
  }

  @Test(arguments: [
    ("{f: 1}", "3: 'f' cannot be defined; expected a new name and its arguments, such as \"f(x)\""),
    (
      "{\"f(a, a)\": 1}",
      "3: 'f(a, a)' cannot be defined; expected a new name and its arguments, such as \"f(x)\""
    ),
    (
      "{\"sin(a)\": 1}",
      "3: 'sin(a)' cannot be defined; expected a new name and its arguments, such as \"f(x)\""
    ),
    (
      "{f(a): b}",
      "3: the function 'f', column 1: unknown name 'b', expected one of: a, alpha, t, x"
    ),
    ("{u(a): a}", "3: 'u' names two things; rename one"),
  ])
  func `functions are checked`(functions: String, expected: String) {
    #expect(sentence("  unknowns", "  functions: \(functions)\n  unknowns") == expected)
  }

  @Test func `what is compared with contains no trained parameter`() {
    let text = heatRecipe.replacing("alpha: 0.01", with: "alpha: {value: 1, trainable: true}")
    #expect(
      sentence(text)
        == "10: the exact solution of 'u' contains 'alpha', which is trained; write a number instead"
    )
  }

  @Test func `something must determine the solution`() {
    let text = """
      problem:
        variables: {x: [0, 1]}
        unknowns: [u]
        equations: [u_x]
      """
    #expect(
      sentence(text) == "2: neither conditions nor data determine the solution; "
        + "add 'conditions:' to the problem")
  }

  @Test func `a name that can be read in two ways is refused`() {
    let text = """
      problem:
        variables: {x: [0, 1], xx: [0, 1]}
        unknowns: [u]
        equations: [u_xxx]
        conditions: [{at: "x = 0", equation: u}]
      """
    #expect(
      sentence(text) == "4: equation 1: 'u_xxx' can be read as two different derivatives; "
        + "rename a variable")
  }

  @Test func `what is not YAML names the line`() {
    #expect(sentence("") == "1: the recipe is empty; it needs at least 'problem:'")
    #expect(sentence("just text") == "1: the recipe is 'just text', expected a map of keys")
    #expect(
      sentence("{alpha: 0.01}", "{alpha: 0.01")?.hasPrefix("5: not readable as YAML: ") == true)
    // Nesting that would exhaust the stack of a careless reader.
    #expect(sentence(String(repeating: "[", count: 100_000))?.contains("not readable") == true)
  }

  @Test func `files that are missing or no text are told apart`() throws {
    let missing = #expect(throws: RecipeError.self) { try Recipe(contentsOf: "/nowhere/r.yaml") }
    #expect(missing?.kind == .notFound)
    let path = NSTemporaryDirectory() + "limbeck-\(UUID().uuidString).bin"
    try AtomicFile.write([0xFF, 0xFE, 0x80], to: path)
    defer { try? FileSystem.remove(path) }
    let binary = #expect(throws: RecipeError.self) { try Recipe(contentsOf: path) }
    #expect(binary?.kind == .malformed)
    #expect(binary?.description == "\(path):1: not readable as YAML: it is not UTF-8 text")
  }

  @Test func `no damaged recipe traps`() {
    var state: UInt64 = 1
    func random(_ count: Int) -> Int {
      // Knuth's linear congruential generator: any fixed sequence will do.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let characters = Array(heatRecipe)
    let replacements = Array("[]{}:,\"'#-=_ \nux10*&!|>")
    for count in 0..<characters.count { _ = sentence(String(characters.prefix(count))) }
    for _ in 0..<2000 {
      var changed = characters
      for _ in 0...random(3) {
        changed[random(changed.count)] = replacements[random(replacements.count)]
      }
      guard let recipe = try? Recipe(parsing: String(changed)) else { continue }
      // What is accepted must also survive being written.
      #expect(throws: Never.self) { try Recipe(parsing: recipe.yaml) }
    }
  }
}

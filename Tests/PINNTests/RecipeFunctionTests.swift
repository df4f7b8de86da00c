import PINN
import Symbolic
import Testing

@Suite("Functions of recipes")
struct RecipeFunctionTests {
  @Test func `a call stands for the function's body`() throws {
    let problem = try Recipe(
      parsing: """
        problem:
          variables: {x: [0, 1], t: [0, 1]}
          unknowns: [u]
          parameters: {k: 2}
          functions:
            rate(s): "k/(1 + exp(-s))"
            "flux(x, w)": "rate(x)*w + erf(x) + j0(t)"
          equations: ["u_t - flux(u, u_x)"]
          conditions: [{at: "t = 0", equation: "u - rate(x)"}]
          exact: {u: "rate(t)"}
        """
    ).problem
    let expected = try Expression(parsing: "u_t - (k/(1 + exp(-u))*u_x + erf(u) + j0(t))")
    #expect(problem.equations[0] == expected)
    #expect(problem.exact[0] == (try Expression(parsing: "k/(1 + exp(-t))")))
    #expect(problem.conditions[0].equation == (try Expression(parsing: "u - k/(1 + exp(-x))")))
  }

  @Test func `a call with other than its arguments is refused`() {
    let text = heatRecipe.replacing(
      "  equations:", with: "  functions: {f(a): a^2}\n  equations:"
    ).replacing("alpha*u_xx", with: "f(x, t)")
    #expect(sentence(text) == "6: equation 1, column 7: 'f' takes 1 argument, found 2")
  }
}

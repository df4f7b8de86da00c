import PINN
import Testing

@Suite("Manufactured solutions")
struct ManufacturedSolutionTests {
  @Test(arguments: ManufacturedProblem.all)
  func `a short training comes close to the chosen solution`(_ problem: ManufacturedProblem) throws
  {
    let recipe = try problem.recipe()
    let forms = Dictionary(
      uniqueKeysWithValues: zip(recipe.problem.unknowns, recipe.problem.exact)
        .compactMap { name, form in form.map { (name, $0) } })
    let check = try #require(SolutionCheck(of: forms, in: recipe.problem, side: 10))
    // Sources are of order 10; what is left is their rounding.
    #expect(try #require(check.totalRMS) < 1e-12)

    let trainer = try Trainer(recipe, threads: 2)
    _ = try trainer.run()
    for (_, error) in trainer.summary(.steps).relativeL2 {
      #expect(try #require(error) < problem.bound)
    }
  }

  @Test(arguments: ManufacturedProblem.all)
  func `the recipe reads back as it was written`(_ problem: ManufacturedProblem) throws {
    let recipe = try problem.recipe()
    #expect(try Recipe(parsing: recipe.yaml) == recipe)
  }
}

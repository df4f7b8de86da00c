import Foundation
import PINN
import Testing

@Suite("Example recipes")
struct ExampleRecipeTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Examples")

  /// Every recipe under Examples, by its path there.
  private static let paths: [String] = {
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return (files ?? []).filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  /// Recipes that forty steps with few points say nothing about, and what is asked of them instead:
  /// fronts that form later, and waves of many periods.
  private static let hard: [String: Double] = [
    "allen-cahn": 1.1, "burgers-shock": 0.5, "klein-gordon": 0.8, "schrodinger": 1.5,
    "kovasznay": 0.5, "lotka-volterra": 0.5, "hodgkin-huxley": 0.2,
    // Noise of the data.
    "precipitation": 0.1,
    // First-order methods.
    "poisson/original.yaml": 0.5, "studies/chord.yaml": 1.5, "studies/chord-fourier.yaml": 1.5,
  ]

  @Test func `there are recipes`() {
    #expect(Self.paths.count >= 20)
  }

  @Test(arguments: paths)
  func `a recipe begins with what it shows, reads, looks well-posed and trains`(path: String) throws
  {
    let file = Self.folder.appendingPathComponent(path).path
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    #expect(lines[0].hasPrefix("# ") && lines[1].hasPrefix("#"))
    var recipe = try Recipe(contentsOf: file)
    #expect(recipe.problem.warnings == [])
    #expect(
      recipe.problem.reference != nil || recipe.problem.data?.split != nil
        || recipe.problem.exact.contains { $0 != nil })
    #expect(try Recipe(parsing: recipe.yaml) == recipe)
    recipe.training.interiorPoints = min(recipe.training.interiorPoints, 300)
    recipe.training.conditionPoints = min(recipe.training.conditionPoints, 60)
    recipe.training.validation = 12
    recipe.training.time = nil
    recipe.training.steps = recipe.training.precision == .single ? 2000 : 40
    recipe.network.hidden = [12, 12]
    let trainer = try Trainer(recipe, threads: 2)
    _ = try trainer.run()
    let bound = Self.hard[path] ?? Self.hard[path.components(separatedBy: "/")[0]] ?? 0.05
    let summary = trainer.summary(.steps)
    if let accuracy = summary.accuracy {
      // Two thirds of the rows are of one class.
      #expect(accuracy > 0.9)
    } else {
      for (_, error) in summary.relativeL2 { #expect(try #require(error) < bound) }
    }
  }
}

import Networks
import Symbolic
import Tensors
import Testing

@testable import Interpretability
@testable import PINN

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite("The order of learning")
struct LearningOrderTests {
  private static func recipe() throws -> Recipe {
    try Recipe(
      parsing: """
        problem:
          variables: {x: [0, 1]}
          unknowns: [u]
          equations: ["u_xx + pi^2*sin(pi*x) + 4*pi^2*sin(4*pi*x)"]
          conditions:
            - {at: "x = 0", equation: "u"}
            - {at: "x = 1", equation: "u"}
          exact: {u: "sin(pi*x) + sin(4*pi*x)/4"}
        network: {hidden: [12, 12]}
        training: {optimizer: adam, steps: 40, points: {interior: 64, conditions: 8}, seed: 2}
        """)
  }

  private static func start(_ recipe: Recipe) throws -> TrainedNetwork {
    try Trainer(recipe, threads: 1).solution
  }

  @Test("a little gradient flow of the kernel is a little gradient descent of the network")
  func flow() throws {
    let recipe = try Self.recipe()
    let solution = try Self.start(recipe)
    let grid = try SpectrumGrid(recipe.problem, rows: 64)
    let kernel = try TangentKernel(of: solution, trainedBy: recipe, on: grid, threads: 1)
    let system: ResidualSystem<Double> = try recipe.makeSystem(
      RandomStream(seed: 2), threads: 1, sampler: .sobol, measurements: nil)
    let (_, gradient) = system.gradient(at: solution.parameters)
    // The time unit is the inverse of the largest rate, that of the residuals' kernel.
    let rate = try #require(
      try SingularValueDecomposition(system.transposedJacobian(at: solution.parameters).jacobian)
        .values.first)
    let time = 1e-6
    let step = time / (rate * rate)
    let moved = solution.with(zip(solution.parameters, gradient).map { $0 - step * $1 })
    let problem = recipe.problem
    let expected = zip(
      grid.solution(moved, in: problem, threads: 1),
      grid.solution(solution, in: problem, threads: 1)
    ).map { $0 - $1 }
    let found = zip(kernel.trained(for: time), kernel.values).map { $0 - $1 }
    let size = expected.reduce(0) { max($0, abs($1)) }
    // Terms of second order in the step are 1e-6 of the first, and so is rounding of the difference.
    for (left, right) in zip(found, expected) { #expect(abs(left - right) < 1e-4 * size) }
  }

  @Test("a fit reaches its values, those of large eigenvalues first")
  func fit() throws {
    let recipe = try Self.recipe()
    let grid = try SpectrumGrid(recipe.problem, rows: 64)
    let kernel = try TangentKernel(
      of: Self.start(recipe), trainedBy: recipe, on: grid, threads: 1)
    // An error along one eigenvector falls as its eigenvalue says, and stays along it.
    for index in [0, 2] {
      let direction = Array(kernel.eigenvectors.row(index).prefix(kernel.values.count))
      let truth = zip(kernel.values, direction).map { $0 - $1 }
      let left = zip(kernel.fitted(to: truth, for: 3), truth).map { $0 - $1 }
      let factor = exp(-3 * kernel.eigenvalues[index] / kernel.eigenvalues[0])
      // Eigenvectors to a few roundings over the gaps between eigenvalues.
      for (a, b) in zip(left, direction) { #expect(abs(a - factor * b) < 1e-9) }
      #expect(abs(try #require(kernel.alignment(with: truth, count: index + 1)) - 1) < 1e-9)
    }
  }

  @Test("weights that were kept show how frequencies were learned")
  func snapshots() throws {
    let recipe = try Self.recipe()
    let trainer = try Trainer(recipe, threads: 1)
    var snapshots = WeightSnapshots(limit: 12)
    _ = try trainer.run(shouldStop: {
      snapshots.take(trainer.checkpoint)
      return false
    })
    snapshots.end(with: trainer.checkpoint)
    #expect(snapshots.snapshots.count == 12)
    #expect(snapshots.snapshots.first?.step == 0 && snapshots.snapshots.last?.step == 40)
    let spectrum = try TrainingSpectrum(
      trainer.solution, snapshots, solving: recipe.problem, rows: 256, threads: 1)
    #expect(spectrum.isExact)
    // sin πx is half a period, which the window spreads over 0 and 1; sin 4πx two periods.
    #expect(spectrum.frequencies.contains(1) && spectrum.frequencies.contains(2))
    #expect(spectrum.moments.map(\.step) == snapshots.snapshots.map(\.step))
    let order = try LearningOrder(
      spectrum, trainer.solution, snapshots, trainedBy: recipe, factors: [1, 4], threads: 1)
    // Under gradient flow low frequencies come first, in a fit at any rate.
    let times = order.frequencies.compactMap(\.fitPredicted)
    #expect(times.count > 1 && times == times.sorted())
    // Steeper first layers have higher frequencies.
    #expect(order.rescalings.map(\.factor) == [1, 4])
    #expect(order.rescalings[0].layerFrequencies[0] < order.rescalings[1].layerFrequencies[0])
  }

  @Test("networks with rescaled first layers are trained as the recipe says")
  func retraining() throws {
    let recipe = try Self.recipe()
    let trainer = try Trainer(recipe, threads: 1)
    let snapshots = try WeightSnapshots(training: trainer, limit: 20)
    let spectrum = try TrainingSpectrum(
      trainer.solution, snapshots, solving: recipe.problem, threads: 1)
    var order = try LearningOrder(
      spectrum, trainer.solution, snapshots, trainedBy: recipe, factors: [1, 3], threads: 1)
    #expect(order.rescalings.allSatisfy { $0.training == nil })
    #expect(order.rescalingAgreement.loss == nil)
    var factors: [Double] = []
    try order.retrain(trainer.solution, snapshots, trainedBy: recipe, threads: 1) {
      factors.append($0)
    }
    #expect(factors == [1, 3])
    // A factor of 1 is the same training again, to the bit.
    let last = try #require(spectrum.moments.last)
    let same = try #require(order.rescalings[0].training)
    #expect(same.steps == order.frequencies.map(\.step))
    #expect(
      same.errors
        == order.frequencies.map { last.errors[$0.frequency] / spectrum.reference[$0.frequency] })

    // The other one is a training from weights that are multiplied by hand.
    let other = try Trainer(recipe, threads: 1)
    var weights = snapshots.snapshots[0].parameters
    for place in 0..<12 { weights[place] *= 3 }
    other.start(at: weights)
    let seen = try TrainingSpectrum(
      trainer.solution, try WeightSnapshots(training: other, limit: 20), solving: recipe.problem,
      threads: 1)
    let expected = try #require(seen.moments.last)
    let found = try #require(order.rescalings[1].training)
    #expect(
      found.errors
        == order.frequencies.map { expected.errors[$0.frequency] / seen.reference[$0.frequency] })
    #expect(found.errors != same.errors)
    #expect(other.network.tensors[0].name == "layer0.weight")
    #expect(other.network.tensors[0].range == 0..<12)
  }

  @Test("ranks are correlated with ties and infinities")
  func ranks() throws {
    #expect(RankCorrelation.spearman([1, 2, 3, 4], [10, 20, 30, .infinity]) == 1)
    #expect(RankCorrelation.spearman([1, 2, 3], [3, 2, 1]) == -1)
    #expect(RankCorrelation.spearman([1, 2, 3], [5, 5, 5]) == nil)
    #expect(RankCorrelation.spearman([1, 2], [1, 2]) == nil)
    // Ranks 1 2½ 2½ 4 against 1 2 3 4: covariance 4.5/4, variances 4.5/4 and 5/4.
    let tied = try #require(RankCorrelation.spearman([1, 2, 2, 4], [1, 2, 3, 4]))
    #expect(abs(tied - (4.5 / 5).squareRoot()) < 1e-15)
  }

  @Test("a neuron that is a sine has its frequency")
  func neurons() throws {
    let network = Network(
      hidden: [2], outputs: 1, activation: .sin, lower: [0], upper: [1])
    // x runs from −1 to 1: slopes of 3π and 6π are 3 and 6 periods.
    let solution = TrainedNetwork(
      network: network, parameters: [3 * .pi, 6 * .pi, 0, 0, 1, 1, 0], variables: ["x"],
      unknowns: ["u"])
    let spectra = try LayerSpectrum.spectra(
      of: solution, solving: Self.recipe().problem, rows: 256, threads: 1)
    #expect(spectra.map(\.neuron) == [nil, 0, 1])
    // Hann's window spreads a line evenly over its neighbours.
    #expect(abs(spectra[1].meanFrequency - 3) < 0.05)
    #expect(abs(spectra[2].meanFrequency - 6) < 0.05)
    #expect(abs(spectra[0].meanFrequency - 4.5) < 0.05)
  }
}

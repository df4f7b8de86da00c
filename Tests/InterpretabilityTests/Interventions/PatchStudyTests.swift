import Interpretability
import Networks
import PINN
import Tensors
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite("Patching between networks and inputs")
struct PatchStudyTests {
  private static func problem() throws -> Problem {
    try Recipe(
      parsing: """
        problem:
          variables: {x: [-1, 1]}
          unknowns: [u]
          equations: ["u_x"]
          conditions:
            - {at: "x = 0", equation: "u"}
        """
    ).problem
  }

  /// `u = 2 tanh(x) − tanh(y)`, `y = a tanh(x) + tanh(2x)`: two neurons, then two more.
  private static func solution(
    _ first: [Double] = [1, 2], _ second: [Double] = [1, 0, 0.5, 1], hidden: [Int] = [2, 2]
  ) -> TrainedNetwork {
    let network = Network(hidden: hidden, outputs: 1, lower: [-1], upper: [1])
    return TrainedNetwork(
      network: network, parameters: first + [0, 0] + second + [0, 0] + [2, -1, 0],
      variables: ["x"], unknowns: ["u"])
  }

  @Test("what the two have in common neither harms nor restores")
  func neurons() throws {
    // The second neuron of the first layer differs, and only the second of the next listens to it.
    let study = try PatchStudy(
      Self.solution(), against: Self.solution([1, 3]), solving: Self.problem(), threads: 1)
    let sites = study.solution.network.sites
    let first = study.sweep(sites[0])
    #expect(first[0].harm == 0)
    #expect(abs(try #require(first[0].restored)) < 1e-12)
    #expect(abs(first[1].harm - 1) < 1e-12)
    #expect(abs(try #require(first[1].restored) - 1) < 1e-12)
    let second = study.sweep(sites[1])
    #expect(second[0].harm == 0 && abs(second[1].harm - 1) < 1e-12)
    // Everything passes through each layer.
    for layer in study.layers {
      #expect(abs(layer.harm - 1) < 1e-12)
      #expect(abs(try #require(layer.restored) - 1) < 1e-12)
    }
    let through = study.effect(along: [(sites[0], 1), (sites[1], 1)])
    #expect(abs(through.harm - 1) < 1e-12)
    #expect(through.place == "layer0.neuron1 > layer1.neuron1" && through.restored == nil)
    #expect(study.effect(along: [(sites[0], 1), (sites[1], 0)]).harm == 0)
    #expect(study.effect(along: [(sites[0], 0), (sites[1], 1)]).harm == 0)
  }

  @Test("a path has a part of its beginning's effect")
  func paths() throws {
    // Both neurons of the first layer differ; u hears of neuron 0 on two ways.
    let study = try PatchStudy(
      Self.solution(), against: Self.solution([1.5, 3]), solving: Self.problem(), rows: 201,
      threads: 1)
    let sites = study.solution.network.sites
    let grid = (0...200).map { -1 + Double($0) / 100 }
    func u(_ a: Double, _ b: Double) -> Double { 2 * tanh(a) - tanh(0.5 * a + b) }
    func norm(_ f: (Double) -> Double) -> Double {
      grid.reduce(0) { $0 + f($1) * f($1) }.squareRoot()
    }
    let whole = norm { u(tanh(1.5 * $0), tanh(3 * $0)) - u(tanh($0), tanh(2 * $0)) }
    let direct = norm { 2 * tanh(tanh(1.5 * $0)) - 2 * tanh(tanh($0)) } / whole
    let other =
      norm {
        tanh(0.5 * tanh(1.5 * $0) + tanh(2 * $0)) - tanh(0.5 * tanh($0) + tanh(2 * $0))
      } / whole
    #expect(abs(study.effect(along: [(sites[0], 0), (sites[1], 0)]).harm - direct) < 1e-12)
    #expect(abs(study.effect(along: [(sites[0], 0), (sites[1], 1)]).harm - other) < 1e-12)
  }

  @Test("moved inputs are patched like another network")
  func shift() throws {
    let shift = try PatchText.shift("x=0.2", in: Self.problem())
    let study = try PatchStudy(
      Self.solution(), shift: shift, solving: Self.problem(), rows: 101, threads: 1)
    let grid = (0...100).map { -1 + Double($0) / 50 }
    func u(_ a: Double, _ b: Double) -> Double { 2 * tanh(a) - tanh(0.5 * a + b) }
    func norm(_ f: (Double) -> Double) -> Double {
      grid.reduce(0) { $0 + f($1) * f($1) }.squareRoot()
    }
    let whole = norm { u(tanh($0 + 0.2), tanh(2 * ($0 + 0.2))) - u(tanh($0), tanh(2 * $0)) }
    let first = study.sweep(study.solution.network.sites[0])
    let harm = norm { u(tanh($0 + 0.2), tanh(2 * $0)) - u(tanh($0), tanh(2 * $0)) } / whole
    let left = norm { u(tanh($0), tanh(2 * ($0 + 0.2))) - u(tanh($0), tanh(2 * $0)) } / whole
    #expect(abs(first[0].harm - harm) < 1e-12)
    #expect(abs(try #require(first[0].restored) - (1 - left)) < 1e-12)
  }

  @Test("what is patched has derivatives: its equations and conditions are measured")
  func physics() throws {
    // The second neuron of the first layer alone differs: patched in it makes the other.
    let study = try PatchStudy(
      Self.solution(), against: Self.solution([1, 3]), solving: Self.problem(), rows: 201,
      threads: 2)
    let sites = study.solution.network.sites
    let own = Self.slope { ($0, 1, 2 * $0, 2) }
    let other = Self.slope { ($0, 1, 3 * $0, 3) }
    #expect(abs(try #require(study.baseline.residualRMS[0]) - own) < 1e-12)
    #expect(abs(try #require(study.otherBaseline?.residualRMS[0]) - other) < 1e-12)
    let effects = study.sweep(sites[0])
    #expect(abs(try #require(effects[0].patchedIn.residualRMS[0]) - own) < 1e-12)
    #expect(abs(try #require(effects[1].patchedIn.residualRMS[0]) - other) < 1e-12)
    #expect(abs(try #require(effects[1].patchedOut?.residualRMS[0]) - own) < 1e-12)
    let path = study.effect(along: [(sites[0], 1), (sites[1], 1)])
    #expect(abs(try #require(path.patchedIn.residualRMS[0]) - other) < 1e-12)
    #expect(path.patchedOut == nil)
  }

  @Test("conditions hear of moved inputs, and what is brought back has none")
  func movedPhysics() throws {
    let study = try PatchStudy(
      Self.solution(), shift: [0.2], solving: Self.problem(), rows: 201, threads: 1)
    let effect = study.sweep(study.solution.network.sites[0])[0]
    let slope = Self.slope { ($0 + 0.2, 1, 2 * $0, 2) }
    #expect(abs(try #require(effect.patchedIn.residualRMS[0]) - slope) < 1e-12)
    let atStart = 2 * tanh(tanh(0.2)) - tanh(0.5 * tanh(0.2))
    #expect(abs(try #require(effect.patchedIn.conditionRMS[0]) - atStart) < 1e-12)
    #expect(effect.patchedOut == nil && study.otherBaseline == nil && effect.restored != nil)
  }

  /// The rms over 201 points of the derivative of `2 tanh(a) − tanh(a/2 + b)` with a, b = tanh of what is
  /// given with its own derivative.
  private static func slope(
    _ inputs: (Double) -> (a: Double, da: Double, b: Double, db: Double)
  ) -> Double {
    func square(_ x: Double) -> Double { x * x }
    let squares = (0...200).map { index in
      let x = inputs(-1 + Double(index) / 100)
      let (a, b) = (tanh(x.a), tanh(x.b))
      let (da, db) = (x.da * (1 - a * a), x.db * (1 - b * b))
      return square(
        2 * da * (1 - square(tanh(a))) - (da / 2 + db) * (1 - square(tanh(a / 2 + b))))
    }
    return (squares.reduce(0, +) / 201).squareRoot()
  }

  @Test("what does not fit is refused in a sentence")
  func refusals() throws {
    let problem = try Self.problem()
    let wide = Network(hidden: [3], outputs: 1, lower: [-1], upper: [1])
    let other = TrainedNetwork(
      network: wide, parameters: Array(repeating: 0.1, count: wide.parameterCount),
      variables: ["x"], unknowns: ["u"])
    let error = #expect(throws: PatchError.self) {
      try PatchStudy(Self.solution(), against: other, solving: problem, threads: 1)
    }
    #expect(
      error?.description
        == "activations of 'mlp 3' do not fit into 'mlp 2 2'; patch runs of one architecture")
    #expect(throws: PatchError.noDifference) {
      try PatchStudy(Self.solution(), solving: problem, threads: 1)
    }
    #expect(throws: PatchError.self) { try PatchText.shift("y=1", in: problem) }
    #expect(throws: PatchError.self) {
      try PatchText.path("layer1.neuron0,layer0.neuron0", in: Self.solution())
    }
    #expect(throws: PatchError.self) {
      try PatchText.path("layer0.neuron2", in: Self.solution())
    }
    #expect(throws: ExtractionError.self) {
      try PatchText.path("layer4.neuron0", in: Self.solution())
    }
  }
}

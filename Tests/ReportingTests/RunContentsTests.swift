import Foundation
import RunStore
import Testing

import Reporting

@Suite("What figures read")
struct RunContentsTests {
  @Test func `a history has its curves by name`() throws {
    let history = try TrainingHistory(parsing: Samples.history, path: "h")
    #expect(history.steps.count == 200 && history.seconds.last == 20)
    #expect(history.terms.map(\.name) == ["equation 1", "condition 1"])
    #expect(history.errors.map(\.name) == ["u"])
    #expect(history.pace?.values.first == 0.5)
  }

  @Test func `a row that is still being written is left out`() throws {
    let text = "step,loss,relative_l2_u\n1,0.5,\n2,0.25,0.1\n3,0.1"
    let history = try TrainingHistory(parsing: Array(text.utf8), path: "h")
    #expect(history.steps == [1, 2])
    #expect(history.errors[0].values[0].isNaN, "what was not finite is an empty field")
  }

  @Test(arguments: [
    ("", "no header"), ("step,loss\n", "no rows with 'step' and 'loss'"),
    ("step,loss\n1,2\n3\n", "line 3 has 1 fields, the header 2"),
    ("step,loss\n1,x\n", "'x' in line 2 is no number"),
  ])
  func `damage to a history is named`(text: String, detail: String) {
    #expect(throws: ReportingError.malformed(path: "h.csv", detail: detail)) {
      try TrainingHistory(parsing: Array(text.utf8), path: "h.csv")
    }
  }

  @Test func `a front has its equations and what became of them`() throws {
    let front = try EquationFront(parsing: Samples.front, path: "f")
    #expect(front.entries.map(\.complexity) == [1, 5, 11])
    #expect(front.chosen?.check?.isExactSolution == true)
    #expect(front.entries[1].check == nil)
    #expect(front.chosen?.constants.first?.closedForm == "pi")
  }

  @Test(arguments: [
    ("{", "the JSON text ends too early, at byte 1"), ("{}", "'target' or 'front' is missing"),
    (#"{"target": "u", "front": [{}]}"#, "'front[0]' lacks 'complexity', 'loss' or 'equation'"),
    (#"{"target": "u", "front": [], "best": 0}"#, "'best' is no index into 'front'"),
  ])
  func `damage to a front is named`(text: String, detail: String) {
    #expect(throws: ReportingError.malformed(path: "e.json", detail: detail)) {
      try EquationFront(parsing: Array(text.utf8), path: "e.json")
    }
  }

  @Test func `probes of whole held-out cells come before those of samples`() throws {
    let probes = try ProbeResults(parsing: Samples.probes, path: "p")
    #expect(probes.rows.count == 7 && probes.strictest.count == 6)
    #expect(probes.rows[0].bounds == [0.999, 0.99999] && probes.rows[0].untrained == 0.5)
    #expect(probes.strictest[4].rSquared == nil && probes.strictest[4].bounds.isEmpty)
  }

  @Test(arguments: [
    ("", "no table: "), ("layer,target,split\n", "the column 'r2' is missing"),
    ("layer,target,split,r2\n", "no rows"),
    ("layer,target,split,r2\na,b,random,x\n", "'x' in column 'r2', row 1, is no number"),
  ])
  func `damage to probes is named`(text: String, detail: String) {
    #expect {
      try ProbeResults(parsing: Array(text.utf8), path: "p.csv")
    } throws: { error in
      "\(error)".hasPrefix("p.csv: \(detail)")
    }
  }

  @Test func `features are listed by how often they are active`() throws {
    let features = try Samples.features()
    #expect(features.live.map(\.index) == [2, 0, 3])
    #expect(features.features[0].equation?.contains("sin(2*pi*x), ") == false)
    #expect(features.features[0].equation?.hasPrefix("max(0, sin") == true, "quotes hold commas")
    #expect(features.features[3].field == nil && features.meanActive == 2.5)
  }

  @Test func `a run lists the layers that were taken apart`() throws {
    let folder = try RunFolder([
      .sparseAutoencoder(site: "layer1", .features): Samples.featureTable,
      .sparseAutoencoder(site: "layer0", .features): Samples.featureTable,
    ])
    #expect(try folder.results().features.map(\.site) == ["layer0", "layer1"])
  }

  @Test func `a circuit has the weights that are in it`() throws {
    let circuit = try CircuitResults(
      parsing: Samples.circuitSummary, edges: Samples.circuitEdges, path: "run")
    #expect(circuit.size == 3 && circuit.total == 5 && circuit.randomDamage == 0.9)
    #expect(circuit.graph.nodes.map(\.name) == ["t", "x", "neuron0", "u"])
    #expect(circuit.graph.edges.map(\.strength) == [0.9, 0.7, -0.2])
    #expect {
      try CircuitResults(parsing: Samples.circuitSummary, edges: [], path: "run")
    } throws: { error in
      "\(error)".hasPrefix("run/circuit-edges.csv: no table: ")
    }
  }

  @Test func `spectra over training have a column for each step`() throws {
    let history = try SpectrumHistory(parsing: Samples.learning, path: "s")
    #expect(history.steps == [0, 5, 50] && history.amplitudes[0] == [1, 1, 1])
    #expect(history.amplitudes[2][0] == exp(-5))
    let kernel = try KernelSpectrum(parsing: Samples.kernel, path: "k")
    #expect(kernel?.eigenvalues == [30, 2, 0.1])
    #expect(try KernelSpectrum(parsing: Array("{}".utf8), path: "k") == nil)
    #expect {
      try SpectrumHistory(parsing: Array("step,frequency,error\n1,0,2\n".utf8), path: "s")
    } throws: { error in
      "\(error)".contains("no spectra at two or more ascending steps")
    }
  }

  @Test func `distances pass over holes`() throws {
    let field = Samples.map
    let pairs = zip(field.network, try #require(field.reference)).filter { !$0.0.isNaN }
    let error = pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    let norm = pairs.reduce(0) { $0 + $1.1 * $1.1 }
    let distance = try #require(field.relativeL2(to: .reference))
    // Sums of a thousand terms in another order.
    #expect(abs(distance - (error / norm).squareRoot()) < 1e-12 * distance)
  }

  @Test func `grids run along their sides and stand still elsewhere`() {
    let grid = SamplingGrid(
      sides: [
        .init(name: "x", lower: 0, upper: 1, count: 3),
        .init(name: "y", lower: -1, upper: 1, count: 2),
      ], fixed: [.init(name: "z", value: 0.5)])
    #expect(grid.column("x") == [0, 0.5, 1, 0, 0.5, 1])
    #expect(grid.column("y") == [-1, -1, -1, 1, 1, 1])
    #expect(grid.column("z") == [0.5, 0.5, 0.5, 0.5, 0.5, 0.5])
    #expect(grid.column("w") == nil)
    #expect(grid.slice.plain == "z = 0.5")
  }
}

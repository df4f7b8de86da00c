import Foundation

import Reporting

/// Data for figures, made of formulas.
enum Samples {
  static let grid = SamplingGrid(
    sides: [
      .init(name: "x", lower: 0, upper: 1, count: 40),
      .init(name: "t", lower: 0, upper: 2, count: 30),
    ])

  static let line = SamplingGrid(sides: [.init(name: "t", lower: 0, upper: 10, count: 101)])

  /// A decaying half wave; the network errs by a millionth, and has no value in a corner.
  static let map = field(on: grid) { sin(.pi * $0[0]) * exp(-$0[1]) }

  /// A decaying oscillation.
  static let curve = field(on: line) { cos($0[0]) * exp(-$0[0] / 5) }

  /// A second unknown, of another magnitude.
  static let second = field("v", on: grid) { 2e-4 * cos(3 * $0[0]) - 1e-3 * $0[1] }

  private static func field(
    _ unknown: String = "u", on grid: SamplingGrid, _ truth: ([Double]) -> Double
  ) -> SampledField {
    let columns = grid.sides.compactMap { grid.column($0.name) }
    let reference = (0..<grid.count).map { index in truth(columns.map { $0[index] }) }
    return SampledField(
      unknown: unknown, grid: grid,
      network: reference.enumerated().map { index, value in
        let point = columns.map { $0[index] }
        return point.count == 2 && point[0] + point[1] < 0.3
          ? .nan : value + 1e-6 * sin(7 * point[0]) * cos(5 * (point.last ?? 0))
      }, reference: reference, equation: reference)
  }

  /// A training of two hundred steps.
  static let history: [UInt8] = {
    var text =
      "step,seconds,loss,held_out_loss,damping_or_rate,equation_1,condition_1,relative_l2_u\n"
    for step in 1...200 {
      let loss = exp(-Double(step) / 12)
      let values = [
        0.1 * Double(step), loss, 1.1 * loss, 0.5 / Double(step), 0.7 * loss,
        0.3 * loss * (1 + 0.5 * sin(Double(step) / 3)), loss.squareRoot(),
      ]
      text += "\(step)," + values.map(\.description).joined(separator: ",") + "\n"
    }
    return Array(text.utf8)
  }()

  /// Three equations, the last of them chosen and proved.
  static let front = Array(
    """
    {"target": "u", "variables": ["x", "t"], "seed": 7, "rows": 2500, "evaluations": 12345,
     "seconds": 1.5, "best": 2, "front": [
      {"complexity": 1, "loss": 0.4, "r2": -3.5, "equation": "0", "constants": [],
       "residual": {"exact_solution": false,
         "equations": [{"name": "equation 1", "rms": 0, "symbolic_zero": true}],
         "conditions": [{"name": "condition 1", "rms": 0.7, "symbolic_zero": false}]}},
      {"complexity": 5, "loss": 1.6e-3, "r2": 0.98, "equation": "sin(pi*x)", "constants": [],
       "residual": null},
      {"complexity": 11, "loss": 5.5e-12, "r2": 0.99999999995,
       "equation": "sin(pi*x)*exp(-alpha*pi^2*t)",
       "constants": [{"value": 3.1415926535, "standard_error": 7e-11, "snapped": "pi"}],
       "residual": {"exact_solution": true,
         "equations": [{"name": "equation 1", "rms": 0, "symbolic_zero": true}],
         "conditions": [{"name": "condition 1", "rms": 0, "symbolic_zero": true}]}}]}
    """.utf8)

  /// Five neurons of a layer over the domain; the first has a hole.
  static let neurons = FieldMaps(
    "activations of layer1", on: grid,
    (0..<5).map { index in
      FieldMaps.Map(
        title: "neuron \(index)",
        values: zip(grid.column("x") ?? [], grid.column("t") ?? []).map { x, t in
          index == 0 && x + t < 0.3 ? .nan : tanh(Double(index) * x - t)
        })
    })

  /// What the solution loses without them.
  static let ablations = FieldMaps(
    "u without a neuron of layer1, minus u", on: grid,
    neurons.maps.enumerated().map { index, map in
      FieldMaps.Map(
        title: map.title, note: "changes u by 0.\(index + 1)",
        values: map.values.map { $0 * Double(index + 1) })
    })

  /// Probes of two layers for three targets.
  static let probes = Array(
    """
    layer,target,kind,split,r2,r2_low,r2_high,untrained_r2,coordinates_r2,permuted_r2,control_r2,gain
    layer0,u,ridge,random,0.9999,0.999,0.99999,0.5,0.1,0,0.9,3
    layer0,u,ridge,blocked,0.999,0.998,0.9995,0.4,0.1,-0.02,0.9,2.8
    layer1,u,ridge,blocked,0.99999999,0.9999999,0.999999999,0.6,0.1,0.01,0.95,7.6
    layer0,u_x,ridge,blocked,0.95,0.94,0.96,0.7,-0.3,0.0,0.9,0.8
    layer1,u_x,ridge,blocked,1,1,1,0.8,-0.3,0.0,0.92,
    layer0,boundary_distance,ridge,blocked,,,,,,,,
    layer1,boundary_distance,ridge,blocked,0.3,0.2,0.4,0.29,-0.1,0.0,0.31,0

    """.utf8)

  /// Four features of a dictionary, one of them dead.
  static let featureTable = Array(
    """
    feature,density,field,correlation,equation,r2,complexity
    2,0.586,u_x,0.941,"max(0, sin(2*pi*x) - t^2)*exp(-0.12345*t*(1.25651*x + 0.131883)) + 0.4",0.9973,26
    0,0.26,boundary_distance,-0.6247,x^2 - t,0.7,5
    3,0.004,u_tt,0.09,,,
    1,0,,,,,

    """.utf8)

  /// The same features with what their network adds.
  static func features() throws -> SparseFeatures {
    var features = try SparseFeatures(
      site: "layer1", parsing: featureTable,
      metrics: Array(#"{"l0": 2.5, "explained_variance": 0.9994}"#.utf8), path: "sae/layer1")
    features.maps = FieldMaps(
      "features of layer1", on: grid,
      features.live.enumerated().map { rank, feature in
        FieldMaps.Map(
          title: "feature \(feature.index)",
          values: zip(grid.column("x") ?? [], grid.column("t") ?? []).map { x, t in
            max(0, sin(Double(rank + 1) * 3 * x) - t * t) * 2.5
          })
      })
    features.correlations = NamedTable(
      rows: ["feature 2", "feature 0", "feature 3"], columns: ["u", "u_x", "boundary_distance"],
      values: [[0.1, 0.94, -0.3], [0.5, .nan, -0.62], [0.02, 0.01, 0.05]])
    features.directions = (0..<4).map { index in
      (0..<3).map { (unit: Int) -> Double in cos(Double(index * 2 + unit * 3)) }
    }
    return features
  }

  /// Four neurons and as many features of a network with three inputs, one of which is constant.
  static let inputs = InputCorrelations(
    neurons: correlations(0.4), features: correlations(0.9))

  private static func correlations(_ scale: Double) -> NamedTable {
    NamedTable(
      rows: (0..<4).map { "\($0)" }, columns: ["T", "log_n0", "RH"],
      values: (0..<4).map { (unit: Int) -> [Double] in
        [scale * cos(Double(unit)), scale * sin(Double(2 * unit)), .nan]
      })
  }

  /// A solution and its error, and the neurons of a layer.
  static let spectra: [SpectrumFigure.Panel] = [
    .init(
      title: "u(x, t)",
      spectra: [
        WaveSpectrum(name: "network", power: decay(1, 1)),
        WaveSpectrum(
          name: "error", power: decay(1e-9, 0.3)),
      ]),
    .init(
      title: "neurons of layer1",
      spectra: (1...9).map { index in
        WaveSpectrum(name: "neuron \(index)", power: decay(1, 0.2 * Double(index)))
      }),
  ]

  private static func decay(_ first: Double, _ rate: Double) -> [Double] {
    [0] + (1..<40).map { first * exp(-rate * Double($0)) }
  }

  /// The spectrum of an error whose low frequencies are learned first.
  static let spectrumHistory: SpectrumHistory = {
    let steps: [Double] = [1, 3, 10, 30, 100, 300, 1000, 3000]
    let power = steps.map { (step: Double) -> [Double] in
      var shells: [Double] = [0]
      for shell in 1..<24 {
        let frequency = Double(shell)
        shells.append(exp(-step / (20 * frequency)) / (frequency * frequency))
      }
      return shells
    }
    return SpectrumHistory(name: "the error of u", steps: steps, amplitudes: power)
  }()

  /// Errors of three frequencies at three steps.
  static let learning: [UInt8] = {
    var text = "step,seconds,frequency,error,truth\n"
    for step in [0, 5, 50] {
      for frequency in 0..<3 {
        text += "\(step),\(Double(step) / 10),\(frequency),"
        text += "\(exp(-Double(step) / Double(10 * (frequency + 1)))),0.5\n"
      }
    }
    return Array(text.utf8)
  }()

  /// Eigenvalues at the initial weights.
  static let kernel = Array(#"{"order": [], "eigenvalues": [30, 2, 0.1], "bias": 0.9}"#.utf8)

  /// A circuit of three of five weights.
  static let circuitSummary = Array(
    """
    {"objective": "solution", "edges": 3, "total": 5, "damage": 0.04, "complement_damage": 1.2,
     "random_damage": 0.9}
    """.utf8)

  /// Its edges.
  static let circuitEdges = Array(
    """
    layer,source,target,weight,in_circuit,solution,equations,conditions
    0,x,layer0.neuron0,1.5,1,0.7,,
    0,t,layer0.neuron0,-2,1,0.2,,
    0,t,layer0.neuron1,0.1,0,0.001,,
    1,layer0.neuron0,u,0.3,1,0.9,,
    1,layer0.neuron1,u,0.3,0,0.002,,

    """.utf8)

  /// A circuit of three layers.
  static let circuit = CircuitGraph(
    title: "u(x, t) through three layers", layers: ["inputs", "layer0", "layer1", "outputs"],
    nodes: [
      .init(name: "x", layer: 0, weight: 1), .init(name: "t", layer: 0, weight: 0.6),
      .init(name: "neuron 3", layer: 1, weight: 0.9),
      .init(name: "neuron 5", layer: 1, weight: 0.4),
      .init(name: "neuron 11", layer: 1, weight: 0.1),
      .init(name: "feature 14", layer: 2, weight: 0.8),
      .init(name: "feature 6", layer: 2, weight: 0.5),
      .init(name: "u", layer: 3, weight: 1),
    ],
    edges: [
      .init(from: 0, to: 2, strength: 1.2), .init(from: 0, to: 3, strength: -0.7),
      .init(from: 1, to: 3, strength: 0.4), .init(from: 1, to: 4, strength: 0.05),
      .init(from: 2, to: 5, strength: 0.9), .init(from: 3, to: 5, strength: -0.3),
      .init(from: 3, to: 6, strength: 0.8), .init(from: 4, to: 6, strength: 0.1),
      .init(from: 5, to: 7, strength: 1.1), .init(from: 6, to: 7, strength: -0.5),
    ])

  /// Eigenvalues at three moments.
  static let kernels = [1, 100, 1000].map { (step: Int) -> KernelSpectrum in
    let slope = -2 - 0.3 * log10(Double(step))
    return KernelSpectrum(
      name: "step \(step)", eigenvalues: (1...200).map { 1e4 * pow(Double($0), slope) })
  }

  /// Two layers of three heads.
  static let attention = AttentionMaps(
    tokens: ["3", "+", "14", "=", "17"],
    heads: (0..<6).map { index in
      AttentionMaps.Head(
        layer: index / 3, index: index % 3,
        weights: (0..<5).map { (row: Int) -> [Double] in
          let raw = (0..<5).map { (column: Int) -> Double in
            column > row ? Double.nan : exp(cos(Double(row * index + column)))
          }
          let sum = raw.reduce(0) { $1.isNaN ? $0 : $0 + $1 }
          return raw.map { $0 / sum }
        })
    })

  /// Three curves of one quantity, and one on a logarithmic axis below them.
  static let panels = CurvesFigure(
    "a gate and its training",
    [
      .init(
        horizontal: .init("t (ms)"), vertical: .init("m"),
        [
          .init("network", x: curve.grid.column("t") ?? [], y: curve.network),
          .init("truth", x: curve.grid.column("t") ?? [], y: curve.network, style: .broken),
          .init("measured", x: [0, 2, 4], y: [1, -0.3, 0.1], style: .dots),
        ]),
      .init(
        horizontal: .init("step"), vertical: .init("loss", isLogarithmic: true),
        [.init("loss", x: [1, 10, 100], y: [1, 1e-3, 1e-4])]),
    ])

  /// Five features in two dimensions.
  static let pentagon = DirectionsFigure.Plane(
    title: "5 features in 2 units", names: (0..<5).map { "\($0)" },
    tips: (0..<5).map { index in
      [cos(2 * .pi * Double(index) / 5), sin(2 * .pi * Double(index) / 5)]
    })
}

// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "limbeck",
  products: [
    .library(name: "Limbeck", targets: ["Limbeck"]),
    .executable(name: "limbeck", targets: ["LimbeckCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // MARK: System libraries
    .systemLibrary(
      name: "CLAPACKE", pkgConfig: "lapacke", providers: [.apt(["liblapacke-dev"])]),
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    // No pkgConfig: gsl.pc adds -lgslcblas, whose reference BLAS would shadow OpenBLAS.
    .systemLibrary(name: "CGSL", providers: [.apt(["libgsl-dev"])]),
    .systemLibrary(name: "CHDF5", pkgConfig: "hdf5", providers: [.apt(["libhdf5-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

    // MARK: Foundations
    .target(name: "CVectorMath"),
    .target(
      name: "Tensors", dependencies: ["CVectorMath", "CLAPACKE", "COpenBLAS", "CGSL"],
      swiftSettings: strict),

    // MARK: One concern each; none of these three knows another
    .target(
      name: "RunStore", dependencies: ["CHDF5", "CZlib", "CCrypto"], swiftSettings: strict),
    .target(
      name: "Symbolic", dependencies: ["Tensors", "CVectorMath"],
      resources: [.embedInCode("Grammars")], swiftSettings: strict),
    .target(name: "Networks", dependencies: ["Tensors", "CVectorMath"], swiftSettings: strict),

    // MARK: Physics and interpretation
    .target(
      name: "PINN",
      dependencies: [
        "Networks", "Symbolic", "RunStore", "Tensors", .product(name: "Yams", package: "Yams"),
      ], swiftSettings: strict),
    .target(
      name: "Interpretability",
      dependencies: ["PINN", "Networks", "Symbolic", "RunStore", "Tensors", "CVectorMath"],
      swiftSettings: strict),
    .target(
      name: "Reporting", dependencies: ["RunStore", "Tensors", "CCairo"], swiftSettings: strict),
    .target(
      name: "Limbeck",
      dependencies: [
        "Tensors", "RunStore", "Symbolic", "Networks", "PINN", "Interpretability", "Reporting",
      ], swiftSettings: strict),
    .executableTarget(
      name: "LimbeckCLI",
      dependencies: [
        "Limbeck", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .executableTarget(
      name: "LimbeckBenchmarks",
      dependencies: [
        "Limbeck", "CVectorMath",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], exclude: ["jax_step.py", "operon.py", "torch_sae.py"], swiftSettings: strict),

    // MARK: Examples
    .executableTarget(
      name: "quickstart", dependencies: ["Limbeck"], path: "Examples/quickstart",
      swiftSettings: strict),
    .executableTarget(
      name: "superposition", dependencies: ["Limbeck"], path: "Examples/superposition",
      swiftSettings: strict),
    .executableTarget(
      name: "feynman",
      dependencies: [
        "Limbeck", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Examples/feynman", exclude: ["README.md", "check.py", "laws.py", "peers.py"],
      resources: [.embedInCode("Problems")], swiftSettings: strict),
    .executableTarget(
      name: "transformer",
      dependencies: [
        "Limbeck", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Examples/transformer",
      exclude: ["README.md", "ablation.svg", "attention.svg"], swiftSettings: strict),

    .executableTarget(
      name: "hodgkin-huxley",
      dependencies: [
        "Limbeck", "CGSL", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Examples/hodgkin-huxley",
      exclude: [
        "README.md", "data-only.yaml", "gate.svg", "hodgkin-huxley.yaml", "law.grammar", "law.py",
        "test.csv", "train.csv",
      ], swiftSettings: strict),

    // MARK: Tests
    .testTarget(name: "ArchitectureTests", swiftSettings: strict),
    .testTarget(name: "CVectorMathTests", dependencies: ["CVectorMath"], swiftSettings: strict),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors"], swiftSettings: strict),
    .testTarget(
      name: "RunStoreTests", dependencies: ["RunStore", "CHDF5", "CZlib"], swiftSettings: strict),
    .testTarget(
      name: "SymbolicTests", dependencies: ["Symbolic", "Tensors", "CGSL"],
      exclude: ["Export/sympy.tsv", "Export/evaluate_sympy.py"], swiftSettings: strict),
    .testTarget(
      name: "PINNTests", dependencies: ["PINN", "Networks", "Symbolic", "RunStore", "Tensors"],
      exclude: ["torch_parity.py"], swiftSettings: strict),
    .testTarget(
      name: "InterpretabilityTests",
      dependencies: [
        "Interpretability", "PINN", "Symbolic", "RunStore", "Tensors", "CVectorMath",
      ],
      exclude: [
        "Attention/Models", "Probes/readings.py", "Probes/readings.tsv",
        "SparseAutoencoders/Reference", "SparseAutoencoders/SAELens/confirm.py",
        "SparseAutoencoders/SAELens/gated",
        "SparseAutoencoders/SAELens/jumprelu", "SparseAutoencoders/SAELens/jumprelu_transcoder",
        "SparseAutoencoders/SAELens/standard", "SparseAutoencoders/SAELens/topk",
        "SparseAutoencoders/SAELens/transcoder", "SparseAutoencoders/train_torch.py",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ReportingTests", dependencies: ["Reporting", "RunStore", "CCairo"],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "LimbeckCLITests",
      dependencies: ["LimbeckCLI", "RunStore", "hodgkin-huxley", "quickstart", "superposition"],
      swiftSettings: strict),
    .testTarget(
      name: "FeynmanTests", dependencies: ["feynman", "Limbeck"], swiftSettings: strict),
    .testTarget(
      name: "TransformerExampleTests", dependencies: ["transformer", "Limbeck"],
      swiftSettings: strict),
    .testTarget(
      name: "NetworksTests", dependencies: ["Networks", "Tensors", "CVectorMath"],
      exclude: [
        "Transformers/torch_transformer.py", "Transformers/torch_transformer.tsv",
      ], swiftSettings: strict),
  ]
)

public import ArgumentParser
public import Limbeck

extension SparseAutoencoderSettings.Variant: ExpressibleByArgument {}

extension Normalization: ExpressibleByArgument {
  /// The names on the command line: `mean-norm` for `meanNorm`.
  public init?(argument: String) {
    self.init(rawValue: argument == "mean-norm" ? "meanNorm" : argument)
  }

  /// The names on the command line.
  public static var allValueStrings: [String] {
    allCases.map { $0 == .meanNorm ? "mean-norm" : $0.rawValue }
  }
}

extension SparseAutoencoderLayout: ExpressibleByArgument {}

extension SuperpositionModel.MagnitudeLaw: ExpressibleByArgument {}

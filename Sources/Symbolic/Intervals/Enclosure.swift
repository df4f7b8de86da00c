/// What interval arithmetic knows about a formula on a box: where its values lie, and whether it
/// has values at all.
///
/// The second part is the decoration of IEEE 1788-2015
/// ([doi:10.1109/IEEESTD.2015.7140721](https://doi.org/10.1109/IEEESTD.2015.7140721)).
public struct Enclosure: Hashable, Sendable {
  /// How much is certain about the formula on the whole box, from least to most.
  public enum Certainty: Int, Comparable, Sendable {
    /// It has a value nowhere in the box.
    case undefined

    /// It may have a pole, leave its domain or overflow.
    case uncertain

    /// It has a value everywhere.
    case defined

    /// It has a value everywhere and is continuous.
    case continuous

    /// Orders by what is known.
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  /// A set that contains every value; empty if there is none.
  public let range: Interval

  /// Whether the formula has values.
  public let certainty: Certainty

  /// Puts both together; no value in the range means none anywhere.
  ///
  /// - Parameters:
  ///   - range: A set that contains every value.
  ///   - certainty: Whether the formula has values.
  public init(_ range: Interval, _ certainty: Certainty) {
    self.range = range
    self.certainty = range.isEmpty ? .undefined : certainty
  }

  /// Whether the formula is certain to have a finite value everywhere in the box.
  public var isSafe: Bool { certainty >= .defined }
}

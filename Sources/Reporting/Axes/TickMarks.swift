/// The ticks of an axis and what is written beside them.
package struct TickMarks: Equatable {
  /// One tick.
  package struct Tick: Equatable {
    package let value: Double

    /// Nil for the short ticks between those with numbers.
    package let label: MathText?
  }

  package let ticks: [Tick]

  /// A power of ten that all labels are multiples of, written once at the end of the axis.
  package var factor: MathText?

  /// The ticks with numbers.
  package var labels: [MathText] { ticks.compactMap(\.label) }
}

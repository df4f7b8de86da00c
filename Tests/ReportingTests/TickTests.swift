import Testing

import Reporting

@Suite("Ticks")
struct TickTests {
  @Test(arguments: [
    (0.0...1.0, 5, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"], nil as String?),
    (0.0...1.0, 4, ["0", "0.25", "0.50", "0.75", "1.00"], nil),
    (-1.0...1.0, 4, ["−1.0", "−0.5", "0", "0.5", "1.0"], nil),
    (0.0...230_000.0, 5, ["0", "0.5", "1.0", "1.5", "2.0"], "×105"),
    (-3e-6...3e-6, 4, ["−2", "0", "2"], "×10−6"),
    (990.0...1010.0, 4, ["990", "995", "1000", "1005", "1010"], nil),
    (0.0...7000.0, 4, ["0", "2000", "4000", "6000"], nil),
  ])
  func `linear axes have the numbers a person would write`(
    range: ClosedRange<Double>, limit: Int, labels: [String], factor: String?
  ) {
    let marks = TickMarks.linear(in: range, atMost: limit)
    #expect(marks.labels.map(\.plain) == labels)
    #expect(marks.factor?.plain == factor)
  }

  @Test func `labels say where the ticks are`() throws {
    var seed: UInt64 = 1
    func uniform() -> Double {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(seed >> 11) / Double(1 << 53)
    }
    for _ in 0..<2000 {
      let width = exp10(12 * uniform() - 6)
      let lower = (uniform() - 0.5) * width * exp10(3 * uniform())
      let range = lower...(lower + width)
      let limit = 1 + Int(uniform() * 9)
      let marks = TickMarks.linear(in: range, atMost: limit)
      #expect(marks.ticks.count <= limit + 1)
      let factor = try #require(
        marks.factor.map { Double("1e" + text($0).dropFirst(3)) } ?? 1)
      for tick in marks.ticks {
        let label = try #require(tick.label.flatMap { Double(text($0)) })
        // The label is a decimal number and the tick the nearest Double to a multiple of the step.
        #expect(abs(label * factor - tick.value) <= 1e-9 * width)
        #expect(tick.value >= lower - 1e-8 * width && tick.value <= lower + (1 + 1e-8) * width)
      }
    }
  }

  @Test func `counts have ticks at whole numbers`() {
    let marks = TickMarks.linear(in: 0...3, atMost: 10, isWhole: true)
    #expect(marks.labels.map(\.plain) == ["0", "1", "2", "3"])
  }

  @Test func `logarithmic axes have powers of ten`() {
    let marks = TickMarks.logarithmic(in: 1e-3...1, atMost: 5)
    #expect(marks.labels.map(\.plain) == ["10−3", "10−2", "10−1", "100"])
    #expect(marks.ticks.count == 28, "and short ticks at 2, 3, …, 9 times them")
    #expect(marks.labels[0].runs[1].script == .raised)
  }

  @Test func `many decades have every n-th label, counted from one`() {
    let marks = TickMarks.logarithmic(in: 1e-16...1, atMost: 4)
    #expect(marks.labels.map(\.plain) == ["10−15", "10−10", "10−5", "100"])
  }

  @Test func `an axis within a decade has numbers all the same`() {
    let marks = TickMarks.logarithmic(in: 0.15...0.9, atMost: 5)
    #expect(marks.labels.map(\.plain) == ["2×10−1", "5×10−1"])
  }

  @Test func `ranges pass over what is no number`() {
    #expect(ValueRange.covering([[.nan, 2, -.infinity], [3]]) == 2...3)
    #expect(ValueRange.covering([[], [.nan]]) == 0...1)
    #expect(ValueRange.covering([[5, 5]]) == 2.5...7.5)
    #expect(ValueRange.symmetric([[-1, 3, .nan]]) == -3...3)
  }

  private func exp10(_ exponent: Double) -> Double {
    Double("1e\(Int(exponent.rounded()))") ?? .nan
  }

  /// The label with hyphens, which Swift reads.
  private func text(_ label: MathText) -> String {
    label.plain.replacing("\u{2212}", with: "-")
  }
}

/// How far a piece of work has come, in one line.
struct ProgressLine {
  /// What is being done.
  let activity: String

  /// The share of the budget that is spent, 0 to 1; nil without a limit.
  let fraction: Double?

  /// How fast and how well it goes, the most important first.
  let details: [String]

  /// The columns of the bar.
  private static let barWidth = 20

  /// The line for a log.
  var plain: String {
    ([activity] + [percentage].compactMap { $0 } + details).joined(separator: "  ")
  }

  /// The line for a terminal, with a bar.
  ///
  /// - Parameters:
  ///   - width: The terminal's columns; a longer line is cut, so that it can be rewritten in place.
  ///   - style: How parts are set off.
  /// - Returns: At most `width - 1` columns.
  func live(width: Int, _ style: TextStyle) -> String {
    guard let fraction, let percentage, width > activity.count + Self.barWidth + 8 else {
      return Text.cut(plain, to: width - 1)
    }
    let done = Int((fraction * Double(Self.barWidth)).rounded())
    let bar =
      style.green(String(repeating: "━", count: done))
      + style.dim(String(repeating: "─", count: Self.barWidth - done))
    let tail = ([percentage.leftPadded(to: 4)] + details).joined(separator: "  ")
    let room = width - 1 - activity.count - Self.barWidth - 2
    return "\(activity) \(bar) \(Text.cut(tail, to: room))"
  }

  private var percentage: String? {
    fraction.map { "\(Int(($0 * 100).rounded(.down)))%" }
  }

  /// The largest share of several limits that is spent; nil if none is set.
  ///
  /// - Parameter shares: What is spent of each limit, and the limit.
  /// - Returns: A number from 0 to 1.
  static func fraction(_ shares: (spent: Double, limit: Double?)...) -> Double? {
    shares.compactMap { share in share.limit.map { min(1, share.spent / $0) } }.max()
  }
}

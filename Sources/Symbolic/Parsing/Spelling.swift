/// Finds the name somebody probably meant.
public enum Spelling {
  /// The candidate nearest to a misspelt name, if one is near enough to be worth suggesting.
  ///
  /// Near means at most a third of the letters (and at least one) inserted, dropped, changed or
  /// swapped with a neighbour, or a difference in case alone.
  ///
  /// - Parameters:
  ///   - name: What was written.
  ///   - candidates: What could have been meant.
  /// - Returns: The nearest candidate; among equally near ones the one that begins like the name for
  ///   longest, then the first by name.
  public static func suggestion(for name: String, among candidates: [String]) -> String? {
    guard name.utf8.count <= 64 else { return nil }
    let limit = max(1, name.count / 3)
    var best: (distance: Int, difference: Int, candidate: String)?
    for candidate in candidates.sorted() where candidate != name && candidate.utf8.count <= 64 {
      let distance =
        candidate.lowercased() == name.lowercased()
        ? 0 : editDistance(Array(name), Array(candidate))
      // Changing every letter of a short name is no likeness.
      guard distance <= limit, distance < min(name.count, candidate.count) else { continue }
      let difference = name.count - zip(name, candidate).prefix { $0 == $1 }.count
      if best.map({ (distance, difference) < ($0.distance, $0.difference) }) ?? true {
        best = (distance, difference, candidate)
      }
    }
    return best?.candidate
  }

  /// The least number of insertions, deletions, changes and swaps of neighbours between two words
  /// (optimal string alignment).
  static func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var distance = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          distance = min(distance, beforeLast[j - 1] + 1)
        }
        row.append(distance)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}

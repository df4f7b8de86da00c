extension Canvas {
  /// A text in lines of a limited width, broken at its spaces and in long products; what does not fit
  /// ends in an ellipsis.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - limit: The width of a line in points.
  ///   - size: Height of the letters in points.
  ///   - count: The largest number of lines.
  /// - Returns: The lines.
  func lines(
    of text: MathText, to limit: Double, size: Double, atMost count: Int
  ) -> [MathText] {
    var lines: [MathText] = []
    var line = MathText("")
    var words = text.words(after: " ").flatMap { word in
      width(of: word, size: size) > limit ? word.words(after: "\u{200A}") : [word]
    }[...]
    while let word = words.first {
      let longer = line + word
      if line.runs.isEmpty || width(of: longer, size: size) <= limit {
        line = longer
        words.removeFirst()
      } else if lines.count == count - 1 {
        line = words.reduce(line, +)
        break
      } else {
        lines.append(line)
        line = ""
      }
    }
    return (lines + [line]).map { truncated($0, to: limit, size: size) }
  }
}

extension MathText {
  /// The text cut after each of a kind of space, where a line may end.
  fileprivate func words(after space: Character) -> [MathText] {
    var words: [MathText] = []
    var word: [Run] = []
    for run in runs {
      var letters = ""
      for character in run.text {
        letters.append(character)
        guard character == space else { continue }
        words.append(MathText(runs: word + [run.with(letters)]))
        (word, letters) = ([], "")
      }
      if !letters.isEmpty { word.append(run.with(letters)) }
    }
    return word.isEmpty ? words : words + [MathText(runs: word)]
  }
}

extension MathText.Run {
  /// Other letters of the same kind.
  fileprivate func with(_ text: String) -> MathText.Run {
    var run = self
    run.text = text
    return run
  }
}

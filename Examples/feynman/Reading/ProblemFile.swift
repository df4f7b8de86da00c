import Limbeck

/// Reads files of benchmark problems.
///
/// ```
/// # A comment.
/// source: where the following problems were published
///
/// [Keijzer-1] a title, if any
/// f = 0.3*x*sin(2*pi*x)
/// x in [-1, 1] step 0.1
/// ```
///
/// A range may end in `step s` for a grid, `logarithmic` or `integer`; several names share one range
/// as `x, y in [0, 1]`. `rows n` and `noise s` fix what the literature fixes. Equations `x' = …` make
/// a system observed along `trajectories n until t step h`, and one problem of each equation.
package struct ProblemFile: Sendable, Equatable {
  private static let suffix = ".problems"

  /// The problems, in the file's order.
  package private(set) var problems: [BenchmarkProblem] = []

  /// Reads problems.
  ///
  /// - Parameters:
  ///   - text: The file's lines.
  ///   - name: The file's name in errors.
  /// - Throws: ``ProblemFileError/invalid(file:line:_:)``.
  package init(parsing text: String, name: String) throws(ProblemFileError) {
    let group = name.hasSuffix(Self.suffix) ? String(name.dropLast(Self.suffix.count)) : name
    var source = ""
    var block: ProblemBlock?
    var ids: Set<String> = []
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // The end of the file closes the last problem as the beginning of another would.
    for (index, line) in (lines + ["source:"]).enumerated() {
      let content = line.prefix { $0 != "#" }.trimmed
      do {
        if content.hasPrefix("source:") || content.hasPrefix("[") {
          for problem in try block?.problems(group: group, source: source) ?? [] {
            guard ids.insert(problem.id).inserted else {
              throw ProblemFileError.Reason.repeated(problem.id)
            }
            problems.append(problem)
          }
          block = nil
        }
        if content.hasPrefix("source:") {
          source = content.dropFirst("source:".count).trimmed
        } else if content.hasPrefix("[") {
          block = try ProblemBlock(heading: content)
        } else if !content.isEmpty {
          guard block != nil else { throw ProblemFileError.Reason.noProblem }
          try block?.read(content)
        }
      } catch let reason as ProblemFileError.Reason {
        throw .invalid(file: name, line: min(index + 1, lines.count), reason)
      } catch {
        throw .invalid(file: name, line: index + 1, .unreadable(String(describing: error)))
      }
    }
    if problems.isEmpty { throw .invalid(file: name, line: lines.count, .empty) }
  }
}

extension StringProtocol {
  /// The text without white space around it.
  var trimmed: String {
    let start = drop(while: \.isWhitespace)
    return String(String(start).reversed().drop(while: \.isWhitespace).reversed())
  }
}

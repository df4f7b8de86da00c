internal import Symbolic

/// The progress of a search for a template's function, as that of the template as a whole.
///
/// The table of the function holds the error of the template's parameters, and no formula can come below
/// it: whether one is exact shows when all constants are fitted together.
struct TemplateProgress {
  private let template: TemplateReduction?
  private var searchedLoss = Double.infinity
  private var hall = HallOfFame()

  /// Prepares for a search.
  ///
  /// - Parameter template: The template; nil leaves the progress as it is.
  init(_ template: TemplateReduction?) {
    self.template = template
  }

  /// The progress with the template's formulas fitted anew, whenever the search has come much further.
  ///
  /// - Parameter progress: The progress of the search.
  /// - Returns: The progress over the columns of the whole table.
  mutating func callAsFunction(_ progress: SearchProgress) -> SearchProgress {
    guard let template else { return progress }
    let least = progress.hallOfFame.leastLoss
    if least < 0.5 * searchedLoss {
      searchedLoss = least
      hall = template.restored(progress.hallOfFame)
    }
    return progress.replacing(hall)
  }
}

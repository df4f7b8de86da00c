internal import Tensors

/// The views and islands between two restarts.
///
/// What a search learns about a table on its way (a group of variables, a power that can be divided
/// out, a symmetry) becomes new views with islands of their own.
package final class Archipelago {
  /// Islands that look through one view.
  struct Settlement {
    /// The view.
    let view: View

    /// How many settlements there were before since the restart; the islands' streams follow from it.
    let number: Int

    /// The islands.
    let islands: [Island]
  }

  /// The settlements, the newest last.
  private(set) var settlements: [Settlement] = []

  /// All islands, in the order of their settlements.
  var islands: [Island] { settlements.flatMap(\.islands) }

  /// The number that the next settlement gets.
  private(set) var nextNumber = 0

  /// The divisors that were tried, in order.
  package internal(set) var divisors: [[Double]] = []

  /// Epochs since the restart.
  var epochs = 0

  private let table: SearchTable
  private let vocabulary: Vocabulary
  private let options: SearchOptions
  private let guesses: [[Gene]]
  private let stream: RandomStream

  /// The rows in the order of their use.
  let order: [Int]

  /// Prepares for a table.
  ///
  /// - Parameters:
  ///   - table: What to explain.
  ///   - vocabulary: What formulas are made of.
  ///   - options: How to go about it.
  ///   - guesses: Formulas to start from.
  ///   - seed: The seed of the search.
  ///   - restart: How often the search began anew.
  init(
    table: SearchTable, vocabulary: Vocabulary, options: SearchOptions, guesses: [[Gene]],
    seed: UInt64, restart: Int
  ) {
    self.table = table
    self.vocabulary = vocabulary
    self.options = options
    self.guesses = guesses
    stream = RandomStream(seed: seed).child(restart)
    // Child -1 orders the rows; children 0, 1, … are the islands' own.
    var shuffle = stream.child(-1)
    order = shuffle.permutation(table.rowCount)
  }

  /// Looks at the table.
  ///
  /// - Parameters:
  ///   - shape: How.
  ///   - derived: The derived variables.
  /// - Returns: nil if the view is undefined.
  func view(_ shape: ViewShape, derived: [DerivedVariable]) -> View? {
    View(
      table, derived: derived, shape: shape, vocabulary: vocabulary, order: order, options: options,
      guesses: guesses)
  }

  /// Puts islands on a view.
  ///
  /// - Parameters:
  ///   - view: The view.
  ///   - count: The number of islands.
  ///   - number: The number of the settlement, nil for the next.
  func settle(_ view: View, islands count: Int, number: Int? = nil) {
    let number = number ?? nextNumber
    nextNumber = max(nextNumber, number + 1)
    let isSmall =
      options.usesEnumeration && vocabulary.template == nil
      && SkeletonEnumeration.isWorthwhile(view.shape)
    let islands = (0..<count).map { index in
      Island(
        view, options: options, splits: index.isMultiple(of: 2), isSurveyor: isSmall && index == 0,
        isLibrarian: options.usesEnumeration && index == 0,
        stream: stream.child(1000 * number + index))
    }
    settlements.append(Settlement(view: view, number: number, islands: islands))
  }

  /// Gives up settlements.
  ///
  /// - Parameter isGivenUp: Which.
  /// - Returns: What their islands had spent.
  func remove(where isGivenUp: (View) -> Bool) -> SearchCounts {
    let gone = settlements.filter { isGivenUp($0.view) }
    settlements.removeAll { isGivenUp($0.view) }
    return gone.flatMap(\.islands).reduce(SearchCounts()) { $0 + $1.spent }
  }
}

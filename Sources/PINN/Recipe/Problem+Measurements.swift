extension Problem {
  /// Rows of variables and measured unknowns, or of variables and classes.
  public struct Measurements: Sendable, Equatable {
    /// The table.
    public internal(set) var file: String

    /// The weight of the misfit in the loss.
    public let weight: Double

    /// The column of each row's class, `0`, `1`, …, in the order of the unknowns; nil where the unknowns
    /// themselves were measured.
    ///
    /// The unknowns then are logits: the probability of class k is `exp zₖ / Σⱼ exp zⱼ`, and the misfit of
    /// a row is the cross-entropy, `log Σⱼ exp(zⱼ − z_class)`, instead of a square.
    public let classes: String?

    /// What the rows are for; nil if all are trained on.
    public let split: Split?

    /// Consecutive parts of a table, as shares of its rows: the first is trained on, the second decides
    /// which network is kept, and the last, which neither has seen, measures it.
    ///
    /// Rows are not shuffled: of measurements in the order of time, neighbours would be on both sides.
    public struct Split: Sendable, Equatable {
      /// Weights of the three parts, such as 60, 20 and 20.
      public let training, validation, test: Double

      /// Cuts a table.
      ///
      /// - Parameters:
      ///   - training: The weight of the rows that are trained on.
      ///   - validation: The weight of the rows that decide which network is kept.
      ///   - test: The weight of the rows that measure it.
      public init(training: Double, validation: Double, test: Double) {
        self.training = training
        self.validation = validation
        self.test = test
      }

      /// The three parts of a table's rows.
      ///
      /// - Parameter count: Number of rows.
      /// - Returns: Consecutive ranges; small tables can leave a part empty.
      public func ranges(
        count: Int
      ) -> (training: Range<Int>, validation: Range<Int>, test: Range<Int>) {
        let total = training + validation + test
        let first = Int((Double(count) * training / total).rounded())
        let second = Int((Double(count) * (training + validation) / total).rounded())
        return (0..<first, first..<second, second..<count)
      }
    }

    /// Names a table.
    ///
    /// - Parameters:
    ///   - file: The table.
    ///   - weight: The weight of the misfit in the loss.
    ///   - classes: The column of each row's class, if the unknowns are logits.
    ///   - split: What the rows are for; nil if all are trained on.
    public init(
      file: String, weight: Double = 1, classes: String? = nil, split: Split? = nil
    ) {
      self.file = file
      self.weight = weight
      self.classes = classes
      self.split = split
    }
  }
}

extension Grammar {
  /// The same operators and limits without a template, for a table whose structure is already used up.
  public var withoutTemplate: Grammar {
    var free = self
    free.template = nil
    free.parameters = []
    return free
  }
}

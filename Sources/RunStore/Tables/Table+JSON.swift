extension Table {
  /// The table as an object with one array a column; what is not finite becomes null.
  public var json: JSONValue {
    .object(
      zip(names, columns).map { name, column in
        .init(name, .array(column.map { .number($0) }))
      })
  }
}

import Limbeck

extension ActivationSummary {
  /// The summary for people: one line for each array.
  var table: String {
    var rows = [["array", "width", "rms", "unit"]]
    for (index, array) in arrays.enumerated() {
      let missing = undefinedCount(of: index)
      rows.append([
        name(of: array), width(of: array), rms(of: index).map(NumberFormat.short) ?? "–",
        array.units + (missing > 0 ? ", undefined at \(missing) points" : ""),
      ])
    }
    return "\(samples) points (\(points)) of \(variables.joined(separator: ", "))\n\n"
      + Text.table(rows)
  }

  /// The document for scripts, with the place of the file.
  ///
  /// - Parameter file: The file's path.
  /// - Returns: An object.
  func json(file: String) -> JSONValue {
    .object([.init("file", .string(file))] + (json.members ?? []))
  }

  private func name(of array: ActivationArray) -> String {
    switch array.content {
    case .layer: array.name
    case .field: "fields/\(array.name)"
    case .exactField: "exact/\(array.name)"
    }
  }

  private func width(of array: ActivationArray) -> String {
    if case .layer(let width) = array.content { "\(width)" } else { "1" }
  }
}

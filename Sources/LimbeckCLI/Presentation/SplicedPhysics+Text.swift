import Limbeck

extension SplicedPhysics {
  /// What is recovered, in a line.
  var recoveryLine: String {
    func shares(_ other: InterventionEffect) -> String {
      let kinds: [(String, (InterventionEffect) -> [Double?])] = [
        ("change", \.changes), ("equation", \.residualRMS), ("condition", \.conditionRMS),
      ]
      return kinds.compactMap { name, errors in
        let values = recovered(errors, comparedWith: other).map {
          $0.value.map(NumberFormat.short) ?? "–"
        }
        return values.isEmpty ? nil : "\(name) \(values.joined(separator: " "))"
      }.joined(separator: ", ")
    }
    return "recovered beside zero: \(shares(zero)); beside the mean: \(shares(mean))"
  }
}

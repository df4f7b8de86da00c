/// A constant of a template with what was found for it: one value, or one for each category.
///
/// `parameter a by group` stands for as many constants as the column `group` has values. As a formula it
/// is a sum of the constants, each times an indicator of its category.
public struct TemplateParameter: Sendable, Equatable {
  /// Its name in the template.
  public let name: Symbol

  /// The column of the categories; nil for one value for all rows.
  public let category: Symbol?

  /// The values of the column, ascending; empty without one.
  public let categories: [Double]

  /// The constant, or that of each category.
  public internal(set) var values: [Double]

  /// The standard error of each of ``values``; nil where undefined.
  public internal(set) var standardErrors: [Double?]

  /// The closed form of each of ``values``; nil where none can be believed.
  public internal(set) var forms: [Expression?]

  init(name: Symbol, category: Symbol? = nil, categories: [Double] = [], start: Double = 0) {
    self.name = name
    self.category = category
    self.categories = categories
    let count = category == nil ? 1 : categories.count
    values = Array(repeating: start, count: count)
    standardErrors = Array(repeating: nil, count: count)
    forms = Array(repeating: nil, count: count)
  }

  /// How it is written in formulas for people: `a[group]`; nil if it is one value.
  public var symbol: Symbol? { category.map { Symbol("\(name)[\($0)]") } }

  /// What it computes: a constant, or a formula in the column of the categories.
  public var formula: Expression { formula(of: values.map { Expression($0) }) }

  /// The sum of some formulas, each times the indicator of its category.
  func formula(of values: [Expression]) -> Expression {
    guard let category, values.count > 1 else { return values[0] }
    let column = Expression(category)
    // Halfway between neighbours, so that rounding of a category does not matter.
    let borders = zip(categories, categories.dropFirst()).map {
      Expression(postfix: [Expression.Node(constant: ($0 + $1) / 2, isFixed: true)])
    }
    return values.indices.map { index -> Expression in
      let above = index > 0 ? Expression(.greater, column, borders[index - 1]) : nil
      let below = index < borders.count ? Expression(.greater, borders[index], column) : nil
      let indicator = [above, below].compactMap { $0 }.reduce(nil as Expression?) { product, next in
        product.map { $0 * next } ?? next
      }
      return indicator.map { values[index] * $0 } ?? values[index]
    }.reduce(nil as Expression?) { sum, next in sum.map { $0 + next } ?? next } ?? .zero
  }
}

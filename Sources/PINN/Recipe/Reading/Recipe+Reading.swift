import RunStore
import Symbolic
import Yams

extension Recipe {
  /// The largest recipe in bytes.
  static let sizeLimit = 1_000_000

  /// Reads a recipe from a file.
  ///
  /// A relative path of a data file in the recipe starts at the recipe's own directory.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``RecipeError`` with the file and line.
  public init(contentsOf path: String) throws(RecipeError) {
    let bytes: [UInt8]
    do {
      bytes = try FileContents.read(path, limit: Self.sizeLimit)
    } catch {
      throw .file(error)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .invalid(path: path, line: 1, reason: .notYAML("it is not UTF-8 text"))
    }
    let recipe = try Recipe(parsing: text, path: path)
    self = recipe.resolvingFiles(relativeTo: path)
  }

  /// Reads a recipe from text.
  ///
  /// - Parameters:
  ///   - text: The YAML document.
  ///   - path: The name that errors give the text.
  /// - Throws: ``RecipeError`` with the line.
  public init(parsing text: String, path: String = "recipe") throws(RecipeError) {
    let root = try RecipeNode(Self.compose(text, path: path), path: path, place: "the recipe")
    let section = try root.section([
      "problem", "network", "training", "distill", "sae", "probe",
    ])
    let problem = try Problem(reading: section.required("problem").renamed("problem"))
    self.init(problem: problem)
    if let node = section["network"] {
      network = try .init(
        reading: node.renamed("network"), variables: problem.variables.map(\.name))
    }
    if let node = section["training"] { training = try .init(reading: node.renamed("training")) }
    if let node = section["distill"] { distillation = try .init(reading: node.renamed("distill")) }
    if distillation?.target == nil { distillation?.target = problem.unknowns.first }
    if let node = section["sae"] { sparseAutoencoder = try .init(reading: node.renamed("sae")) }
    if let node = section["probe"] { probe = try .init(reading: node.renamed("probe")) }
  }

  /// The root of the YAML document.
  private static func compose(_ text: String, path: String) throws(RecipeError) -> Node {
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch {
      let (line, reason) = Self.located(error, text)
      throw .invalid(path: path, line: line, reason: reason)
    }
    guard let node else { throw .invalid(path: path, line: 1, reason: .empty) }
    return node
  }

  /// The line and the reason of an error of the YAML library.
  private static func located(
    _ error: any Error, _ text: String
  ) -> (line: Int, reason: RecipeError.Reason) {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return (mark.line, .notYAML("\(problem) (column \(mark.column))"))
    case .reader(let problem, let offset, _, _):
      let before = text.prefix(offset ?? 0)
      return (1 + before.count { $0.isNewline }, .notYAML(problem))
    case .duplicatedKeysInMapping(let duplicates, let context):
      return (context.mark.line, .duplicateKeys(duplicates.sorted()))
    default:
      return (1, .notYAML("the YAML library reports \(error)"))
    }
  }
}

extension RecipeNode {
  /// The same value under a shorter name.
  fileprivate func renamed(_ place: String) -> RecipeNode {
    RecipeNode(node, path: path, place: place, enclosingLine: line)
  }
}

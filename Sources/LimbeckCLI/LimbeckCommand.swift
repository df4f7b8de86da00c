import Limbeck

@main
struct LimbeckCommand {
  static func main() {}
}

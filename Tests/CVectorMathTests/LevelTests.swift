import CVectorMath
import Testing

@Suite("Instruction-set levels")
struct LevelTests {
  @Test func `the best level is the highest available one`() {
    #expect(limbeck_best_level() == Level.available.map(\.rawValue).max())
  }

  @Test func `the baseline runs everywhere`() {
    #expect(limbeck_functions_f32_at(0) != nil)
    #expect(limbeck_functions_f64_at(0) != nil)
  }

  @Test("levels that do not exist have no tables", arguments: [Int32(-1), 3, 100])
  func unknown(level: Int32) {
    #expect(limbeck_has_level(level) == 0)
    #expect(limbeck_functions_f32_at(level) == nil)
    #expect(limbeck_functions_f64_at(level) == nil)
  }
}

import CVectorMath
import Foundation
import Testing

@Suite("Sine and cosine of a formula in single precision")
struct SineInstructionTests {
  /// Step through the 2³² bit patterns; odd, so that every low bit takes part.
  private static let stride = 4099

  /// The bound that `expression_kernels_api.h` documents, in ulp: the vector function's own without a
  /// fused multiply-add.
  private static func bound(at level: Level) -> Double { level == .baseline ? 0.9 : 2.2 }

  private static func evaluate(
    _ operation: limbeck_operation, _ x: [Float], at level: Level
  ) -> [Float] {
    let program = Program(steps: [.init(operation: operation, a: ~0)], parameterCount: 0)
    return Float.evaluate(
      program, columns: [x], level: level, block: 1024, reusingSlots: false)
  }

  @Test("stay within their bound over all bit patterns", arguments: Level.available)
  func error(level: Level) {
    // The numbers where a sweep of every 23rd found the worst errors come first.
    let worst: [Float] = [0x1.921826p+0, 0x1.e43fe4p-14, 0x1.921bp+82, 0x1.c4638ep+41]
    let x =
      worst
      + Swift.stride(from: 0, to: Int(UInt32.max), by: Self.stride).map {
        Float(bitPattern: UInt32($0))
      }
    let sine = Self.evaluate(LIMBECK_OP_SIN, x, at: level)
    let cosine = Self.evaluate(LIMBECK_OP_COS, x, at: level)
    var error = (sine: 0.0, cosine: 0.0)
    for (i, x) in x.enumerated() where x.isFinite {
      error.sine = max(error.sine, ulpError(sine[i], exact: Foundation.sin(Double(x))))
      error.cosine = max(error.cosine, ulpError(cosine[i], exact: Foundation.cos(Double(x))))
    }
    #expect(error.sine <= Self.bound(at: level))
    #expect(error.cosine <= Self.bound(at: level))
  }

  @Test("keep the sign of zero and have no value at infinity", arguments: Level.available)
  func specialValues(level: Level) {
    let sine = Self.evaluate(LIMBECK_OP_SIN, [0, -0.0, .infinity, -.infinity, .nan], at: level)
    #expect(sine[0] == 0 && sine[0].sign == .plus)
    #expect(sine[1] == 0 && sine[1].sign == .minus)
    #expect(sine[2...].allSatisfy { $0.isNaN })
    let cosine = Self.evaluate(LIMBECK_OP_COS, [0, -0.0, .infinity, -.infinity, .nan], at: level)
    #expect(cosine[0] == 1 && cosine[1] == 1)
    #expect(cosine[2...].allSatisfy { $0.isNaN })
  }
}

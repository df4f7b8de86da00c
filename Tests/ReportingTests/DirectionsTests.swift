import Foundation
import Testing

import Reporting

@Suite("Directions in a plane")
struct DirectionsTests {
  /// Directions that lie in a plane of a larger space, at given angles.
  private static func directions(_ angles: [Double]) -> [(name: String, vector: [Double])] {
    // Two orthonormal vectors of five coordinates.
    let first = [0.5, 0.5, 0.5, 0.5, 0], second = [0.5, -0.5, 0.5, -0.5, 0]
    return angles.enumerated().map { index, angle in
      (
        "\(index)",
        // Their lengths do not matter.
        zip(first, second).map { 3 * (cos(angle) * $0 + sin(angle) * $1) }
      )
    }
  }

  @Test func `a plane that holds all directions keeps their angles`() {
    let angles = [0, 0.3, 1.9, 4]
    let plane = DirectionsFigure.Plane(of: "layer1", directions: Self.directions(angles))
    #expect(plane.title == "4 features in 5 units of layer1; plane holds 100 %")
    for (left, a) in zip(plane.tips, angles) {
      for (right, b) in zip(plane.tips, angles) {
        // Rounding of a singular value decomposition of four rows.
        #expect(abs(left[0] * right[0] + left[1] * right[1] - cos(a - b)) < 1e-12)
      }
    }
  }

  @Test func `directions of three dimensions lose what the plane does not hold`() {
    let plane = DirectionsFigure.Plane(
      of: "layer0",
      directions: (0..<3).map { axis in ("\(axis)", (0..<3).map { $0 == axis ? 1 : 0 }) })
    #expect(plane.title == "3 features in 3 units of layer0; plane holds 67 %")
  }

  @Test func `a single direction has a plane`() {
    let plane = DirectionsFigure.Plane(of: "layer0", directions: [("0", [0, 2])])
    #expect(plane.tips.count == 1)
    #expect(abs(abs(plane.tips[0][0]) - 1) < 1e-15, "along the first axis, of length 1")
  }
}

/// A place on a canvas in points (1/72 inch): `x` to the right, `y` downwards.
struct Point: Equatable {
  var x: Double
  var y: Double
}

/// A part of a canvas with sides along its axes.
struct Rectangle: Equatable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  var maxX: Double { x + width }
  var maxY: Double { y + height }
  var center: Point { Point(x: x + width / 2, y: y + height / 2) }

  /// What is left inside margins.
  func inset(by margins: Margins) -> Rectangle {
    Rectangle(
      x: x + margins.left, y: y + margins.top,
      width: max(1, width - margins.left - margins.right),
      height: max(1, height - margins.top - margins.bottom))
  }

  /// What is left inside a margin that is the same on all sides.
  func inset(by margin: Double) -> Rectangle {
    inset(by: Margins(top: margin, left: margin, bottom: margin, right: margin))
  }

  /// Equal cells from left to right.
  func columns(_ count: Int, gap: Double) -> [Rectangle] {
    let width = (self.width - gap * Double(count - 1)) / Double(count)
    return (0..<count).map {
      Rectangle(x: x + Double($0) * (width + gap), y: y, width: width, height: height)
    }
  }

  /// Equal cells from top to bottom.
  func rows(_ count: Int, gap: Double) -> [Rectangle] {
    let height = (self.height - gap * Double(count - 1)) / Double(count)
    return (0..<count).map {
      Rectangle(x: x, y: y + Double($0) * (height + gap), width: width, height: height)
    }
  }
}

/// Space around a plot for its ticks and titles.
struct Margins: Equatable {
  var top: Double
  var left: Double
  var bottom: Double
  var right: Double

  /// The least margins that hold both, so that plots side by side line up.
  func union(_ other: Margins) -> Margins {
    Margins(
      top: max(top, other.top), left: max(left, other.left), bottom: max(bottom, other.bottom),
      right: max(right, other.right))
  }
}

/// The extent of a figure in points.
public struct FigureSize: Sendable, Equatable {
  /// From left to right.
  public let width: Double

  /// From top to bottom.
  public let height: Double

  /// Gives the extent.
  ///
  /// - Parameters:
  ///   - width: Points from left to right.
  ///   - height: Points from top to bottom.
  public init(width: Double, height: Double) {
    precondition(width > 0 && height > 0, "a figure has an extent")
    self.width = width
    self.height = height
  }

  var bounds: Rectangle { Rectangle(x: 0, y: 0, width: width, height: height) }
}

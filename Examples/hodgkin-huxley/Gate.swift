import CGSL
import Foundation

/// The m-gate of Hodgkin and Huxley (1952), doi:10.1113/jphysiol.1952.sp004764, under a voltage that swings.
enum Gate {
  /// The times of the data, in ms: 500, from 0 to 50.
  static let times = (0..<500).map { 50 * Double($0) / 499 }

  /// V in mV at a time in ms.
  static func voltage(_ t: Double) -> Double { -45 + 30 * sin(0.4 * t) }

  /// The rates in 1/ms at which closed gates open and open ones close.
  static func rates(_ voltage: Double) -> (opening: Double, closing: Double) {
    (
      0.1 * (voltage + 40) / (1 - exp(-(voltage + 40) / 10)),
      4 * exp(-(voltage + 65) / 18)
    )
  }

  /// dm/dt = α(V) (1 − m) − β(V) m.
  static func slope(_ t: Double, _ m: Double) -> Double {
    let (opening, closing) = rates(voltage(t))
    return opening * (1 - m) - closing * m
  }

  /// The share of open gates at some times, which starts at rest, by GSL's method of order 8.
  ///
  /// - Parameter times: Times in ascending order, the first one 0.
  /// - Returns: One number for each time.
  /// - Throws: ``IntegrationError`` if the error cannot be kept below 1e-12.
  static func open(at times: [Double]) throws -> [Double] {
    var system = gsl_odeiv2_system()
    system.dimension = 1
    system.function = { t, state, slope, _ in
      guard let state, let slope else { return Int32(GSL_EFAULT) }
      slope[0] = Gate.slope(t, state[0])
      return Int32(GSL_SUCCESS)
    }
    let (opening, closing) = rates(voltage(0))
    var (t, m) = (0.0, opening / (opening + closing))
    return try withUnsafeMutablePointer(to: &system) { system in
      let driver = gsl_odeiv2_driver_alloc_y_new(
        system, limbeck_gsl_prince_dormand(), 1e-3, 1e-14, 1e-12)
      defer { gsl_odeiv2_driver_free(driver) }
      return try times.map { time in
        let status = gsl_odeiv2_driver_apply(driver, &t, time, &m)
        guard status == Int32(GSL_SUCCESS) else { throw IntegrationError(time: time) }
        return m
      }
    }
  }
}

/// The equation could not be solved further.
struct IntegrationError: Error, CustomStringConvertible {
  let time: Double

  var description: String { "the gate's equation cannot be solved up to \(time) ms" }
}

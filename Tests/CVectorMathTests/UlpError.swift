/// Distance of a result from the exact value, in units in the last place of the exact value.
///
/// Infinite where only one of the two is NaN, or where a zero has the wrong sign. Overflow counts as
/// the power of two past the largest number, for result and exact value alike.
func ulpError<Value: BinaryFloatingPoint, Exact: BinaryFloatingPoint>(
  _ result: Value, exact: Exact
) -> Double {
  if exact.isNaN || result.isNaN { return exact.isNaN && result.isNaN ? 0 : .infinity }
  if result.isZero, exact.isZero || Value(exact).isZero, result.sign != exact.sign {
    return .infinity
  }
  let overflow =
    Exact(Value.greatestFiniteMagnitude) + Exact(Value.greatestFiniteMagnitude.ulp)
  func limited(_ x: Exact) -> Exact { max(-overflow, min(overflow, x)) }
  let value = limited(Exact(result))
  let exact = limited(exact)
  let smallest = Value.leastNormalMagnitude.exponent
  let exponent = exact.isZero ? smallest : Value.Exponent(max(Int(exact.exponent), Int(smallest)))
  let unit = Exact(
    sign: .plus, exponent: Exact.Exponent(Int(exponent) - Value.significandBitCount), significand: 1
  )
  return abs(Double((value - exact) / unit))
}

import Symbolic
import Testing

@Suite("Units")
struct UnitTests {
  // Right sides are in base units, from tables 4 and 8 of the SI brochure.
  @Test(
    arguments: [
      ("N", 1, "kg m/s^2"), ("J", 1, "kg m^2/s^2"), ("W", 1, "kg m^2/s^3"), ("Pa", 1, "kg/(m s^2)"),
      ("V", 1, "kg m^2/(s^3 A)"), ("Ohm", 1, "kg m^2/(s^3 A^2)"), ("F", 1, "s^4 A^2/(kg m^2)"),
      ("T", 1, "kg/(s^2 A)"), ("H", 1, "kg m^2/(s^2 A^2)"), ("C", 1, "s A"), ("Wb", 1, "V s"),
      ("S", 1, "1/Ohm"), ("Gy", 1, "m^2/s^2"), ("lx", 1, "cd/m^2"), ("kat", 1, "mol/s"),
      ("km", 1000, "m"), ("ms", 1e-3, "s"), ("mg", 1e-6, "kg"), ("hPa", 100, "N/m^2"),
      ("eV", 1.602176634e-19, "J"), ("MeV", 1.602176634e-13, "J"), ("L", 1e-3, "m^3"),
      ("min", 60, "s"), ("km/h", 1 / 3.6, "m/s"), ("kW h", 3.6e6, "J"), ("dam", 10, "m"),
      ("µm", 1e-6, "m"), ("um", 1e-6, "m"), ("cm**2", 1e-4, "m^2"), ("%", 0.01, "1"),
      ("J/(kg K)", 1, "m^2 s^-2 K^-1"), ("J/kg K", 1, "m^2/s^2 * K"), ("Hz^(1/2)", 1, "s^(-1/2)"),
      ("m·s", 1, "s*m"), ("1/s", 1, "Hz"), ("1000 m", 1000, "m"), ("m^0.5", 1, "m^(1/2)"),
    ] as [(String, Double, String)])
  func `units are what the brochure says`(text: String, scale: Double, other: String) throws {
    let unit = try Unit(parsing: text)
    let same = try Unit(parsing: other)
    #expect(unit.dimension == same.dimension)
    // A few products of rounded factors.
    #expect((unit.scale / same.scale).isNearly(scale, relativeTolerance: 1e-14))
  }

  @Test(arguments: ["kg m^2/s^2", "1", "1/s", "kg/(m s^2)", "m^(1/3)", "mol/(K^(3/2) cd)", "kg"])
  func `dimensions print as units that read back`(text: String) throws {
    let dimension = try Unit(parsing: text).dimension
    #expect(dimension.description == text)
  }

  @Test(arguments: [
    ("metre/s", "unit 'metre/s', column 1: 'metre' is no unit; did you mean 'm'?"),
    ("kg Meters", "unit 'kg Meters', column 4: 'Meters' is no unit; did you mean 'm'?"),
    (
      "kg m/Ohms", "unit 'kg m/Ohms', column 6: 'Ohms' is no unit; did you mean 'Ohm'?"
    ),
    (
      "",
      "unit '', column 1: found nothing, expected a unit such as 'kg m/s^2', or '1' for pure numbers"
    ),
    ("m/", "unit 'm/', column 3: found the end, expected a unit"),
    ("(m s", "unit '(m s', column 5: found the end, expected ')'"),
    ("m)", "unit 'm)', column 2: found ')', expected a unit or the end"),
    (
      "m^x",
      "unit 'm^x', column 3: '' is no exponent; write a whole number or a fraction such as '^(1/2)'"
    ),
    (
      "m^(1/11)",
      "unit 'm^(1/11)', column 3: '(1/11)' is no exponent; write a whole number or a fraction such as '^(1/2)'"
    ),
    ("0 m", "unit '0 m', column 1: '0' is no positive number"),
  ])
  func `errors name the place and what was meant`(text: String, sentence: String) throws {
    let error = try #require(throws: UnitError.self) { try Unit(parsing: text) }
    #expect(error.description == sentence)
  }

  @Test func `exponents are exact`() throws {
    let metre = Dimension(.length)
    let root = try #require(metre.raised(to: 1.0 / 3))
    #expect(root * root * root == metre)
    #expect(metre.raised(to: 0.1)?.raised(to: 10) == metre)
    #expect(metre.raised(to: .pi) == nil)
    #expect(metre.raised(to: 1e9) == nil)
    #expect(root.exponent(of: .length).isNearly(1.0 / 3))
  }
}

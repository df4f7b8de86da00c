/// The units and prefixes that can be written.
///
/// Source: BIPM, The International System of Units, 9th edition (2019), tables 4, 5, 7 and 8; the
/// parsec and the light year after IAU 2015 resolution B2.
enum UnitTable {
  /// A unit with a symbol of its own.
  struct Entry {
    let name: String
    let unit: Unit
    let takesPrefix: Bool
  }

  /// The unit that a word stands for, with or without a prefix; nil if there is none.
  ///
  /// A symbol is taken as a whole first: `min` is a minute and `cd` a candela.
  static func unit(_ word: String) -> Unit? {
    if let entry = entries[word] { return entry.unit }
    for (prefix, factor) in prefixes where word.hasPrefix(prefix) {
      guard let entry = entries[String(word.dropFirst(prefix.count))], entry.takesPrefix else {
        continue
      }
      return Unit(scale: factor * entry.unit.scale, entry.unit.dimension)
    }
    return nil
  }

  /// What somebody probably meant by a word that is no unit: `m` for `metre` or `Metres`.
  static func suggestion(for word: String) -> String? {
    let names = entries.sorted { $0.key < $1.key }
    let spellings = [word.lowercased(), String(word.lowercased().dropLast())]
    let american = ["meter": "m", "liter": "L", "ton": "t"]
    for spelling in spellings {
      if let symbol = american[spelling] { return symbol }
      if let found = names.first(where: { $0.value.name == spelling }) { return found.key }
    }
    return Spelling.suggestion(for: word, among: names.map(\.key))
  }

  /// Longest first, so that `da` is not taken for `d`.
  private static let prefixes: [(String, Double)] = [
    ("da", 1e1), ("Q", 1e30), ("R", 1e27), ("Y", 1e24), ("Z", 1e21), ("E", 1e18), ("P", 1e15),
    ("T", 1e12), ("G", 1e9), ("M", 1e6), ("k", 1e3), ("h", 1e2), ("d", 1e-1), ("c", 1e-2),
    ("m", 1e-3), ("u", 1e-6), ("µ", 1e-6), ("μ", 1e-6), ("n", 1e-9), ("p", 1e-12), ("f", 1e-15),
    ("a", 1e-18), ("z", 1e-21), ("y", 1e-24), ("r", 1e-27), ("q", 1e-30),
  ]

  private static let entries: [String: Entry] = {
    var entries: [String: Entry] = [:]
    func add(_ symbol: String, _ name: String, _ unit: Unit, prefix: Bool = true) {
      entries[symbol] = Entry(name: name, unit: unit, takesPrefix: prefix)
    }
    func scaled(_ factor: Double, _ unit: Unit) -> Unit {
      Unit(scale: factor * unit.scale, unit.dimension)
    }

    // Base units; prefixes belong to the gram.
    let kilogram = Unit(Dimension(.mass))
    let metre = Unit(Dimension(.length))
    let second = Unit(Dimension(.time))
    let ampere = Unit(Dimension(.current))
    let kelvin = Unit(Dimension(.temperature))
    let mole = Unit(Dimension(.amount))
    let candela = Unit(Dimension(.luminosity))
    add("g", "gram", scaled(1e-3, kilogram))
    // Not as a thousand times a thousandth, which may round.
    add("kg", "kilogram", kilogram, prefix: false)
    add("m", "metre", metre)
    add("s", "second", second)
    add("A", "ampere", ampere)
    add("K", "kelvin", kelvin)
    add("mol", "mole", mole)
    add("cd", "candela", candela)

    // Derived units with names.
    let newton = kilogram * metre / (second * second)
    let pascal = newton / (metre * metre)
    let joule = newton * metre
    let watt = joule / second
    let coulomb = ampere * second
    let volt = watt / ampere
    let weber = volt * second
    let hertz = Unit.one / second
    add("rad", "radian", .one)
    add("sr", "steradian", .one)
    add("Hz", "hertz", hertz)
    add("N", "newton", newton)
    add("Pa", "pascal", pascal)
    add("J", "joule", joule)
    add("W", "watt", watt)
    add("C", "coulomb", coulomb)
    add("V", "volt", volt)
    add("F", "farad", coulomb / volt)
    for symbol in ["Ohm", "ohm", "Ω"] { add(symbol, "ohm", volt / ampere) }
    add("S", "siemens", ampere / volt)
    add("Wb", "weber", weber)
    add("T", "tesla", weber / (metre * metre))
    add("H", "henry", weber / ampere)
    add("lm", "lumen", candela)
    add("lx", "lux", candela / (metre * metre))
    add("Bq", "becquerel", hertz)
    add("Gy", "gray", joule / kilogram)
    add("Sv", "sievert", joule / kilogram)
    add("kat", "katal", mole / second)

    // Units used with the SI.
    add("min", "minute", scaled(60, second), prefix: false)
    add("h", "hour", scaled(3600, second), prefix: false)
    add("d", "day", scaled(86_400, second), prefix: false)
    add("yr", "year", scaled(365.25 * 86_400, second))
    add("deg", "degree", scaled(.pi / 180, .one), prefix: false)
    add("%", "percent", scaled(0.01, .one), prefix: false)
    for symbol in ["L", "l"] { add(symbol, "litre", scaled(1e-3, metre * metre * metre)) }
    add("t", "tonne", scaled(1e3, kilogram))
    add("bar", "bar", scaled(1e5, pascal))
    add("atm", "atmosphere", scaled(101_325, pascal), prefix: false)
    add("eV", "electronvolt", scaled(1.602_176_634e-19, joule))
    for symbol in ["u", "Da"] {
      add(symbol, "dalton", scaled(1.660_539_068_92e-27, kilogram), prefix: false)
    }
    add("au", "astronomical unit", scaled(149_597_870_700, metre), prefix: false)
    add("ly", "light year", scaled(9_460_730_472_580_800, metre))
    add("pc", "parsec", scaled(648_000 / .pi * 149_597_870_700, metre))
    return entries
  }()
}

/// Values of the functions to 32 digits, made with mpmath 1.3 at 60 digits.
///
/// The oracle that does not
/// depend on any C library, nor on the presence of a long double.
/// Hexadecimal, because a decimal literal may be rounded twice on its way to a double.
enum HighPrecisionTable {
  /// f(argument) = high + low with |low| at most half an ulp of high.
  struct Row: Sendable {
    var function: VectorFunction
    var argument: Double
    var high: Double
    var low: Double
  }

  static let rows: [Row] = [
    Row(
      function: .tanh, argument: 0x1.56e1fc2f8f359p-997, high: 0x1.56e1fc2f8f359p-997, low: 0x0p0),
    Row(
      function: .tanh, argument: 0x1.12e0be826d695p-30, high: 0x1.12e0be826d695p-30,
      low: -0x1.a68cd9e985016p-92),
    Row(
      function: .tanh, argument: 0x1.47ae147ae147bp-7, high: 0x1.47ab48ae4595ep-7,
      low: 0x1.0992ce4a0b14ap-62),
    Row(
      function: .tanh, argument: 0x1.62e09fe86833cp-3, high: 0x1.5f5e245241caap-3,
      low: -0x1.17e7453bfb568p-57),
    Row(
      function: .tanh, argument: 0x1.62e43096a0c0dp-2, high: 0x1.555555e9c48fep-2,
      low: -0x1.def7666c0db39p-56),
    Row(
      function: .tanh, argument: 0x1.199999999999ap-1, high: 0x1.00442f6419203p-1,
      low: -0x1.a6f0615dc969bp-56),
    Row(
      function: .tanh, argument: 0x1.ccccccccccccdp-1, high: 0x1.6ebe982d6605dp-1,
      low: -0x1.441e2f2a8cce1p-55),
    Row(
      function: .tanh, argument: 0x1.b333333333333p0, high: 0x1.deedf00d3e7f5p-1,
      low: 0x1.c693afb92a97ep-58),
    Row(function: .tanh, argument: 0x1.4p2, high: 0x1.fff419668df11p-1, low: 0x1.a800b7186cb57p-56),
    Row(
      function: .tanh, argument: 0x1.2e66666666666p4, high: 0x1.fffffffffffffp-1,
      low: 0x1.3cb999b0254e4p-55),
    Row(
      function: .tanh, argument: -0x1p-2, high: -0x1.f597ea69a1c86p-3, low: 0x1.d94e51c4f71acp-60),
    Row(
      function: .tanh, argument: -0x1.a666666666666p1, high: -0x1.fe9bdf44f7c03p-1,
      low: -0x1.3239219b1aaap-59),
    Row(
      function: .sin, argument: 0x1.79ca10c924223p-67, high: 0x1.79ca10c924223p-67,
      low: -0x1.124031c73196ep-202),
    Row(
      function: .sin, argument: 0x1.999999999999ap-4, high: 0x1.98eaecb8bcb2cp-4,
      low: 0x1.c687ae84515ddp-59),
    Row(
      function: .sin, argument: 0x1.921fb54442d18p-1, high: 0x1.6a09e667f3bccp-1,
      low: 0x1.7a7fb8d4bd43fp-55),
    Row(function: .sin, argument: 0x1.921fb54442d18p0, high: 0x1p0, low: -0x1.377ce858a5d48p-109),
    Row(
      function: .sin, argument: 0x1.921fb54442d18p1, high: 0x1.1a62633145c07p-53,
      low: -0x1.f1976b7ed8fbdp-109),
    Row(
      function: .sin, argument: 0x1.921fb54442d18p2, high: -0x1.1a62633145c07p-52,
      low: 0x1.f1976b7ed8fbfp-108),
    Row(
      function: .sin, argument: 0x1.9p6, high: -0x1.03425b78c4db8p-1, low: -0x1.c23d8557420fbp-59),
    Row(
      function: .sin, argument: 0x1.81cd6c8b43958p13, high: -0x1.687d5890974a5p-1,
      low: -0x1.6a6c3056ad519p-56),
    Row(
      function: .sin, argument: 0x1.63p8, high: -0x1.f9bd0307d1de3p-16, low: 0x1.894874d2528d2p-70),
    Row(
      function: .sin, argument: 0x1.9639p16, high: -0x1.40efdf1eb8de7p-16,
      low: 0x1.f636eaa54141cp-70),
    Row(
      function: .sin, argument: 0x1.e848p19, high: -0x1.6664b2568d867p-2,
      low: -0x1.264732d26e9b9p-56),
    Row(
      function: .sin, argument: 0x1.92d5p21, high: 0x1.d9640caa1b2b3p-1, low: 0x1.27ffc26ba4639p-55),
    Row(
      function: .sin, argument: 0x1.dcd65p29, high: 0x1.1778cae83c69bp-1, low: 0x1.c7b04e0a2a2ddp-58
    ),
    Row(
      function: .sin, argument: 0x1.0f0cf064dd592p73, high: -0x1.b453ab76bf397p-1,
      low: -0x1.f453790772648p-58),
    Row(function: .sin, argument: 0x1.6ac5b262ca1ffp849, high: 0x1p0, low: -0x1.2b089ea1e692bp-123),
    Row(
      function: .sin, argument: -0x1.4p1, high: -0x1.326af0dcfcab1p-1, low: 0x1.fd42734161659p-55),
    Row(function: .cos, argument: 0x1.79ca10c924223p-67, high: 0x1p0, low: -0x1.16c262777579cp-134),
    Row(
      function: .cos, argument: 0x1.999999999999ap-4, high: 0x1.fd712f9a817c1p-1,
      low: -0x1.fb7ab33ee2672p-55),
    Row(
      function: .cos, argument: 0x1.921fb54442d18p-1, high: 0x1.6a09e667f3bcdp-1,
      low: -0x1.ec4c7696139d5p-56),
    Row(
      function: .cos, argument: 0x1.921fb54442d18p0, high: 0x1.1a62633145c07p-54,
      low: -0x1.f1976b7ed8fbcp-110),
    Row(function: .cos, argument: 0x1.921fb54442d18p1, high: -0x1p0, low: 0x1.377ce858a5d48p-107),
    Row(function: .cos, argument: 0x1.921fb54442d18p2, high: 0x1p0, low: -0x1.377ce858a5d48p-105),
    Row(function: .cos, argument: 0x1.9p6, high: 0x1.b981dbf665fdfp-1, low: 0x1.8fd0cdcd985e8p-55),
    Row(
      function: .cos, argument: 0x1.81cd6c8b43958p13, high: 0x1.6b94c3bbe24b8p-1,
      low: -0x1.c9c50dc8917f6p-56),
    Row(
      function: .cos, argument: 0x1.63p8, high: -0x1.fffffffc18e4cp-1, low: 0x1.862265016699cp-57),
    Row(
      function: .cos, argument: 0x1.9639p16, high: 0x1.fffffffe6da77p-1, low: 0x1.7035e9b2fcdecp-57),
    Row(
      function: .cos, argument: 0x1.e848p19, high: 0x1.df9df9906d32cp-1, low: 0x1.abb226a0c668p-55),
    Row(
      function: .cos, argument: 0x1.92d5p21, high: -0x1.861a6d832700bp-2, low: 0x1.25c4cc2b95477p-56
    ),
    Row(
      function: .cos, argument: 0x1.dcd65p29, high: 0x1.acff8c7364234p-1,
      low: -0x1.f8b0e8a7df5a3p-55),
    Row(
      function: .cos, argument: 0x1.0f0cf064dd592p73, high: 0x1.0be2cef01c8f4p-1,
      low: -0x1.b2d1bc8018c4fp-55),
    Row(
      function: .cos, argument: 0x1.6ac5b262ca1ffp849, high: -0x1.14ae72e6ba22fp-61,
      low: 0x1.73eef1477d90ep-118),
    Row(
      function: .cos, argument: -0x1.4p1, high: -0x1.9a2f7ef858b7dp-1, low: -0x1.587cfaa17e973p-56),
    Row(function: .exp, argument: -0x1.748p9, high: 0x1p-1074, low: -0x0p0),
    Row(function: .exp, argument: -0x1.624p9, high: 0x1.cd9eda1112f58p-1023, low: -0x0p0),
    Row(
      function: .exp, argument: -0x1.9133333333333p6, high: 0x1.3aab0c9589e7bp-145,
      low: -0x1.eacd2ab26bb08p-199),
    Row(function: .exp, argument: -0x1p0, high: 0x1.78b56362cef38p-2, low: -0x1.ca8a4270fadf5p-57),
    Row(
      function: .exp, argument: -0x1.b7cdfd9d7bdbbp-34, high: 0x1.ffffffff2419p-1,
      low: 0x1.31714b6a191dcp-57),
    Row(
      function: .exp, argument: 0x1.4f8b588e368f1p-17, high: 0x1.0000a7c5e340ep0,
      low: 0x1.bf6ba1f2a2657p-54),
    Row(
      function: .exp, argument: 0x1.62e43096a0c0dp-2, high: 0x1.6a09e6a2fdd69p0,
      low: 0x1.5acdfd93829f5p-55),
    Row(function: .exp, argument: 0x1p-1, high: 0x1.a61298e1e069cp0, low: -0x1.b4690082a4906p-55),
    Row(function: .exp, argument: 0x1p0, high: 0x1.5bf0a8b145769p1, low: 0x1.4d57ee2b1013ap-53),
    Row(function: .exp, argument: 0x1.4p3, high: 0x1.5829dcf95056p14, low: -0x1.83e055cfea4bbp-40),
    Row(
      function: .exp, argument: 0x1.62ccccccccccdp6, high: 0x1.f4705bbffae5cp127,
      low: -0x1.15587b1bf5d2cp71),
    Row(
      function: .exp, argument: 0x1.5e0cccccccccdp9, high: 0x1.058614179b2a5p1010,
      low: -0x1.c9dfb9b17c3cp956),
    Row(
      function: .exp, argument: 0x1.62e3d70a3d70ap9, high: 0x1.fe9ce5c4c52b4p1023,
      low: 0x1.a8a120488d827p969),
    Row(
      function: .log, argument: 0x1p-1074, high: -0x1.74385446d71c3p9, low: -0x1.8e569fa8ee781p-45),
    Row(
      function: .log, argument: 0x1p-1040, high: -0x1.686fc0af622d7p9, low: 0x1.b61bd2f6666ffp-48),
    Row(
      function: .log, argument: 0x1.56e1fc2f8f359p-997, high: -0x1.5963447f87fb5p9,
      low: -0x1.aa670d35324e6p-46),
    Row(function: .log, argument: 0x1p-1, high: -0x1.62e42fefa39efp-1, low: -0x1.abc9e3b39803fp-56),
    Row(
      function: .log, argument: 0x1.6a09e65dc27dfp-1, high: -0x1.62e4300c77ae8p-2,
      low: -0x1.76941023a274bp-59),
    Row(
      function: .log, argument: 0x1.6a09e7098ef5p-1, high: -0x1.62e42e268c249p-2,
      low: 0x1.195ce093a501cp-57),
    Row(
      function: .log, argument: 0x1.fffffff768fa1p-1, high: -0x1.12e0be024e4bcp-30,
      low: 0x1.fbd2f1286aa75p-84),
    Row(
      function: .log, argument: 0x1.000001ad7f29bp0, high: 0x1.ad7f2847b6492p-24,
      low: 0x1.d7f4a57fcf3ddp-80),
    Row(
      function: .log, argument: 0x1.6a09e55c0fcb5p0, high: 0x1.62e42cf9ee3ebp-2,
      low: 0x1.4ae113708e99p-57),
    Row(
      function: .log, argument: 0x1.6a09e688b59bbp0, high: 0x1.62e4304c4a71fp-2,
      low: -0x1.817567816d4cap-57),
    Row(function: .log, argument: 0x1p1, high: 0x1.62e42fefa39efp-1, low: 0x1.abc9e3b39803fp-56),
    Row(function: .log, argument: 0x1.4p3, high: 0x1.26bb1bbb55516p1, low: -0x1.f48ad494ea3e9p-53),
    Row(
      function: .log, argument: 0x1.7e43c8800759cp996, high: 0x1.5963447f87fb5p9,
      low: 0x1.abccc0710fcd4p-46),
  ]
}

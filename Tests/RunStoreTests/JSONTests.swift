import RunStore
import Testing

@Suite("JSON")
struct JSONTests {
  @Test func `members keep their order and numbers their digits`() {
    let value: JSONValue = [
      "z": 1, "a": [0.1, 1e300, .number(-0.0), .number(.leastNonzeroMagnitude)], "n": nil,
      "t": true, "s": "ä\"\\\n\u{1}",
      "e": [:], "nan": .number(.nan), "inf": .number(-.infinity),
    ]
    #expect(
      value.text()
        == #"{"z":1,"a":[0.1,1e+300,-0.0,5e-324],"n":null,"t":true,"s":"ä\"\\\n\u0001","#
        + #""e":{},"nan":null,"inf":null}"#)
  }

  @Test func `the indented layout keeps arrays of scalars on one line`() {
    let value: JSONValue = ["a": [1, 2], "b": [["c": nil]], "d": []]
    #expect(
      value.text(.indented) == """
        {
          "a": [1,2],
          "b": [
            {
              "c": null
            }
          ],
          "d": []
        }
        """)
  }

  @Test func `doubles of every size survive a round trip`() throws {
    var random = TestRandom(state: 1)
    for _ in 0..<10_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      let back = try JSONValue(parsing: JSONValue.number(value).text().utf8).double
      #expect(back?.bitPattern == value.bitPattern)
    }
  }

  @Test func `texts survive a round trip`() throws {
    var random = TestRandom(state: 2)
    for _ in 0..<1000 {
      let text = String(
        String.UnicodeScalarView(
          (0..<8).compactMap { _ in UnicodeScalar(UInt32.random(in: 0...0x10FFFF, using: &random)) }
        ))
      for layout in [JSONValue.Layout.compact, .indented] {
        let written = JSONValue.object([.init(text, .string(text))]).text(layout)
        #expect(try JSONValue(parsing: written.utf8)[text]?.text == text)
      }
    }
  }

  @Test(arguments: [
    ("", 0, JSONError.Problem.unexpectedEnd),
    ("{\"a\":1,\"a\":2}", 7, .duplicateMember("a")),
    ("[1,]", 3, .unexpectedByte(0x5D, expected: "a value")),
    ("[1 2]", 3, .unexpectedByte(0x32, expected: "',' or ']'")),
    ("{\"a\" 1}", 5, .unexpectedByte(0x31, expected: "':'")),
    ("nul", 3, .unexpectedEnd),
    ("1 x", 2, .unexpectedByte(0x78, expected: "the end")),
    ("01", 1, .unexpectedByte(0x31, expected: "the end")),
    ("\"\\ud800\"", 0, .invalidText),
    ("\"\n\"", 1, .unexpectedByte(0x0A, expected: "a character of the string")),
    ("NaN", 0, .unexpectedByte(0x4E, expected: "a value")),
  ])
  func `errors say where and what`(text: String, offset: Int, problem: JSONError.Problem) throws {
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text.utf8) }
    #expect(error?.offset == offset)
    #expect(error?.problem == problem)
  }

  @Test func `a million brackets are refused, not a stack overflow`() {
    let error = #expect(throws: JSONError.self) {
      try JSONValue(parsing: repeatElement(UInt8(ascii: "["), count: 1_000_000))
    }
    #expect(error?.problem == .tooDeep(limit: 128))
  }

  @Test func `surrogate pairs join`() throws {
    #expect(try JSONValue(parsing: #""\ud83d\ude00\/""#.utf8).text == "😀/")
  }
}

import RunStore
import Testing

private func table(_ text: String) throws(TableError) -> Table {
  try CSVReader.table(parsing: Array(text.utf8), path: "t.csv")
}

@Suite("Text tables")
struct CSVTests {
  @Test(arguments: [
    "x,t,u\n1,2,3\n-4,5e-3,.6\n", "x;t;u\r\n1;2;3\r\n-4;5e-3;.6\r\n",
    "x\tt\tu\r1\t2\t3\r-4\t5e-3\t.6",
    "  x   t u\n 1 2  3 \n-4 5e-3 .6\n", "\u{FEFF}x, t, u\n1, 2, 3\n-4, 5e-3, .6\n",
    "# made by hand\n\nx,t,u\n# more\n1,2,3\n\n   \n-4,5e-3,.6",
    "\"x\",\"t\" , \"u\"\n\"1\",2,3\n-4,\"5e-3\",.6\n",
  ])
  func `separators, quotes, comments and line ends are understood`(text: String) throws {
    let read = try table(text)
    #expect(read.names == ["x", "t", "u"])
    #expect(read.columns == [[1, -4], [2, 5e-3], [3, 0.6]])
    #expect(read.rowCount == 2)
    #expect(read["t"] == [2, 5e-3])
  }

  @Test func `columns without names are x0 x1 and y`() throws {
    #expect(try table("1,2,3\n4,5,6\n").names == ["x0", "x1", "y"])
    #expect(try table("1\n2\n") == Table(names: ["y"], columns: [[1, 2]]))
  }

  @Test func `quoted names keep separators, quotes and line breaks`() throws {
    let read = try table("\"a,b\",\"c \"\"d\"\"\",\"e\nf\"\n1,2,3\n")
    #expect(read.names == ["a,b", "c \"d\"", "e\nf"])
    let error = #expect(throws: TableError.self) { try table("\"e\nf\",b\n1,2\n3,x\n") }
    #expect(error == .text(path: "t.csv", line: 4, field: 2, problem: .notANumber("x")))
  }

  @Test(
    arguments: [
      ("x,y\n1,2\n3\n", 3, nil, .fieldCount(found: 1, expected: 2)),
      ("x,y\n1,2\n3,4,5\n", 3, nil, .fieldCount(found: 3, expected: 2)),
      ("x,y\n1,\n", 2, 2, .missingValue),
      ("x,y\n1,abc\n", 2, 2, .notANumber("abc")),
      ("x;y\n1;2,5\n", 2, 2, .notANumber("2,5")),
      ("x,y\n1,0x10\n", 2, 2, .notANumber("0x10")),
      ("x,y\n\n1,nan\n", 3, 2, .notFinite(.nan)),
      ("x,y\n-inf,1\n", 2, 1, .notFinite(.infinity)),
      ("x,y\n1e999,1\n", 2, 1, .notFinite(.infinity)),
      ("1,x\n", 1, 2, .notANumber("x")),
      (",x,u\n0,1,2\n", 1, 1, .emptyName),
      ("x,x\n0,1\n", 1, 2, .duplicateName("x")),
      ("x,y\n1,\"2\n", 2, 2, .brokenQuote),
      ("x,y\n\"1\"2,3\n", 2, 1, .brokenQuote),
      ("x,y\n1,\u{0}\n", 2, nil, .notText),
    ] as [(String, Int, Int?, TableError.TextProblem)])
  func `errors name line and field`(
    text: String, line: Int, field: Int?, problem: TableError.TextProblem
  ) {
    #expect(throws: TableError.text(path: "t.csv", line: line, field: field, problem: problem)) {
      try table(text)
    }
  }

  @Test func `sentences say what to do`() {
    let decimal = #expect(throws: TableError.self) { try table("x;y\n1;2,5\n") }
    #expect(
      decimal?.description == "t.csv:2: field 2 is '2,5', not a number; write decimals with a point"
    )
    let ragged = #expect(throws: TableError.self) { try table("x,y\n1\n") }
    #expect(ragged?.description == "t.csv:2: the line has 1 field where the first has 2")
    let nan = #expect(throws: TableError.self) { try table("x,y\n1,NaN\n") }
    #expect(nan?.description == "t.csv:2: field 2 is NaN; remove the line or repair it")
  }

  @Test(arguments: ["", "\n\n", "# only comments\n", "x,y\n"])
  func `a table without rows is an error`(text: String) {
    #expect(throws: TableError.tooFewRows(path: "t.csv", count: 0, minimum: 1)) { try table(text) }
  }

  @Test func `what is written reads back bit by bit`() throws {
    var random = TestRandom(state: 6)
    let values = (0..<200).map { _ in
      let value = Double(bitPattern: random.next())
      return value.isFinite ? value : 0
    }
    let original = Table(names: ["a b", "c,\"d\""], columns: [values, values.reversed()])
    let read = try table(CSVDocument(original).text)
    #expect(read.names == original.names)
    for (left, right) in zip(read.columns, original.columns) {
      #expect(left.map(\.bitPattern) == right.map(\.bitPattern))
    }
  }

  @Test func `documents quote texts and leave missing numbers empty`() {
    var document = CSVDocument(header: ["complexity", "loss", "equation"])
    document.append([.integer(9), .number(1.2e-13), .text("sin(pi*x)")])
    document.append([.empty, .number(.nan), .text("max(a, \"b\")")])
    #expect(
      document.text == """
        complexity,loss,equation
        9,1.2e-13,sin(pi*x)
        ,,"max(a, ""b"")"

        """)
  }

  @Test func `no damage traps`() {
    let text = "# c\n\"x\",\"t \"\"q\"\"\",u\n1,2,3\r\n-4.5e-3,5,6\n"
    _ = damage(Array(text.utf8), seed: 7, changes: 20_000) {
      (try? CSVReader.table(parsing: $0, path: "t")) != nil
    }
  }
}

import Testing

@Suite("Tables that cannot be distilled")
struct TableFailureTests {
  @Test(
    arguments: [
      .table(
        "NaN", "x,y\n1,2\n2,nan\n3,3\n", "data.csv:3: field 2 is NaN; remove the line or repair it"),
      .table("text", "x,y\n1,2\n2,two\n", "data.csv:3: field 2 is 'two', not a number"),
      .table("gap", "x,y\n1,\n2,2\n", "data.csv:2: field 2 is empty; every field needs a number"),
      .table("ragged", "x,y\n1,2\n2\n", "data.csv:3: the line has 1 field where the first has 2"),
      .table("no rows", "x,y\n", "data.csv: 0 rows are too few; at least 1 is needed"),
      .table(
        "one row", "x,y\n1,2\n",
        "data.csv: the table has 1 row, but a search needs at least 4; record more samples"),
      .table(
        "constant target", "x,y\n1,2\n2,2\n3,2\n4,2\n",
        "data.csv: the target 'y' is 2.0 in every row, so there is no dependence to find; "
          + "choose a column that varies, or record rows in which it does"),
      .table(
        "target alone", "y\n1\n2\n3\n4\n",
        "data.csv: the table has a target but no other column; "
          + "add the variables the target may depend on"),
      .table(
        "unknown target", lines, "data.csv: there is no column 'hight'; did you mean 'height'?",
        options: ["--target", "hight"]),
      .table(
        "unknown weights", lines, "data.csv: there is no column 'w'; there are x, height",
        options: ["--weights", "w"]),
      .table(
        "unknown variable", lines, "data.csv: there is no column 'z'; there are x, height",
        options: ["--columns", "x,z"]),
      .table(
        "a column as target and weight", lines,
        "data.csv: the column 'height' is given two roles; "
          + "a column is a target, the weights or a variable",
        options: ["--target", "height", "--weights", "height"]),
      .table(
        "negative weight", "x,w,y\n1,1,2\n2,-1,3\n3,1,5\n4,1,9\n",
        "data.csv: the weight of row 2 is negative; weights count how much a row matters, from 0 up",
        options: ["--weights", "w"]),
      .table(
        "unknown grammar", lines,
        "'genral' is neither a shipped grammar nor a file; "
          + "did you mean 'general'?", options: ["--grammar", "genral"], status: 66),
    ] + [
      BadInput(
        name: "missing table", arguments: ["distill", "none.csv"], status: 66,
        sentence: "none.csv: no such file or directory; check the path"),
      BadInput(
        name: "unknown format", files: ["data.xls": [0]], arguments: ["distill", "data.xls"],
        status: 65,
        sentence: "data.xls: not a known kind of table; "
          + "known are .csv .tsv .txt .dat .npy .npz .h5 .hdf5"),
      BadInput(
        name: "directory that is no run", arguments: ["distill", "."], status: 65,
        sentence: ".: not a run directory (no manifest.json and no recipe.yaml in it); "
          + "check the path"),
      BadInput(
        name: "mistake in a grammar",
        files: ["data.csv": Array(lines.utf8), "g.grammar": Array("binary + -\nunery sin\n".utf8)],
        arguments: ["distill", "data.csv", "--grammar", "g.grammar"], status: 65,
        sentence: "g.grammar:2: unknown word 'unery'; did you mean 'unary'?"),
      BadInput(
        name: "no NumPy file", files: ["data.npy": Array("x,y\n1,2\n".utf8)],
        arguments: ["distill", "data.npy"], status: 65,
        sentence: "data.npy: not readable as a NumPy file (byte 0): "
          + "it does not begin like a .npy file (\\x93NUMPY)"),
      BadInput(
        name: "no archive", files: ["data.npz": [0x50, 0x4B, 3, 4]],
        arguments: ["distill", "data.npz"], status: 65,
        sentence: "data.npz: not readable as a NumPy file (byte 4): "
          + "the zip archive is damaged: it has no end record; is it cut off?"),
      BadInput(
        name: "no HDF5 file", files: ["data.h5": [1, 2, 3]],
        arguments: ["distill", "data.h5"], status: 65,
        sentence: "data.h5: not an HDF5 file, damaged, or still being written"),
      // 10^15 doubles would be 8 PB: whoever allocates first and asks later does not get this far.
      BadInput(
        name: "absurd shape",
        files: [
          "data.npy": numpy(
            "{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000000, 2), }")
        ],
        arguments: ["distill", "data.npy"], status: 65,
        sentence: "data.npy: not readable as a NumPy file (byte 144): "
          + "it ends before byte 16000000000000128; copy or save it again"),
      BadInput(
        name: "NaN in an array",
        files: [
          "data.npy": numpy(
            "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }", data: [1, 2, 3, .nan])
        ],
        arguments: ["distill", "data.npy"], status: 65,
        sentence: "data.npy: row 2 of column 'y' is NaN; remove the row or repair it"),
      BadInput(
        name: "negative shape",
        files: ["data.npy": numpy("{'descr': '<f8', 'fortran_order': False, 'shape': (-4, 2), }")],
        arguments: ["distill", "data.npy"], status: 65,
        sentence: "data.npy: not readable as a NumPy file (byte 61): "
          + "the header is damaged: expected an extent that is not negative"),
    ] as [BadInput])
  func `the sentence names the place`(input: BadInput) throws {
    #expect(try input.outcome() == input.refusal)
    #expect(input.sentence.split(separator: "\n").count <= 2)
  }

  /// A table that can be distilled.
  private static let lines = "x,height\n1,2\n2,3\n3,5\n4,9\n"

  /// A version 1 file with this header and these numbers.
  private static func numpy(_ dictionary: String, data: [Double] = [0, 0]) -> [UInt8] {
    // The header fills up to a multiple of 64 bytes.
    let text = dictionary + String(repeating: " ", count: 117 - dictionary.utf8.count) + "\n"
    let bytes = data.flatMap { value in
      withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
    }
    return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(text.utf8) + bytes
  }
}

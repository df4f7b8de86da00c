import RunStore
import Testing

@Suite("Tables")
struct TableTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  private func array(_ values: [Double], _ shape: [Int]) -> [UInt8] {
    NumpyArray(StoredTensor(values, shape: shape)).serialized
  }

  @Test func `an array of two axes has columns x0 and y`() throws {
    let path = try directory.write("a.NPY", array([1, 2, 3, 4, 5, 6], [3, 2]))
    let table = try Table(contentsOf: path)
    #expect(table == Table(names: ["x0", "y"], columns: [[1, 3, 5], [2, 4, 6]]))
  }

  @Test func `an array of one axis is one column`() throws {
    let path = try directory.write("a.npy", array([1, 2], [2]))
    #expect(try Table(contentsOf: path) == Table(names: ["y"], columns: [[1, 2]]))
  }

  @Test(arguments: [[], [1, 1, 2]])
  func `arrays of other ranks are refused`(shape: [Int]) throws {
    let count = shape.reduce(1, *)
    let path = try directory.write("a.npy", array((0..<count).map(Double.init), shape))
    #expect(throws: TableError.unsupportedRank(path: path, array: nil, shape: shape)) {
      try Table(contentsOf: path)
    }
  }

  @Test func `NaN names row and column`() throws {
    let path = try directory.write("a.npy", array([1, 2, 3, .nan], [2, 2]))
    let error = #expect(throws: TableError.self) { try Table(contentsOf: path) }
    #expect(error == .notFinite(path: path, column: "y", row: 2, value: .nan))
    #expect(
      error?.description
        == "\(path): row 2 of column 'y' is NaN; remove the row or repair it")
  }

  @Test func `an array without rows and of absurd width is refused`() throws {
    let path = try directory.write("a.npy", array([], [0, 1 << 40]))
    #expect(throws: TableError.tooFewRows(path: path, count: 0, minimum: 1)) {
      try Table(contentsOf: path)
    }
  }

  @Test func `the caller's minimum of rows is enforced`() throws {
    let path = try directory.write("a.csv", Array("x,y\n1,2\n".utf8))
    let error = #expect(throws: TableError.self) { try Table(contentsOf: path, minimumRows: 2) }
    #expect(error?.description == "\(path): 1 row is too few; at least 2 are needed")
    #expect(error?.kind == .malformed)
  }

  @Test func `a missing file is told from an unknown kind`() throws {
    for name in ["a.csv", "a.npy", "a.npz", "a.h5", "a.xyz", "a"] {
      let error = #expect(throws: TableError.self) { try Table(contentsOf: directory(name)) }
      #expect(error?.kind == .notFound)
      #expect(
        error?.description == "\(directory(name)): no such file or directory; check the path")
    }
    let path = try directory.write("a.xlsx", [1])
    let error = #expect(throws: TableError.self) { try Table(contentsOf: path) }
    #expect(error?.kind == .malformed)
    #expect(
      error?.description == "\(path): not a known kind of table; "
        + "known are .csv .tsv .txt .dat .npy .npz .h5 .hdf5")
  }

  @Test func `a malformed file keeps its own error`() throws {
    let path = try directory.write("a.npy", [1, 2, 3])
    let error = #expect(throws: TableError.self) { try Table(contentsOf: path) }
    #expect(error?.kind == .malformed)
    #expect(
      error?.description == "\(path): not readable as a NumPy file (byte 0): "
        + "it does not begin like a .npy file (\\x93NUMPY)")
  }
}

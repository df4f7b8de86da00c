import RunStore
import Testing

@Suite("HDF5 tables")
struct HDF5Tests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  @Test func `data sets at the root are columns by name`() throws {
    let path = directory("a.h5")
    writeHDF5(path, [("X", [2, 2], [1, 2, 3, 4]), ("y", [2], [5, 6]), ("z", [2], [7, 8])])
    let table = try Table(contentsOf: path)
    #expect(table.names == ["x0", "x1", "z", "y"])
    #expect(table.columns == [[1, 3], [2, 4], [7, 8], [5, 6]])
  }

  @Test func `the columns of a data set that is alone have no names`() throws {
    let path = directory("a.h5")
    writeHDF5(path, [("measurements", [2, 3], [1, 2, 3, 4, 5, 6])])
    #expect(try Table(contentsOf: path).names == ["x0", "x1", "y"])
  }

  @Test func `a path after the file names one data set`() throws {
    let path = directory("a.hdf5")
    writeHDF5(path, [("y", [2], [5, 6]), ("/group/layer0", [2, 3], [1, 2, 3, 4, 5, 6])])
    let table = try Table(contentsOf: path + ":/group/layer0")
    #expect(
      table == Table(names: ["x0", "x1", "y"], columns: [[1, 4], [2, 5], [3, 6]]))
    let error = #expect(throws: TableError.self) { try Table(contentsOf: path + ":/group/none") }
    #expect(error?.description == "\(path): no data set '/group/none'; the file has y")
  }

  @Test func `ranks, lengths and rows are checked`() throws {
    let path = directory("a.h5")
    writeHDF5(path, [("cube", [1, 1, 2], [1, 2])])
    let rank = #expect(throws: TableError.self) { try Table(contentsOf: path) }
    #expect(rank?.description == "\(path): data set 'cube' has 3 axes; a table needs 1 or 2")
    writeHDF5(path, [("a", [2], [1, 2]), ("b", [3], [1, 2, 3])])
    #expect(throws: TableError.lengthMismatch(path: path, column: "b", length: 3, expected: 2)) {
      try Table(contentsOf: path)
    }
    writeHDF5(path, [])
    #expect(throws: TableError.hdf5(.malformed(path: path, problem: .noDatasets))) {
      try Table(contentsOf: path)
    }
  }

  @Test func `an absurd size without stored bytes is refused before allocation`() throws {
    let path = directory("a.h5")
    writeHDF5(path, [("big", [1 << 40, 4], [])])
    let error = #expect(throws: TableError.self) { try Table(contentsOf: path) }
    #expect(
      error
        == .hdf5(
          .malformed(
            path: path,
            problem: .absurdSize(dataset: "big", shape: [1 << 40, 4], stored: 0))))
  }

  @Test func `a file that is not HDF5 is malformed`() throws {
    let path = try directory.write("a.h5", Array("hello".utf8))
    #expect(throws: TableError.hdf5(.malformed(path: path, problem: .notHDF5))) {
      try Table(contentsOf: path)
    }
  }

  @Test func `truncated files are refused`() throws {
    let path = directory("a.h5")
    writeHDF5(path, [("y", [64], (0..<64).map(Double.init))])
    let bytes = try FileContents.read(path)
    let cut = directory("b.h5")
    for count in stride(from: 0, to: bytes.count, by: 37) {
      try AtomicFile.write(bytes.prefix(count), to: cut)
      #expect(throws: TableError.self) { try Table(contentsOf: cut) }
    }
  }
}

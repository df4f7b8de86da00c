#if canImport(Glibc)
  import CVectorMath
  import Glibc
  import Testing

  @Suite("Kernels beside forbidden memory")
  struct GuardPageTests {
    /// Columns end right before a page that may not be touched: one element too far is a crash.
    @Test("nothing is read past the last row", arguments: Level.available)
    func pastTheEnd(level: Level) throws {
      let table = try #require(limbeck_expressions_f32_at(level.rawValue)).pointee
      let functions = try #require(limbeck_functions_f32_at(level.rawValue)).pointee
      let code = Program(
        steps: [
          .init(operation: LIMBECK_OP_AFFINE, a: ~0, c: 2, d: 1, cParameter: 0, dParameter: 1),
          .init(operation: LIMBECK_OP_MULTIPLY, a: 0, b: ~0),
        ], parameterCount: 2
      ).floatCode()
      let page = Int(sysconf(Int32(_SC_PAGESIZE)))
      let mapping = try #require(
        mmap(nil, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
      defer { munmap(mapping, 2 * page) }
      try #require(mapping != MAP_FAILED)
      try #require(mprotect(mapping + page, page, PROT_NONE) == 0)

      var scratch = [Float](repeating: 0, count: limbeck_derivative_scratch(2, 2, 64))
      var gram = [0.0, 0, 0, 0]
      var descent = [0.0, 0]
      for rows in 1...70 {
        let column = (mapping + page - 4 * rows).bindMemory(to: Float.self, capacity: rows)
        for i in 0..<rows { column[i] = 1 }
        var result = [Float](repeating: 0, count: rows)
        functions.exp(column, &result, rows)
        #expect(result.allSatisfy { abs($0 - 2.7182817) < 1e-6 })
        table.evaluate(code, 2, [UnsafePointer(column)], rows, 64, &scratch, &result)
        #expect(result.allSatisfy { $0 == 3 })
        let squares = table.normal_equations(
          code, 2, 2, [UnsafePointer(column)], column, column, rows, 64, &scratch, &gram, &descent)
        #expect(squares == 4 * Double(rows))
        let moments = table.moments(column, column, rows)
        #expect(moments.mean_x == 1 && moments.sxx == 0)
        #expect(table.line_residual(column, column, rows, 0, 1) == 0)
        // Results, too, end where they should.
        withColumns([result]) { table.evaluate(code, 2, $0, rows, 64, &scratch, column) }
        #expect((0..<rows).allSatisfy { column[$0] == 21 })
      }
    }
  }
#endif

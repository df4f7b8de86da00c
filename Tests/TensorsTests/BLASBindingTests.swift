import Foundation
import Tensors
import Testing

/// GSL brings a reference BLAS whose `cblas_dgemm` has the same name and a tenth of the speed; which
/// one is bound depends on the order in which libraries are linked.
@Test func `cblas_dgemm is OpenBLAS's`() throws {
  #expect(LinearAlgebraLibrary.description.contains("OpenBLAS"))
  // RTLD_NOLOAD: only look at what this process has loaded already.
  let openBLAS = try #require(dlopen("libopenblas.so.0", RTLD_NOLOAD | RTLD_LAZY))
  defer { dlclose(openBLAS) }
  for routine in ["cblas_dgemm", "cblas_sgemm", "cblas_dsyrk"] {
    let bound = try #require(dlsym(nil, routine))
    #expect(bound == dlsym(openBLAS, routine), "\(routine) is bound to another library")
  }
}

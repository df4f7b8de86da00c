import CHDF5
import RunStore

/// Writes data sets with the HDF5 library itself, as other programs would.
///
/// - Parameters:
///   - path: The file.
///   - datasets: The data sets; one without values has none stored.
///   - type: The type in the file; nil for 64 bits.
///   - chunk: Rows of a chunk; nil for none.
func writeHDF5(
  _ path: String, _ datasets: [(name: String, shape: [Int], values: [Double])],
  type: (() -> hid_t)? = nil, chunk: Int? = nil
) {
  HDF5Library.locked {
    let file = limbeck_h5f_create(path)
    defer { H5Fclose(file) }
    let group = H5Gcreate2(
      file, "/group", limbeck_h5p_default(), limbeck_h5p_default(), limbeck_h5p_default())
    H5Gclose(group)
    for (name, shape, values) in datasets {
      let space = H5Screate_simple(Int32(shape.count), shape.map(hsize_t.init), nil)
      defer { H5Sclose(space) }
      let properties = H5Pcreate(limbeck_h5p_dataset_create())
      defer { H5Pclose(properties) }
      if let chunk {
        let extents = [hsize_t(chunk)] + shape[1...].map(hsize_t.init)
        H5Pset_chunk(properties, Int32(extents.count), extents)
        H5Pset_deflate(properties, 1)
      }
      let stored = type?() ?? limbeck_h5t_native_double()
      let dataset = H5Dcreate2(
        file, name, stored, space, limbeck_h5p_default(), properties, limbeck_h5p_default())
      defer { H5Dclose(dataset) }
      if !values.isEmpty {
        H5Dwrite(
          dataset, limbeck_h5t_native_double(), limbeck_h5s_all(), limbeck_h5s_all(),
          limbeck_h5p_default(), values)
      }
    }
  }
}

/// IEEE half precision, which HDF5 has no name for: 5 bits of exponent, 10 of mantissa.
func halfPrecision() -> hid_t {
  let type = H5Tcopy(limbeck_h5t_float32_le())
  H5Tset_fields(type, 15, 10, 5, 0, 10)
  H5Tset_size(type, 2)
  H5Tset_ebias(type, 15)
  return type
}

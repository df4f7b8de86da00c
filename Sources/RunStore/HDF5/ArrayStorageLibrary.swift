import CHDF5

/// The library behind the activation store.
public enum ArrayStorageLibrary {
  /// Its name and version, such as `HDF5 1.14.5`.
  public static var description: String {
    let version = HDF5Library.locked { () -> [UInt32] in
      var (major, minor, release): (UInt32, UInt32, UInt32) = (0, 0, 0)
      H5get_libversion(&major, &minor, &release)
      return [major, minor, release]
    }
    return "HDF5 " + version.map(\.description).joined(separator: ".")
  }
}

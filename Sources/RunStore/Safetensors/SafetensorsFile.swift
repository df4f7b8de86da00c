/// Named tensors with text metadata in the safetensors format.
///
/// Layout of a file: an unsigned 64-bit little-endian length `n`, `n` bytes of JSON, then the
/// tensors' bytes without gaps. The JSON maps each name to
/// `{"dtype": "F32", "shape": [32, 2], "data_offsets": [begin, end]}`, offsets counted from the
/// end of the JSON; the entry `__metadata__` maps texts to texts. Specification:
/// [github.com/huggingface/safetensors](https://github.com/huggingface/safetensors#format).
///
/// The reader accepts exactly what the reference implementation accepts of the types that
/// ``ElementType`` has, and trusts no number in the file: each is checked against the file's size
/// before memory is reserved for it. The writer's bytes depend on the contents alone.
///
/// ```swift
/// var file = SafetensorsFile()
/// file.tensors["layer0.weight"] = StoredTensor(weights, shape: [32, 2])
/// try file.write(to: "model.safetensors")
/// ```
public struct SafetensorsFile: Sendable, Equatable {
  /// The tensors by name; `__metadata__` is not a name.
  public var tensors: [String: StoredTensor]

  /// Free text by key.
  public var metadata: [String: String]

  /// The largest accepted JSON header: 100 MB, as in the reference implementation.
  public static let headerLimit = 100_000_000

  /// Gathers tensors for writing.
  ///
  /// - Parameters:
  ///   - tensors: The tensors by name.
  ///   - metadata: Free text by key.
  public init(tensors: [String: StoredTensor] = [:], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }
}

extension ElementType {
  /// The name of the type in a safetensors header.
  var safetensorsName: String {
    switch self {
    case .bool: "BOOL"
    case .int8: "I8"
    case .int16: "I16"
    case .int32: "I32"
    case .int64: "I64"
    case .uint8: "U8"
    case .uint16: "U16"
    case .uint32: "U32"
    case .uint64: "U64"
    case .float16: "F16"
    case .bfloat16: "BF16"
    case .float32: "F32"
    case .float64: "F64"
    }
  }

  /// The type with a name of a safetensors header.
  init?(safetensorsName name: String) {
    guard let type = Self.allCases.first(where: { $0.safetensorsName == name }) else { return nil }
    self = type
  }
}

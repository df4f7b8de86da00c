import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A terminal whose screen is a text.
final class PseudoTerminal {
  /// What a program writes to.
  let device: FileHandle

  /// All that was written, with line ends as the program wrote them.
  var text: String { String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n") }

  private let screen: FileHandle
  private var bytes: [UInt8] = []

  init(columns: UInt16) throws {
    var (screen, device): (Int32, Int32) = (-1, -1)
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&screen, &device, nil, nil, &size) == 0,
      fcntl(screen, F_SETFL, O_NONBLOCK) == 0
    else { throw POSIXError(.ENOTTY) }
    self.screen = FileHandle(fileDescriptor: screen, closeOnDealloc: true)
    self.device = FileHandle(fileDescriptor: device, closeOnDealloc: true)
  }

  /// Takes what is there.
  func drain() {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(screen.fileDescriptor, &buffer, buffer.count)
      guard count > 0 else { return }
      bytes += buffer[..<count]
    }
  }
}

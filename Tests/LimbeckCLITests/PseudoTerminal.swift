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

  /// How often a screen was drawn to its end (ECMA-48, ED); cheaper than a look at the text.
  var drawings: Int {
    bytes.indices.dropFirst(2).count { index in
      bytes[index] == UInt8(ascii: "J") && bytes[index - 1] == UInt8(ascii: "[")
        && bytes[index - 2] == 0x1B
    }
  }

  /// What a program reads the keyboard from.
  var keyboard: FileHandle { device }

  private let screen: FileHandle
  private var bytes: [UInt8] = []

  init(columns: UInt16, rows: UInt16 = 24) throws {
    var (screen, device): (Int32, Int32) = (-1, -1)
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&screen, &device, nil, nil, &size) == 0,
      fcntl(screen, F_SETFL, O_NONBLOCK) == 0
    else { throw POSIXError(.ENOTTY) }
    self.screen = FileHandle(fileDescriptor: screen, closeOnDealloc: true)
    self.device = FileHandle(fileDescriptor: device, closeOnDealloc: true)
  }

  /// Changes the size, as a user who pulls at the window's corner.
  func resize(columns: UInt16, rows: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(screen.fileDescriptor, UInt(TIOCSWINSZ), &size)
  }

  /// Presses keys.
  func type(_ keys: String) { try? screen.write(contentsOf: Data(keys.utf8)) }

  /// Whether the keyboard shows what is typed, line by line, as shells want it.
  var hasUsualMode: Bool {
    var mode = termios()
    tcgetattr(screen.fileDescriptor, &mode)
    return mode.c_lflag & tcflag_t(ICANON | ECHO) == tcflag_t(ICANON | ECHO)
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

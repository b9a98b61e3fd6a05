import CExpat

/// Whether a name of an encoding means Windows-1252, which Expat does not know.
func isWindows1252(_ name: String) -> Bool { ["windows-1252", "cp1252", "cp-1252"].contains(name.lowercased()) }

/// Tells Expat what each byte means. - Source: the WHATWG Encoding Standard's index windows-1252, undefined bytes refused.
func fillWindows1252(_ info: UnsafeMutablePointer<XML_Encoding>) {
  withUnsafeMutableBytes(of: &info.pointee.map) { map in
    let map = map.bindMemory(to: Int32.self)
    for byte in map.indices {
      map[byte] = (0x80...0x9F).contains(byte) ? windows1252[byte - 0x80] : Int32(byte)
    }
  }
  (info.pointee.convert, info.pointee.release, info.pointee.data) = (nil, nil, nil)
}

/// The scalars of 0x80 to 0x9F; -1 where there is none.
private let windows1252: [Int32] = [
  0x20AC, -1, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, -1, 0x017D, -1,
  -1, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, -1, 0x017E,
  0x0178,
]

import Foundation
import Model

/// Words as the name of a file, in letters that an id may have: accents go, as in `grosse-der-dateien`, and so do
/// letters that none of these are like.
func fileName(like words: String, maxBytes: Int = 64) -> String {
  var plain = ""
  for scalar in words.decomposedStringWithCanonicalMapping.unicodeScalars {
    if let letters = plainLetters[scalar] {
      plain += letters
    } else if scalar.isASCII {
      plain.unicodeScalars.append(scalar)
    } else if scalar.properties.generalCategory != .nonspacingMark {
      plain += " "
    }
  }
  return slug(plain, maxBytes: maxBytes)
}

/// Latin letters that are no other letter with an accent.
private let plainLetters: [Unicode.Scalar: String] = [
  "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
  "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i",
]

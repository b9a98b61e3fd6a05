import Foundation
import Model

/// A text as an id may be written, as far as its letters are Latin: `Größe` becomes `grosse`. What is left out of other
/// scripts parts words.
func plainSlug(_ text: String) -> String {
  var plain = ""
  for scalar in text.decomposedStringWithCompatibilityMapping.unicodeScalars {
    if scalar.isASCII {
      plain.unicodeScalars.append(scalar)
    } else if let letters = ligatures[scalar] {
      plain += letters
    } else if scalar.properties.generalCategory != .nonspacingMark {
      plain += " "
    }
  }
  return slug(plain, maxBytes: 64)
}

/// Latin letters that are no others with marks.
private let ligatures: [Unicode.Scalar: String] = [
  "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d",
  "Ð": "d", "þ": "th", "Þ": "th", "ł": "l", "Ł": "l", "ħ": "h", "Ħ": "h", "ı": "i",
]

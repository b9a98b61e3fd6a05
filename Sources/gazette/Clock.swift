import Foundation
import Model

extension Moment {
  /// What the clock says, in whole seconds. Only the command may ask, and hands it on as an input.
  static var now: Moment { Moment(seconds: Int(Date().timeIntervalSince1970.rounded(.down))) }
}

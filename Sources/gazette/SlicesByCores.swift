import Foundation

/// How many pieces of work run at once where nobody says: about four for each core keep all busy to the end.
let slicesByCores = ProcessInfo.processInfo.activeProcessorCount * 4

import Diagnostics

/// The result of some work, for `async let` knows no typed errors.
func result<Value: Sendable>(
  _ work: @Sendable () async throws(FileError) -> Value
) async -> Result<Value, FileError> {
  do throws(FileError) { return .success(try await work()) } catch { return .failure(error) }
}

/// What a link in a text leads to inside the site. Where that is on disk is the business of the pages.
package enum Destination: Hashable, Sendable {
  case home
  case product(ProductID)
  case release(ReleaseID)
  case guide(page: String)
  case incident(String)
  /// A file that is copied with the site, by its address there, such as `assets/gateway/2.4.0/latency.svg`.
  case asset(String)
}

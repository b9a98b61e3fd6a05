import Model
import Testing

struct PackageURLTests {
  @Test(
    "a package URL is taken apart",
    arguments: [
      ("pkg:npm/left-pad@1.3.0", "npm", nil, "left-pad", "1.3.0"),
      ("pkg:npm/%40angular/core@17.0.0", "npm", "@angular", "core", "17.0.0"),
      ("pkg:npm/@angular/core", "npm", "@angular", "core", nil),
      ("pkg:npm/@angular/core@17.0.0", "npm", "@angular", "core", "17.0.0"),
      (
        "pkg:maven/org.apache.tomcat/tomcat-catalina@9.0.14?packaging=jar", "maven", "org.apache.tomcat",
        "tomcat-catalina", "9.0.14"
      ),
      ("pkg:golang/github.com/a/b@v1.2.3#sub/dir", "golang", "github.com/a", "b", "v1.2.3"),
      ("PKG:PyPI/Django_Rest@3", "pypi", nil, "django-rest", "3"),
      ("pkg:oci/myapp@sha256%3A0b31?arch=amd64", "oci", nil, "myapp", "sha256:0b31"),
      ("pkg:deb/debian/curl@7.50.3-1?arch=i386", "deb", "debian", "curl", "7.50.3-1"),
      ("pkg://github/Package-URL/Purl-Spec@244fd47e07d1", "github", "package-url", "purl-spec", "244fd47e07d1"),
      ("pkg:generic/java@17.0.10%2B7 -J-ms8m", "generic", nil, "java", "17.0.10+7 -J-ms8m"),
      ("pkg:generic//a//b@", "generic", "a", "b", nil),
    ] as [(String, String, String?, String, String?)])
  func parts(_ text: String, _ type: String, _ namespace: String?, _ name: String, _ version: String?) throws {
    let url = try #require(PackageURL(text))
    #expect(url.type == type)
    #expect(url.namespace == namespace)
    #expect(url.name == name)
    #expect(url.version == version)
  }

  @Test(
    "what is no package URL is none",
    arguments: ["", "pkg:", "pkg:npm", "pkg:npm/", "npm/left-pad", "https://example.org/a", "pkg:n m/a", "pkg:npm/%FF"])
  func malformed(_ text: String) {
    #expect(PackageURL(text) == nil)
  }

  @Test("two versions of a package have one coordinate")
  func coordinate() throws {
    let (old, new) = (try #require(PackageURL("pkg:npm/%40a/b@1?x=y")), try #require(PackageURL("pkg:npm/@a/b@2")))
    #expect(old.coordinate == "pkg:npm/@a/b")
    #expect(old.coordinate == new.coordinate)
  }
}

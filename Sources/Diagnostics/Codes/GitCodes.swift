extension Code {
  /// The codes of the checkout: Git, and the files in it.
  package static let git: [Code] = [
    notACheckout, noWorkTree, noCommits, shallowClone, sourceIsNotARepository, missingSubmodule, outsideCheckout,
    brokenLink, circularLink, unusableName, missingFile, notAFile, fileTooLarge, notUTF8, unboundSource,
    incompleteClone, needsHistory,
  ]

  package static let notACheckout = Code(
    "G001", "a folder that is not in a Git checkout",
    why: """
      The checkout is Gazette's database and Git its audit log: dates, authors and the baseline of published records \
      come from its commits.
      """,
    fix: "Run Gazette in a clone, or run `git init`, add the content and commit it.")

  package static let noWorkTree = Code(
    "G002", "a Git repository without a work tree",
    why: """
      A bare repository, or the inside of a `.git` folder, has commits but no files, and Gazette reads the files of \
      the work tree.
      """,
    fix: "Run Gazette in a clone of the repository, or make a work tree with `git worktree add DIR`.")

  package static let noCommits = Code(
    "G003", "a checkout without commits",
    why: """
      The moment for which the site is true is that of the newest commit. Before the first there is none, and nothing \
      tells when a record was written.
      """,
    fix: "Commit once. Until then, pass `--as-of` to see a preview.")

  package static let shallowClone = Code(
    "G004", "a shallow clone",
    why: """
      A clone made with a depth holds only the newest commits, and often no tags. Releases would miss their tags, \
      commits and authors, and dates from history would be those of the last commit.
      """,
    example: "git clone --depth 1 https://code.harbor.example/harbor.git",
    fix: """
      Run `git fetch --unshallow --tags`. In a pipeline ask for the whole history: `fetch-depth: 0` for \
      actions/checkout, `GIT_DEPTH: 0` for GitLab.
      """)

  package static let sourceIsNotARepository = Code(
    "G005", "a source that is not a Git repository",
    why: "A product's commits, tags and changelog are read from the repository that `--source` binds to the name.",
    example: "gazette build --source auth=../downloads",
    fix: "Bind the name to a clone: `--source auth=../auth`. A bare clone will do.")

  package static let missingSubmodule = Code(
    "G006", "a submodule that is not checked out",
    why: """
      A product's `repository` names a submodule. Its folder is empty until it is checked out, so its commits and tags \
      are not here.
      """,
    example: "sources: [{id: auth, repository: vendor/auth}]",
    fix: """
      Run `git submodule update --init vendor/auth`. In a pipeline, ask for submodules with their whole history.
      """)

  package static let outsideCheckout = Code(
    "G008", "a path that leaves the checkout",
    why: """
      A site is built from one reviewed commit. A file from elsewhere, named with `..` or from the root of the \
      machine or reached through a symbolic link, is in no review and might hold what must not be published. Git's \
      own folder counts as elsewhere.
      """,
    example: "upgrade: {guide: ../../wiki/upgrade.md}",
    fix: "Copy the file into the checkout and name it relative to the top.")

  package static let brokenLink = Code(
    "G009", "a symbolic link that leads nowhere",
    why: "A file that was meant to be part of the content is not read.",
    example: "content/pages/guide.md -> ../../docs/guide.md",
    fix: "Mend the link, or remove it.")

  package static let circularLink = Code(
    "G010", "a symbolic link that leads back to a folder around it",
    why: "Following it would never end, or list the same files many times.",
    example: "content/pages/all -> ..",
    fix: "Remove the link.")

  package static let unusableName = Code(
    "G011", "a file name that cannot be published",
    why: """
      File names become addresses and stand in reports. One that is not UTF-8 or holds a line end or another control \
      character cannot be written there without changing it.
      """,
    example: #"content/evidence/gateway/2.4.0/$'line\nend.xml'"#,
    fix: "Rename the file.")

  package static let missingFile = Code(
    "G012", "a file that does not exist",
    why: "A path in the content names it, so a reader or an auditor would look for it.",
    example: "rollback: {plan: content/pages/rolback.md}",
    fix: "Correct the path, which is relative to the top of the checkout, or add the file.")

  package static let notAFile = Code(
    "G013", "something that is not a regular file",
    why: "A folder, a named pipe, a socket or a device has no contents that a commit could record.",
    example: "rollback: {plan: content/pages}",
    fix: "Name a file, or remove what stands there.")

  package static let fileTooLarge = Code(
    "G014", "a file that is too large",
    why: """
      Nobody reads a text of this size, and taking it in would slow every build; most often it is a log or an archive \
      in the wrong place.
      """,
    fix: "Move it out of the content folder, or publish it elsewhere and link to it.")

  package static let notUTF8 = Code(
    "G015", "a text that is not UTF-8",
    why: """
      Texts are UTF-8. In another encoding the bytes have another meaning, and guessing would publish wrong letters \
      in silence.
      """,
    fix: "Save the file as UTF-8, for instance with `iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW`.")

  package static let incompleteClone = Code(
    "G017", "a clone whose history is not whole",
    why: """
      A partial clone lacks files of older commits, and grafts tell another history than the one that was signed. What \
      a rule would prove by history is left unverifiable then, and nothing is credited to the wrong commit.
      """,
    example: "git clone --filter=blob:none https://code.harbor.example/harbor.git",
    fix: "Clone without `--filter`, or run `git fetch --refetch --no-filter --tags`. Remove `info/grafts`.")

  package static let needsHistory = Code(
    "G018", "pages that need history, from a clone without it",
    why: """
      Audit pages tell what commits and tags show. In a shallow, partial or grafted clone these are not all here, and \
      such a page would look whole and be wrong.
      """,
    example: "git clone --depth 1 https://code.harbor.example/harbor.git && gazette build --audience internal",
    fix: """
      Fetch the whole history: `git fetch --unshallow --tags`, or `fetch-depth: 0` in the pipeline. With \
      `--allow-shallow` the site is written all the same, and each page says what is missing.
      """)

  package static let unboundSource = Code(
    "G016", "a repository that no `--source` names",
    why: """
      A product's `repository` is a name. Where that repository lies differs from machine to machine, so it is said when \
      Gazette is run; without it the product's tags, changelog and commits are missing from the site.
      """,
    example: "sources: [{id: auth, repository: auth}]   # and `gazette build` without `--source auth=../auth`",
    fix: "Add `--source auth=DIR`. For a submodule write its path with a `/` in it, such as `./auth`.")
}

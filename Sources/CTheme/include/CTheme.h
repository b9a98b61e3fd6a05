#ifndef CTHEME_H
#define CTHEME_H

#include <stddef.h>

/// A file of the built-in theme, as part of the program.
typedef struct {
  /// From the root of the repository, such as `templates/release.mustache`; null after the last file.
  const char *path;
  const unsigned char *bytes;
  size_t length;
} CThemeFile;

/// The files, in the order of their paths.
const CThemeFile *CThemeFiles(void);

#endif

// Written by scripts/list-theme.sh: the files of the built-in theme.
#include "CTheme.h"

// #embed is C23, which the compiler does not take for granted yet.
#pragma clang diagnostic ignored "-Wc23-extensions"


static const CThemeFile files[] = {
  {0},
};

const CThemeFile *CThemeFiles(void) { return files; }

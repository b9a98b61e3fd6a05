#!/bin/sh
# Writes the list of files that are embedded in the program: everything under templates/, site/ and Sources/Theme/Data/.
# Run it after adding, renaming or removing one of them; an edited file needs nothing.
set -eu
cd "$(dirname "$0")/.."
list=Sources/CTheme/files.c

files=$(find Sources/Theme/Data templates site -type f ! -name '.*' 2>/dev/null | LC_ALL=C sort)
{
  echo '// Written by scripts/list-theme.sh: the files of the built-in theme.'
  echo '#include "CTheme.h"'
  echo
  echo '// #embed is C23, which the compiler does not take for granted yet.'
  echo '#pragma clang diagnostic ignored "-Wc23-extensions"'
  echo
  number=0
  for file in $files; do
    printf 'static const unsigned char file%d[] = {\n#embed "../../%s"\n};\n' "$number" "$file"
    number=$((number + 1))
  done
  echo
  echo 'static const CThemeFile files[] = {'
  number=0
  for file in $files; do
    printf '  {"%s", file%d, sizeof file%d},\n' "${file#Sources/Theme/}" "$number" "$number"
    number=$((number + 1))
  done
  echo '  {0},'
  echo '};'
  echo
  echo 'const CThemeFile *CThemeFiles(void) { return files; }'
} >"$list"

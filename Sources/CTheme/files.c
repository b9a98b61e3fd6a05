// Written by scripts/list-theme.sh: the files of the built-in theme.
#include "CTheme.h"

// #embed is C23, which the compiler does not take for granted yet.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file0[] = {
#embed "../../Sources/Theme/Data/frameworks/soc2-2017.yml"
};
static const unsigned char file1[] = {
#embed "../../Sources/Theme/Data/policy/baseline.yml"
};
static const unsigned char file2[] = {
#embed "../../Sources/Theme/Data/policy/open-source.yml"
};
static const unsigned char file3[] = {
#embed "../../Sources/Theme/Data/policy/regulated.yml"
};
static const unsigned char file4[] = {
#embed "../../site/early.js"
};
static const unsigned char file5[] = {
#embed "../../site/filter.js"
};
static const unsigned char file6[] = {
#embed "../../site/icon.svg"
};
static const unsigned char file7[] = {
#embed "../../site/page.js"
};
static const unsigned char file8[] = {
#embed "../../site/search.js"
};
static const unsigned char file9[] = {
#embed "../../site/style.css"
};
static const unsigned char file10[] = {
#embed "../../site/upgrade.js"
};
static const unsigned char file11[] = {
#embed "../../templates/404.mustache"
};
static const unsigned char file12[] = {
#embed "../../templates/feed.atom.mustache"
};
static const unsigned char file13[] = {
#embed "../../templates/guide.mustache"
};
static const unsigned char file14[] = {
#embed "../../templates/guides.mustache"
};
static const unsigned char file15[] = {
#embed "../../templates/home.mustache"
};
static const unsigned char file16[] = {
#embed "../../templates/notes.mustache"
};
static const unsigned char file17[] = {
#embed "../../templates/partials/change.mustache"
};
static const unsigned char file18[] = {
#embed "../../templates/partials/layout.mustache"
};
static const unsigned char file19[] = {
#embed "../../templates/partials/notes-item.mustache"
};
static const unsigned char file20[] = {
#embed "../../templates/partials/release-row.mustache"
};
static const unsigned char file21[] = {
#embed "../../templates/partials/upgrade-entry.mustache"
};
static const unsigned char file22[] = {
#embed "../../templates/partials/vulnerability.mustache"
};
static const unsigned char file23[] = {
#embed "../../templates/product.mustache"
};
static const unsigned char file24[] = {
#embed "../../templates/redirect.mustache"
};
static const unsigned char file25[] = {
#embed "../../templates/release.mustache"
};
static const unsigned char file26[] = {
#embed "../../templates/roadmap.mustache"
};
static const unsigned char file27[] = {
#embed "../../templates/robots.txt.mustache"
};
static const unsigned char file28[] = {
#embed "../../templates/search.mustache"
};
static const unsigned char file29[] = {
#embed "../../templates/security.mustache"
};
static const unsigned char file30[] = {
#embed "../../templates/sitemap.xml.mustache"
};
static const unsigned char file31[] = {
#embed "../../templates/support.mustache"
};
static const unsigned char file32[] = {
#embed "../../templates/upgrade.mustache"
};

static const CThemeFile files[] = {
  {"Data/frameworks/soc2-2017.yml", file0, sizeof file0},
  {"Data/policy/baseline.yml", file1, sizeof file1},
  {"Data/policy/open-source.yml", file2, sizeof file2},
  {"Data/policy/regulated.yml", file3, sizeof file3},
  {"site/early.js", file4, sizeof file4},
  {"site/filter.js", file5, sizeof file5},
  {"site/icon.svg", file6, sizeof file6},
  {"site/page.js", file7, sizeof file7},
  {"site/search.js", file8, sizeof file8},
  {"site/style.css", file9, sizeof file9},
  {"site/upgrade.js", file10, sizeof file10},
  {"templates/404.mustache", file11, sizeof file11},
  {"templates/feed.atom.mustache", file12, sizeof file12},
  {"templates/guide.mustache", file13, sizeof file13},
  {"templates/guides.mustache", file14, sizeof file14},
  {"templates/home.mustache", file15, sizeof file15},
  {"templates/notes.mustache", file16, sizeof file16},
  {"templates/partials/change.mustache", file17, sizeof file17},
  {"templates/partials/layout.mustache", file18, sizeof file18},
  {"templates/partials/notes-item.mustache", file19, sizeof file19},
  {"templates/partials/release-row.mustache", file20, sizeof file20},
  {"templates/partials/upgrade-entry.mustache", file21, sizeof file21},
  {"templates/partials/vulnerability.mustache", file22, sizeof file22},
  {"templates/product.mustache", file23, sizeof file23},
  {"templates/redirect.mustache", file24, sizeof file24},
  {"templates/release.mustache", file25, sizeof file25},
  {"templates/roadmap.mustache", file26, sizeof file26},
  {"templates/robots.txt.mustache", file27, sizeof file27},
  {"templates/search.mustache", file28, sizeof file28},
  {"templates/security.mustache", file29, sizeof file29},
  {"templates/sitemap.xml.mustache", file30, sizeof file30},
  {"templates/support.mustache", file31, sizeof file31},
  {"templates/upgrade.mustache", file32, sizeof file32},
  {0},
};

const CThemeFile *CThemeFiles(void) { return files; }

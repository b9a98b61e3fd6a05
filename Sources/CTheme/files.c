// Written by scripts/list-theme.sh: the files of the built-in theme.
#include "CTheme.h"

// #embed is C23, which the compiler does not take for granted yet.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file0[] = {
#embed "../../Sources/Theme/Data/dora/bands.csv"
};
static const unsigned char file1[] = {
#embed "../../Sources/Theme/Data/frameworks/eu-cra-2024.yml"
};
static const unsigned char file2[] = {
#embed "../../Sources/Theme/Data/frameworks/iso27001-2022.yml"
};
static const unsigned char file3[] = {
#embed "../../Sources/Theme/Data/frameworks/owasp-top10-2021.yml"
};
static const unsigned char file4[] = {
#embed "../../Sources/Theme/Data/frameworks/pci-dss-4.0.1.yml"
};
static const unsigned char file5[] = {
#embed "../../Sources/Theme/Data/frameworks/slsa-1.2.yml"
};
static const unsigned char file6[] = {
#embed "../../Sources/Theme/Data/frameworks/soc2-2017.yml"
};
static const unsigned char file7[] = {
#embed "../../Sources/Theme/Data/frameworks/ssdf-1.1.yml"
};
static const unsigned char file8[] = {
#embed "../../Sources/Theme/Data/policy/baseline.yml"
};
static const unsigned char file9[] = {
#embed "../../Sources/Theme/Data/policy/open-source.yml"
};
static const unsigned char file10[] = {
#embed "../../Sources/Theme/Data/policy/regulated.yml"
};
static const unsigned char file11[] = {
#embed "../../site/early.js"
};
static const unsigned char file12[] = {
#embed "../../site/filter.js"
};
static const unsigned char file13[] = {
#embed "../../site/icon.svg"
};
static const unsigned char file14[] = {
#embed "../../site/page.js"
};
static const unsigned char file15[] = {
#embed "../../site/search.js"
};
static const unsigned char file16[] = {
#embed "../../site/style.css"
};
static const unsigned char file17[] = {
#embed "../../site/upgrade.js"
};
static const unsigned char file18[] = {
#embed "../../templates/404.mustache"
};
static const unsigned char file19[] = {
#embed "../../templates/audit.mustache"
};
static const unsigned char file20[] = {
#embed "../../templates/calendar-month.mustache"
};
static const unsigned char file21[] = {
#embed "../../templates/calendar-year.mustache"
};
static const unsigned char file22[] = {
#embed "../../templates/calendar.mustache"
};
static const unsigned char file23[] = {
#embed "../../templates/components.mustache"
};
static const unsigned char file24[] = {
#embed "../../templates/controls.mustache"
};
static const unsigned char file25[] = {
#embed "../../templates/dossier.mustache"
};
static const unsigned char file26[] = {
#embed "../../templates/evidence.mustache"
};
static const unsigned char file27[] = {
#embed "../../templates/exceptions.mustache"
};
static const unsigned char file28[] = {
#embed "../../templates/feed.atom.mustache"
};
static const unsigned char file29[] = {
#embed "../../templates/frameworks.mustache"
};
static const unsigned char file30[] = {
#embed "../../templates/guide.mustache"
};
static const unsigned char file31[] = {
#embed "../../templates/guides.mustache"
};
static const unsigned char file32[] = {
#embed "../../templates/home.mustache"
};
static const unsigned char file33[] = {
#embed "../../templates/log-index.mustache"
};
static const unsigned char file34[] = {
#embed "../../templates/log.mustache"
};
static const unsigned char file35[] = {
#embed "../../templates/matrix.mustache"
};
static const unsigned char file36[] = {
#embed "../../templates/metrics-overview.mustache"
};
static const unsigned char file37[] = {
#embed "../../templates/metrics.mustache"
};
static const unsigned char file38[] = {
#embed "../../templates/notes.mustache"
};
static const unsigned char file39[] = {
#embed "../../templates/partials/calendar-agenda.mustache"
};
static const unsigned char file40[] = {
#embed "../../templates/partials/calendar-conflicts.mustache"
};
static const unsigned char file41[] = {
#embed "../../templates/partials/calendar-feeds.mustache"
};
static const unsigned char file42[] = {
#embed "../../templates/partials/calendar-windows.mustache"
};
static const unsigned char file43[] = {
#embed "../../templates/partials/cell.mustache"
};
static const unsigned char file44[] = {
#embed "../../templates/partials/change.mustache"
};
static const unsigned char file45[] = {
#embed "../../templates/partials/due.mustache"
};
static const unsigned char file46[] = {
#embed "../../templates/partials/figure-release.mustache"
};
static const unsigned char file47[] = {
#embed "../../templates/partials/figure.mustache"
};
static const unsigned char file48[] = {
#embed "../../templates/partials/finding.mustache"
};
static const unsigned char file49[] = {
#embed "../../templates/partials/graph.mustache"
};
static const unsigned char file50[] = {
#embed "../../templates/partials/layout.mustache"
};
static const unsigned char file51[] = {
#embed "../../templates/partials/matrix.mustache"
};
static const unsigned char file52[] = {
#embed "../../templates/partials/metrics-card.mustache"
};
static const unsigned char file53[] = {
#embed "../../templates/partials/month-grid.mustache"
};
static const unsigned char file54[] = {
#embed "../../templates/partials/notes-item.mustache"
};
static const unsigned char file55[] = {
#embed "../../templates/partials/outcome.mustache"
};
static const unsigned char file56[] = {
#embed "../../templates/partials/pages.mustache"
};
static const unsigned char file57[] = {
#embed "../../templates/partials/ranges.mustache"
};
static const unsigned char file58[] = {
#embed "../../templates/partials/registers.mustache"
};
static const unsigned char file59[] = {
#embed "../../templates/partials/release-row.mustache"
};
static const unsigned char file60[] = {
#embed "../../templates/partials/runs.mustache"
};
static const unsigned char file61[] = {
#embed "../../templates/partials/support-timeline.mustache"
};
static const unsigned char file62[] = {
#embed "../../templates/partials/table.mustache"
};
static const unsigned char file63[] = {
#embed "../../templates/partials/tally.mustache"
};
static const unsigned char file64[] = {
#embed "../../templates/partials/terms.mustache"
};
static const unsigned char file65[] = {
#embed "../../templates/partials/upgrade-entry.mustache"
};
static const unsigned char file66[] = {
#embed "../../templates/partials/vulnerability.mustache"
};
static const unsigned char file67[] = {
#embed "../../templates/period.mustache"
};
static const unsigned char file68[] = {
#embed "../../templates/product.mustache"
};
static const unsigned char file69[] = {
#embed "../../templates/redirect.mustache"
};
static const unsigned char file70[] = {
#embed "../../templates/register.mustache"
};
static const unsigned char file71[] = {
#embed "../../templates/release.mustache"
};
static const unsigned char file72[] = {
#embed "../../templates/roadmap.mustache"
};
static const unsigned char file73[] = {
#embed "../../templates/robots.txt.mustache"
};
static const unsigned char file74[] = {
#embed "../../templates/rule.mustache"
};
static const unsigned char file75[] = {
#embed "../../templates/rules.mustache"
};
static const unsigned char file76[] = {
#embed "../../templates/search.mustache"
};
static const unsigned char file77[] = {
#embed "../../templates/security.mustache"
};
static const unsigned char file78[] = {
#embed "../../templates/sitemap.xml.mustache"
};
static const unsigned char file79[] = {
#embed "../../templates/support.mustache"
};
static const unsigned char file80[] = {
#embed "../../templates/upgrade.mustache"
};
static const unsigned char file81[] = {
#embed "../../templates/vulnerabilities.mustache"
};
static const unsigned char file82[] = {
#embed "../../templates/waivers.mustache"
};

static const CThemeFile files[] = {
  {"Data/dora/bands.csv", file0, sizeof file0},
  {"Data/frameworks/eu-cra-2024.yml", file1, sizeof file1},
  {"Data/frameworks/iso27001-2022.yml", file2, sizeof file2},
  {"Data/frameworks/owasp-top10-2021.yml", file3, sizeof file3},
  {"Data/frameworks/pci-dss-4.0.1.yml", file4, sizeof file4},
  {"Data/frameworks/slsa-1.2.yml", file5, sizeof file5},
  {"Data/frameworks/soc2-2017.yml", file6, sizeof file6},
  {"Data/frameworks/ssdf-1.1.yml", file7, sizeof file7},
  {"Data/policy/baseline.yml", file8, sizeof file8},
  {"Data/policy/open-source.yml", file9, sizeof file9},
  {"Data/policy/regulated.yml", file10, sizeof file10},
  {"site/early.js", file11, sizeof file11},
  {"site/filter.js", file12, sizeof file12},
  {"site/icon.svg", file13, sizeof file13},
  {"site/page.js", file14, sizeof file14},
  {"site/search.js", file15, sizeof file15},
  {"site/style.css", file16, sizeof file16},
  {"site/upgrade.js", file17, sizeof file17},
  {"templates/404.mustache", file18, sizeof file18},
  {"templates/audit.mustache", file19, sizeof file19},
  {"templates/calendar-month.mustache", file20, sizeof file20},
  {"templates/calendar-year.mustache", file21, sizeof file21},
  {"templates/calendar.mustache", file22, sizeof file22},
  {"templates/components.mustache", file23, sizeof file23},
  {"templates/controls.mustache", file24, sizeof file24},
  {"templates/dossier.mustache", file25, sizeof file25},
  {"templates/evidence.mustache", file26, sizeof file26},
  {"templates/exceptions.mustache", file27, sizeof file27},
  {"templates/feed.atom.mustache", file28, sizeof file28},
  {"templates/frameworks.mustache", file29, sizeof file29},
  {"templates/guide.mustache", file30, sizeof file30},
  {"templates/guides.mustache", file31, sizeof file31},
  {"templates/home.mustache", file32, sizeof file32},
  {"templates/log-index.mustache", file33, sizeof file33},
  {"templates/log.mustache", file34, sizeof file34},
  {"templates/matrix.mustache", file35, sizeof file35},
  {"templates/metrics-overview.mustache", file36, sizeof file36},
  {"templates/metrics.mustache", file37, sizeof file37},
  {"templates/notes.mustache", file38, sizeof file38},
  {"templates/partials/calendar-agenda.mustache", file39, sizeof file39},
  {"templates/partials/calendar-conflicts.mustache", file40, sizeof file40},
  {"templates/partials/calendar-feeds.mustache", file41, sizeof file41},
  {"templates/partials/calendar-windows.mustache", file42, sizeof file42},
  {"templates/partials/cell.mustache", file43, sizeof file43},
  {"templates/partials/change.mustache", file44, sizeof file44},
  {"templates/partials/due.mustache", file45, sizeof file45},
  {"templates/partials/figure-release.mustache", file46, sizeof file46},
  {"templates/partials/figure.mustache", file47, sizeof file47},
  {"templates/partials/finding.mustache", file48, sizeof file48},
  {"templates/partials/graph.mustache", file49, sizeof file49},
  {"templates/partials/layout.mustache", file50, sizeof file50},
  {"templates/partials/matrix.mustache", file51, sizeof file51},
  {"templates/partials/metrics-card.mustache", file52, sizeof file52},
  {"templates/partials/month-grid.mustache", file53, sizeof file53},
  {"templates/partials/notes-item.mustache", file54, sizeof file54},
  {"templates/partials/outcome.mustache", file55, sizeof file55},
  {"templates/partials/pages.mustache", file56, sizeof file56},
  {"templates/partials/ranges.mustache", file57, sizeof file57},
  {"templates/partials/registers.mustache", file58, sizeof file58},
  {"templates/partials/release-row.mustache", file59, sizeof file59},
  {"templates/partials/runs.mustache", file60, sizeof file60},
  {"templates/partials/support-timeline.mustache", file61, sizeof file61},
  {"templates/partials/table.mustache", file62, sizeof file62},
  {"templates/partials/tally.mustache", file63, sizeof file63},
  {"templates/partials/terms.mustache", file64, sizeof file64},
  {"templates/partials/upgrade-entry.mustache", file65, sizeof file65},
  {"templates/partials/vulnerability.mustache", file66, sizeof file66},
  {"templates/period.mustache", file67, sizeof file67},
  {"templates/product.mustache", file68, sizeof file68},
  {"templates/redirect.mustache", file69, sizeof file69},
  {"templates/register.mustache", file70, sizeof file70},
  {"templates/release.mustache", file71, sizeof file71},
  {"templates/roadmap.mustache", file72, sizeof file72},
  {"templates/robots.txt.mustache", file73, sizeof file73},
  {"templates/rule.mustache", file74, sizeof file74},
  {"templates/rules.mustache", file75, sizeof file75},
  {"templates/search.mustache", file76, sizeof file76},
  {"templates/security.mustache", file77, sizeof file77},
  {"templates/sitemap.xml.mustache", file78, sizeof file78},
  {"templates/support.mustache", file79, sizeof file79},
  {"templates/upgrade.mustache", file80, sizeof file80},
  {"templates/vulnerabilities.mustache", file81, sizeof file81},
  {"templates/waivers.mustache", file82, sizeof file82},
  {0},
};

const CThemeFile *CThemeFiles(void) { return files; }

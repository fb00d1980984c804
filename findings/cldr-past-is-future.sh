#!/usr/bin/env bash
# CLDR's "2 days ago" and "in 2 days" are one and the same in three languages.
#
# What: the patterns of relative time in cldr-dates-full 48.2.0, which are what Intl.RelativeTimeFormat of Node and
# browsers says with numeric "always" (and with "auto" from three days on).
#
# Expected: a pattern of the past and one of the future differ, so that a phrase of relative time says which it is. The
# words for "2 days ago" can then be learned from, or read back.
#
# Seen: not in Tigrinya, where one day ago has a word for it (ቅድሚ 1 መዓልቲ) and two have that of the future (ኣብ 2 መዓልቲ,
# both "2 days ago" and "in 2 days"); nor in Maithili for days, nor in Kangri for quarters. In the other languages, and
# in the other units of these, the two differ. Seen with 48.0.0 and 48.2.0, in November 2026, and through Intl in Node
# 20.20 (CLDR 48).
#
# For whoever builds on it: a corpus of phrases made from these has sources with two answers, or a target of two sources.
# Look for both before anything is learned from it; and do not show relative days in these languages.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error cldr-dates-full@48.2.0 >/dev/null 2>&1 || {
  echo "cldr-dates-full 48.2.0 could not be fetched from the npm registry"
  exit 2
}
cat >look.mjs <<'EOF'
import { readdirSync, readFileSync } from 'node:fs';

const folder = 'node_modules/cldr-dates-full';
const read = (path) => JSON.parse(readFileSync(`${folder}/${path}`, 'utf8'));
const seen = [];
for (const locale of readdirSync(`${folder}/main`)) {
  const { fields } = read(`main/${locale}/dateFields.json`).main[locale].dates;
  for (const unit of ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year']) {
    const past = fields[unit]['relativeTime-type-past'] ?? {};
    const future = fields[unit]['relativeTime-type-future'] ?? {};
    for (const [count, text] of Object.entries(past))
      if (text === future[count]) seen.push(`${locale}, ${unit}, ${count.split('-').at(-1)}: ${text}`);
  }
}
console.log(`cldr-dates-full ${read('package.json').version}: one pattern for the past and the future`);
for (const line of seen) console.log(`  ${line}`);
const { fields } = read('main/ti/dateFields.json').main.ti.dates;
console.log(`  ti, day, one, past: ${fields.day['relativeTime-type-past']['relativeTimePattern-count-one']}`);
const expected = ['mai, day, other', 'ti, day, other', 'ti-ER, day, other', 'xnr, quarter, other'];
const now = seen.map((line) => line.split(':')[0]).sort();
if (now.join() !== expected.join()) {
  console.log(`Different now: expected ${expected.join('; ')}; seen ${now.join('; ') || 'none'}`);
  process.exit(1);
}
EOF
node look.mjs

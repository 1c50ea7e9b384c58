import { trusted } from './html-template.ts'

/** For tired people at night: one column, high contrast in light and dark, nothing that moves. */
export const style = trusted(`
:root { color-scheme: light dark; --page: #ffffff; --ink: #16191d; --soft: #4a5158; --rule: #c3c8cd; --card: #f4f5f6;
  --good: #14632b; --bad: #b01c13; --doubt: #7a4a00; --void: #4b4470; }
@media (prefers-color-scheme: dark) {
  :root { --page: #14171a; --ink: #eceef0; --soft: #b3bac1; --rule: #454c53; --card: #1d2125;
    --good: #1c7a3a; --bad: #c52b21; --doubt: #915c07; --void: #6257a0; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
main, header > div { max-width: 1120px; margin: 0 auto; padding: 0 20px; }
header { color: #fff; padding: 24px 0 20px; }
header.pass, header.improved { background: var(--good); }
header.fail, header.regressed { background: var(--bad); }
header.inconclusive, header.no-baseline { background: var(--doubt); }
header.invalid { background: var(--void); }
h1 { font-size: 44px; line-height: 1.1; margin: 0; letter-spacing: 0.02em; }
header p { font-size: 22px; line-height: 1.35; margin: 8px 0 0; }
header p.about { font-size: 15px; margin-top: 12px; }
h2 { font-size: 22px; line-height: 1.3; margin: 40px 0 8px; }
h3 { font-size: 17px; margin: 24px 0 4px; }
h4 { font-size: 16px; margin: 16px 0 4px; }
.how { font-size: 14px; font-weight: 400; color: var(--soft); }
.concept { border-top: 1px solid var(--rule); font-size: 15px; }
p, ul, ol { margin: 8px 0; }
p, li { max-width: 80ch; }
.soft { color: var(--soft); }
table { border-collapse: collapse; width: 100%; margin: 8px 0; font-size: 15px; }
th, td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--rule); }
th { color: var(--soft); font-weight: 600; vertical-align: bottom; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding-right: 20px; }
.scroll { overflow-x: auto; }
td a { white-space: nowrap; }
summary { cursor: pointer; padding: 8px 0; font-weight: 600; }
code, pre { font: 14px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { background: var(--card); border: 1px solid var(--rule); padding: 10px 12px; white-space: pre-wrap; }
.tag { display: inline-block; padding: 0 8px; border-radius: 3px; color: #fff; font-weight: 700; white-space: nowrap; background: var(--doubt); }
.tag.pass, .tag.improved { background: var(--good); } .tag.fail, .tag.regressed { background: var(--bad); } .tag.invalid { background: var(--void); }
figure { margin: 16px 0; }
figcaption { font-weight: 600; margin-bottom: 6px; }
svg { display: block; width: 100%; height: auto; }
svg.spark { width: 120px; height: 24px; }
.narrow { display: none; }
@media (max-width: 720px) {
  h1 { font-size: 36px; } header p { font-size: 19px; } main, header > div { padding: 0 14px; }
  .wide { display: none; } .narrow { display: block; }
  .stack thead { display: none; }
  .stack, .stack tbody, .stack tr, .stack td { display: block; }
  .stack tr { border-bottom: 2px solid var(--rule); padding: 8px 0; }
  .stack td { display: flex; justify-content: space-between; gap: 16px; text-align: right; border: 0; padding: 2px 0; white-space: normal; }
  .stack td:first-child { font-weight: 700; }
  .stack td::before { content: attr(data-title); color: var(--soft); font-weight: 400; text-align: left; flex: none; max-width: 45%; }
  .scroll table { font-size: 14px; }
  .scroll th:first-child, .scroll td:first-child { position: sticky; left: 0; background: var(--page); max-width: 42vw; }
  .scroll code { overflow-wrap: normal; }
}
@media print { header { color: #000; background: none !important; } }
`)

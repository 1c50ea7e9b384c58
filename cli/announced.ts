/** What the region announced in July 2025, and the scenarios that exercise it; none where nothing does yet. */
export const announced: readonly (readonly [fact: string, scenarios: readonly string[]])[] = [
  ['800 call-centre operators', ['recup-day', 'recup-monday-opening']],
  ['about 700 structures: 17 public, 217 accredited private, 415 pharmacies', ['recup-day']],
  ['70,000 bookings and acceptances a day', ['recup-day', 'agenda-release']],
  ['90,000 operations a day of accredited private providers', ['recup-day']],
  ['39 emergency departments: 34 public, 5 private', ['emergency-month', 'emergency-flu-week', 'emergency-backlog']],
  ['110,000 accesses and 1,500,000 services a month', ['emergency-month']],
  ['online bookings', ['recup-day', 'announcement-spike']],
  ['digital reports', ['digital-services']],
  ['clinical records', ['digital-services']],
  ['telemedicine', ['digital-services']],
  ['diagnostic images shared among all structures', ['imaging-day', 'emergency-month', 'regional-day']],
  ['30 systems and 150 TB moved, 65 % of them by the health trusts', ['migration-cutover']],
  ['protection from attacks', ['hostile-traffic']],
  ['economic and environmental sustainability (what a request costs: docs/scale.md)', ['regional-day']],
]

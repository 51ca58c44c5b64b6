// Invented reports for dev/mock.mjs, in three languages, one of them hostile.

/** @type {Record<string, any>} */
export const reports = {
  'ar-1': { title: 'هجوم على تلاتاي شرقي جاو', lang: 'ar', published: '2022-09-09', source: 'نشرة تجريبية', url: 'https://example.org/ar-1', text: 'تلقت المنطقة أنباء سيئة هذا الأسبوع. قُتل خمسون شخصًا، بينهم ثلاثون مدنيًا، يوم الثلاثاء في بلدة تلاتاي حين هاجمها مسلحون من تنظيم الدولة في الصحراء. ونفى الجيش أنه شن غارة جوية على الحدود. ومنذ مارس قُتل نحو تسعمئة شخص في منطقة ميناكا. وقال شهود إن مسلحين خطفوا أربعة رعاة قرب إنكيلوان.' },
  'fr-1': { title: 'Attaque d’un convoi au nord de Djibo', lang: 'fr', published: '2022-09-06', source: 'Bulletin d’essai', url: 'https://example.org/fr-1', text: 'Lundi, un convoi de ravitaillement a sauté sur un engin explosif à 25 km au nord de Djibo : 35 civils ont été tués et 37 blessés. Une marche pacifique a réuni des habitants à Ouagadougou le lendemain. Les autorités craignent une attaque contre Dori.' },
  'en-1': { title: 'Week in brief: Palma and the north', lang: 'en', published: '2021-04-02', source: 'Test bulletin', url: null, text: 'Gunmen stormed Palma on 24 March 2021 and killed dozens of people, local sources claim. In the following week houses were looted somewhere in Cabo Delgado. Rioters burnt tyres in Pemba. Drone strikes hit positions around Mocímboa da Praia.' },
  'en-2': { title: '<script>window.hacked=1</script> & <b>bold</b> \u202Eesrever', lang: 'en', published: '2022-10-01', source: '<img src=x onerror="window.hacked=1">', url: 'javascript:window.hacked=1', text: '😀 On Friday <img src=x onerror="window.hacked=1"> a patrol and rebels clashed near Ménaka <script>window.hacked=1</script>\u202E gnorw \u202C, 5 killed.' },
}

/** @param {string} id @param {string} report_id @param {string} sentence the excerpt begins with these words @param {Record<string, string>} evidence field → words @param {any} geometry @param {any} more */
function incident(id, report_id, sentence, evidence, geometry, more) {
  const report = reports[report_id]
  const from = report.text.indexOf(sentence)
  const stop = from + report.text.slice(from).search(/\.(\s|$)/)
  const excerpt = report.text.slice(from, stop + 1)
  const count = (/** @type {string} */ text) => Array.from(text).length
  const spans = Object.entries(evidence).map(([field, words]) => {
    const start = count(report.text.slice(0, report.text.indexOf(words, from)))
    return { start, end: start + count(words), field, text: words }
  })
  const [lon, lat] = geometry?.type === 'Point' ? geometry.coordinates : [more.lon ?? null, more.lat ?? null]
  return { type: 'Feature', id, geometry, properties: {
    event_type: 'Battles', sub_event_type: 'Armed clash', disorder_type: 'Political violence', status: 'asserted', granularity: 'incident', date_start: null, date_end: null, time_precision: 1,
    place_name: null, place_surface: null, gazetteer_id: null, country: null, admin1: null, radius_m: 1500, geo_precision: 1, where_prec: 1, actors: [],
    killed_low: null, killed_high: null, killed_detail: [], injured_low: null, injured_high: null, abducted_low: null, abducted_high: null, confidence: 0.8, notes: null,
    report_id, report_title: report.title, published: report.published, source: report.source, url: report.url, lang: report.lang,
    excerpt: { text: excerpt, start: count(report.text.slice(0, from)), lang: report.lang }, evidence: spans, ...more, lon, lat,
  } }
}

/** @param {number} lon @param {number} lat */
const point = (lon, lat) => ({ type: 'Point', coordinates: [lon, lat] })
/** @param {string} day @param {string} [last] */
const on = (day, last = day) => ({ date_start: day, date_end: last })

export const incidents = [
  incident('inc-000000000001', 'ar-1', 'قُتل خمسون', { killed: 'خمسون شخصًا', date: 'يوم الثلاثاء', place: 'تلاتاي', actor: 'تنظيم الدولة في الصحراء' }, point(1.52, 16.53), { ...on('2022-09-06'), place_name: 'Talataye', place_surface: 'تلاتاي', country: 'ML', admin1: 'Gao', radius_m: 8000, killed_low: 50, killed_high: 50, killed_detail: [{ who: 'civilians', low: 30, high: 30 }], actors: [{ name: 'Islamic State Sahel Province', role: 'actor1', text: 'تنظيم الدولة في الصحراء' }] }),
  incident('inc-000000000002', 'ar-1', 'ونفى الجيش', { status: 'ونفى', event: 'غارة جوية' }, null, { ...on('2022-09-06'), event_type: 'Explosions/Remote violence', sub_event_type: 'Air/drone strike', status: 'denied', country: 'ML' }),
  incident('inc-000000000003', 'ar-1', 'ومنذ مارس', { killed: 'تسعمئة شخص' }, point(2.4, 15.92), { ...on('2022-03-01', '2022-09-09'), event_type: 'Violence against civilians', sub_event_type: 'Attack', granularity: 'aggregate', place_name: 'Ménaka', country: 'ML', killed_low: 900, killed_high: 900 }),
  incident('inc-000000000004', 'ar-1', 'وقال شهود', { abducted: 'أربعة رعاة', place: 'إنكيلوان' }, null, { ...on('2022-09-03', '2022-09-09'), event_type: 'Violence against civilians', sub_event_type: 'Abduction/forced disappearance', place_surface: 'إنكيلوان', country: 'ML', abducted_low: 4, abducted_high: 4, confidence: 0.55 }),
  incident('inc-000000000005', 'fr-1', 'Lundi,', { date: 'Lundi', event: 'engin explosif', place: 'à 25 km au nord de Djibo', killed: '35 civils', injured: '37 blessés' }, point(-1.63, 14.33), { ...on('2022-09-05'), event_type: 'Explosions/Remote violence', sub_event_type: 'Remote explosive/landmine/IED', place_name: 'Djibo', place_surface: 'à 25 km au nord de Djibo', country: 'BF', admin1: 'Sahel', radius_m: 12000, geo_precision: 2, killed_low: 35, killed_high: 35, killed_detail: [{ who: 'civilians', low: 35, high: 35 }], injured_low: 37, injured_high: 37, confidence: 0.9 }),
  incident('inc-000000000006', 'fr-1', 'Une marche', { event: 'marche pacifique', place: 'Ouagadougou' }, point(-1.52, 12.37), { ...on('2022-09-06'), event_type: 'Protests', sub_event_type: 'Peaceful protest', place_name: 'Ouagadougou', country: 'BF', admin1: 'Centre' }),
  incident('inc-000000000007', 'fr-1', 'Les autorités', { status: 'craignent', place: 'Dori' }, point(-0.03, 14.03), { event_type: 'Violence against civilians', sub_event_type: 'Attack', status: 'planned', place_name: 'Dori', country: 'BF', admin1: 'Sahel' }),
  incident('inc-000000000008', 'en-1', 'Gunmen stormed', { event: 'stormed', place: 'Palma', date: '24 March 2021', killed: 'dozens of people', status: 'local sources claim' }, point(40.35, -10.77), { ...on('2021-03-24'), event_type: 'Violence against civilians', sub_event_type: 'Attack', status: 'claimed', place_name: 'Palma', country: 'MZ', admin1: 'Cabo Delgado', killed_low: 24, killed_high: 99 }),
  incident('inc-000000000009', 'en-1', 'In the following', { event: 'looted', place: 'Cabo Delgado' }, { type: 'Polygon', coordinates: [[[38.3, -13.4], [40.6, -13.4], [40.6, -10.5], [38.6, -11.3], [38.3, -13.4]]] }, { ...on('2021-03-25', '2021-03-31'), event_type: 'Strategic developments', sub_event_type: 'Looting/property destruction', place_name: 'Cabo Delgado', country: 'MZ', geo_precision: 3, radius_m: 160000, lon: 39.5, lat: -12.3 }),
  incident('inc-000000000010', 'en-1', 'Rioters burnt', { event: 'burnt tyres', place: 'Pemba' }, point(40.52, -12.97), { ...on('2021-03-01', '2021-03-31'), event_type: 'Riots', sub_event_type: 'Violent demonstration', place_name: 'Pemba', country: 'MZ', admin1: 'Cabo Delgado' }),
  incident('inc-000000000011', 'en-1', 'Drone strikes', { event: 'Drone strikes', place: 'Mocímboa da Praia' }, point(40.35, -11.35), { ...on('2021-03-28'), event_type: 'Explosions/Remote violence', sub_event_type: 'Air/drone strike', place_name: 'Mocímboa da Praia', country: 'MZ', admin1: 'Cabo Delgado', radius_m: 5000, geo_precision: 2 }),
  incident('inc-000000000012', 'en-2', '😀 On Friday', { date: 'Friday', event: 'clashed', place: 'Ménaka', killed: '5 killed' }, point(2.4, 15.92), { ...on('2022-09-30'), place_name: '<b>Ménaka</b>', place_surface: 'Ménaka\u202E', country: 'ML', admin1: 'Ménaka', killed_low: 5, killed_high: 5, actors: [{ name: '<i>Rebels</i>', role: 'actor1', text: 'rebels' }] }),
  incident('inc-000000000013', 'en-2', '😀 On Friday', { event: 'clashed' }, point(2.4, 15.92), { ...on('2022-09-30'), event_type: 'Riots', sub_event_type: 'Mob violence', place_name: 'Ménaka', country: 'ML', admin1: 'Ménaka', radius_m: 1500 }),
]

/** @param {string} report_id @param {string} words @param {string | null} place_name @param {any} geometry @param {any} [more] */
function mention(report_id, words, place_name, geometry, more = {}) {
  const report = reports[report_id]
  const start = Array.from(report.text.slice(0, report.text.indexOf(words))).length
  return { type: 'Feature', id: `${report_id}-${start}`, geometry, properties: { report_id, text: words, kind: 'literal', confidence: 0.9, place_id: place_name, place_name, radius_m: 1500, geo_precision: 1, lang: report.lang, excerpt: { text: report.text, start: 0, lang: report.lang }, start, end: start + Array.from(words).length, ...more } }
}

export const mentions = [
  mention('ar-1', 'تلاتاي', 'Talataye', point(1.52, 16.53)),
  mention('ar-1', 'ميناكا', 'Ménaka', point(2.4, 15.92)),
  mention('en-2', 'Ménaka', 'Ménaka', point(2.4, 15.92)),
  mention('fr-1', 'Djibo', 'Djibo', point(-1.63, 14.1)),
  mention('fr-1', 'Ouagadougou', 'Ouagadougou', point(-1.52, 12.37), { kind: 'associative' }),
  mention('fr-1', 'Dori', 'Dori', point(-0.03, 14.03)),
  mention('ar-1', 'إنكيلوان', null, null),
]
for (const [id, report] of Object.entries(reports)) report.id = id

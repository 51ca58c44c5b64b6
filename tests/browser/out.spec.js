// What leaves the page: files, a picture, a sheet for printing, a citation, a frame for other pages.
const { createHash } = require('node:crypto')
const { test, expect } = require('./page.js')

const PHONE = { width: 390, height: 780 }
const DESKTOP = { width: 1280, height: 800 }
const WORDS = {
  en: { open: 'Share', picture: /as a picture/, sheet: /Situation sheet/, cite: /Copy a citation/, embed: /Copy the frame/, close: 'Close', all: 'All incidents' },
  ar: { open: 'مشاركة', picture: /الخريطة صورة/, sheet: /ورقة موقف/, cite: /نسخ إسناد/, embed: /نسخ الإطار/, close: 'إغلاق', all: 'كل الحوادث' },
}

/** Opens the menu over a filtered page. */
async function menu({ open, page }, ui, query = '') {
  await open(`?ui=${ui}${query}`)
  await page.getByRole('button', { name: WORDS[ui].open, exact: true }).click()
  await page.locator('#out .files a').first().waitFor()
  return page.locator('#out')
}

for (const [ui, viewport] of [['en', DESKTOP], ['ar', DESKTOP], ['en', PHONE], ['ar', PHONE]]) {
  test.describe(`${ui}, ${viewport.width} pixels`, () => {
    test.use({ viewport })

    test('every form of the server is offered, with the filter of the page', async ({ open, page, request, baseURL }) => {
      const out = await menu({ open, page }, ui, '&event_type=Battles')
      const links = out.locator('.files a')
      await expect(links).toHaveCount(9)
      await expect(out).not.toContainText(/format\.|out\./)
      for (const link of await links.all()) expect(await link.getAttribute('href')).toContain('event_type=Battles')
      const [csv, gpkg] = await Promise.all(['csv', 'gpkg'].map(async (form) => request.get(baseURL + await out.locator(`a[href*="f=${form}&"]`).getAttribute('href'))))
      expect((await csv.text()).trimEnd().split('\r\n').length).toBeGreaterThan(1)
      expect(await csv.text()).not.toContain('Protests')
      expect((await gpkg.body()).subarray(0, 15).toString()).toBe('SQLite format 3')
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    })

    test('the picture has map, marks and words', async ({ open, page }, info) => {
      const out = await menu({ open, page }, ui)
      const saving = page.waitForEvent('download')
      await out.getByRole('button', { name: WORDS[ui].picture }).click()
      const path = info.outputPath('picture.png')
      await (await saving).saveAs(path)
      const bytes = require('node:fs').readFileSync(path)
      const seen = await page.evaluate(async (data) => {
        const image = new Image()
        image.src = data
        await image.decode()
        const canvas = document.createElement('canvas')
        canvas.width = image.width
        canvas.height = image.height
        const ctx = canvas.getContext('2d')
        ctx.drawImage(image, 0, 0)
        const inked = (left, top, width, height, is) => {
          const { data } = ctx.getImageData(left, top, width, height)
          let count = 0
          for (let i = 0; i < data.length; i += 4) count += is(data[i], data[i + 1], data[i + 2]) ? 1 : 0
          return count
        }
        const dark = (r, g, b) => r + g + b < 200
        return {
          width: image.width,
          sea: inked(0, 0, image.width, image.height, (r, g, b) => r === 0xdf && g === 0xe8 && b === 0xec),
          battles: inked(0, 0, image.width, image.height, (r, g, b) => r === 0xc8 && g === 0x50 && b === 0x1b),
          left: inked(0, 0, image.width / 2, 100, dark),
          right: inked(image.width / 2, 0, image.width / 2, 100, dark),
        }
      }, `data:image/png;base64,${bytes.toString('base64')}`)
      expect(seen.width).toBeGreaterThan(2000)
      expect(seen.sea).toBeGreaterThan(100_000)
      expect(seen.battles).toBeGreaterThan(200)
      // The title stands where reading begins.
      expect(ui === 'ar' ? seen.right : seen.left).toBeGreaterThan(500)
      expect(ui === 'ar' ? seen.left : seen.right).toBe(0)
    })

    test('the situation sheet has map, table with evidence, sources and credits, and prints on A4', async ({ open, page, incidents }, info) => {
      const out = await menu({ open, page }, ui)
      await out.getByRole('button', { name: WORDS[ui].sheet }).click()
      const sheet = page.locator('#sheet')
      await expect(sheet.locator('tbody tr')).toHaveCount(incidents.length)
      await expect(sheet.locator('header')).toContainText(WORDS[ui].all)
      await expect(sheet.locator('article')).toHaveAttribute('dir', ui === 'ar' ? 'rtl' : 'ltr')
      await expect(sheet.locator('.sources li')).toHaveCount(new Set(incidents.map(({ properties }) => properties.report_id)).size)
      await expect(sheet.locator('footer')).toContainText('Natural Earth')
      expect(await sheet.locator('q mark').count()).toBeGreaterThanOrEqual(incidents.length)
      await page.emulateMedia({ media: 'print' })
      await expect(page.locator('main')).toBeHidden()
      await expect(sheet.locator('.sheet-tools')).toBeHidden()
      await page.screenshot({ path: info.outputPath('sheet.png') })
      const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
      // 210 by 297 mm in points of print.
      expect(pdf.toString('latin1')).toMatch(/MediaBox\s*\[\s*0 0 59[45][.\d]* 84[12][.\d]*\s*\]/)
      await page.emulateMedia({ media: 'screen' })
      await sheet.getByRole('button', { name: WORDS[ui].close }).click()
      await expect(sheet).toBeHidden()
      await expect(page.locator('main')).toBeVisible()
    })
  })
}

test('hostile words on the sheet are text, and no address of theirs is a link', async ({ open, page }) => {
  const out = await menu({ open, page }, 'en')
  await out.getByRole('button', { name: WORDS.en.sheet }).click()
  await expect(page.locator('#sheet .sources')).toContainText('<img src=x onerror')
  expect(await page.locator('#sheet').locator('img, script, a').count()).toBe(0)
  expect(await page.locator('#sheet').innerText()).not.toMatch(/[\u202A-\u202E]/)
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
})

for (const ui of ['en', 'ar']) {
  test(`the citation names what somebody else can download and check, ${ui}`, async ({ open, page, request, baseURL }) => {
    const out = await menu({ open, page }, ui, '&event_type=Battles&q=army')
    await out.getByRole('button', { name: WORDS[ui].cite }).click()
    const cited = out.locator('textarea').first()
    await expect(cited).toHaveValue(/[0-9a-f]{64}/)
    const text = await cited.inputValue()
    const [address] = text.match(/http:\S+?(?=\u2069|$)/)
    const file = await (await request.get(address)).body()
    expect(text).toContain(createHash('sha256').update(file).digest('hex'))
    expect(text).toMatch(/dalil \d+\.\d+/)
    expect(text).toContain(new Date().toISOString().slice(0, 10))
    expect(text).toContain('army')
    expect(address.startsWith(baseURL)).toBe(true)
  })

  test(`another page shows the coarse map, which learns no place, name or source, ${ui}`, async ({ open, page, baseURL, incidents }) => {
    const out = await menu({ open, page }, ui, '&event_type=Battles&q=army&map=4/10/20')
    // What the coarse map cannot filter by is said.
    await expect(out.locator('.problem')).toContainText('army')
    await out.getByRole('button', { name: WORDS[ui].embed }).click()
    const html = await out.locator('textarea').nth(1).inputValue()
    expect(html).toContain('/embed?event_type=Battles')
    expect(html).not.toContain('army')
    const news = await page.context().newPage()
    const asked = []
    news.on('request', (each) => each.url().startsWith(baseURL) && asked.push(new URL(each.url()).pathname))
    const bodies = []
    news.on('response', async (each) => each.url().includes('/api/') && bodies.push(await each.text().catch(() => '')))
    await news.route('http://news.example/', (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><h1>News</h1>${html}` }))
    await news.goto('http://news.example/')
    const frame = news.frameLocator('iframe')
    await frame.locator('html[data-ready]').waitFor()
    await expect(frame.locator('html')).toHaveAttribute('dir', ui === 'ar' ? 'rtl' : 'ltr')
    await expect(frame.locator('#told')).not.toBeEmpty()
    await frame.locator('summary').click()
    expect(await frame.locator('tbody tr').count()).toBeGreaterThan(0)
    for (const path of asked) expect(path).toMatch(/^\/(embed|embed\.js|embed\.css|basemap\.json|locale\/..\.json|api\/public\/incidents)$/)
    const told = bodies.join()
    expect(told).toContain('cell_degrees')
    for (const { id, properties: { place_name, source, report_id, report_title } } of incidents) {
      for (const secret of [id, source, report_id, report_title]) if (secret) expect(told).not.toContain(secret)
      if (place_name) expect(told.replaceAll(/"admin1":"[^"]*"/g, '')).not.toContain(place_name)
    }
    await frame.locator('#coarse').focus()
    await news.keyboard.press('+')
    await news.keyboard.press('ArrowLeft')
  })
}

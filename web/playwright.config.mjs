// Runs tests/browser in Chromium against the server that DALIL_URL names; `cargo test --test browser` starts one.
import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: '../tests/browser',
  outputDir: 'test-results',
  workers: 1,
  timeout: 60_000,
  // A machine that also builds answers late, not wrongly.
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    locale: 'en-GB',
    viewport: { width: 1280, height: 800 },
    // A page elsewhere shows a frame of this machine's server in a test: browsers allow that to servers on the net alone.
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-features=LocalNetworkAccessChecks'],
    },
  },
})

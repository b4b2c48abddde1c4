import { defineConfig } from '@playwright/test';
import { launchOptions } from './support/chromium.mjs';

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results/traces',
  fullyParallel: false,
  workers: 2, // the journeys mostly wait while real time passes
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['line'], ['json', { outputFile: 'test-results/journeys.json' }]],
  use: {
    browserName: 'chromium',
    viewport: { width: 360, height: 740 },
    locale: 'es-PE',
    timezoneId: 'America/Lima',
    actionTimeout: 15_000,
    trace: 'retain-on-failure',
    launchOptions,
  },
});

import sparticuz from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';

/** A real Chromium without a window; throws where there is none. */
export async function startChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? await sparticuz.executablePath(), args: ['--no-sandbox', '--disable-gpu'], headless: true });
}

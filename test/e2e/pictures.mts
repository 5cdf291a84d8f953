// The pictures of the README and its pages, taken while the editor is tested.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from './expect.mts';

/** Takes pictures, or doesn't. */
export interface Pictures {
	/** Takes what the editor shows, in light and in dark. */
	readonly take: (name: string) => Promise<void>;
	/** Takes another page once it shows some words. */
	readonly takeOf: (url: string, name: string, words: string) => Promise<void>;
}

/** Takes none. */
export const noPictures: Pictures = { take: async () => {}, takeOf: async () => {} };

/** A page that is full of text makes a big picture. */
const SHORTER = { width: 1280, height: 640 };

/** Messages that come and go would show in one picture and not in the next. */
const WITHOUT_MESSAGES = '.el-notification { display: none !important; }';

async function takeBoth(page: Page, folder: string, name: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	for (const [colorScheme, ending] of [
		['light', ''],
		['dark', '-dark'],
	] as const) {
		await page.emulateMedia({ colorScheme });
		await page.screenshot({
			path: join(folder, `${name}${ending}.png`),
			animations: 'disabled',
			style: WITHOUT_MESSAGES,
		});
	}
	await page.emulateMedia({ colorScheme: 'light' });
}

/** Takes pictures of the page into a folder, as PNG. */
export function picturesIn(folder: string, page: Page): Pictures {
	return {
		take: (name) => takeBoth(page, folder, name),
		takeOf: async (url, name, words) => {
			const other = await page.context().newPage();
			try {
				await other.setViewportSize(SHORTER);
				await other.goto(url);
				await expect(other.locator('body'), words);
				await takeBoth(other, folder, name);
			} finally {
				await other.close();
			}
		},
	};
}

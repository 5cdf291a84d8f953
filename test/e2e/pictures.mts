// The pictures of the README and its pages, taken while the editor is tested.
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { until } from '../deployment/until.mts';
import { expect } from './expect.mts';

const TIMEOUT_MS = 60_000;

/** A part of a page, in pixels. */
export interface Part {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** Takes pictures, or doesn't. */
export interface Pictures {
	/** Takes what the editor shows, in light and in dark, or the part of it that it is given. */
	readonly take: (name: string, part?: Part) => Promise<void>;
	/** Takes a section of another page, and what is beside it, once it shows some words. */
	readonly takeOf: (url: string, name: string, section: string, words: string) => Promise<void>;
}

/** Takes none. */
export const noPictures: Pictures = { take: async () => {}, takeOf: async () => {} };

/** A page that is full of text makes a big picture. */
const SHORTER = { width: 1280, height: 500 };

/** Messages that come and go would show in one picture and not in the next. */
const WITHOUT_MESSAGES = '.el-notification { display: none !important; }';

/** What lies over the canvas, the nodes apart. */
const WITHOUT_BUTTONS =
	'[data-test-id=canvas-wrapper] button, [class*=executionButtons] *, [data-test-id=canvas-handle-plus] { visibility: hidden !important; }';

async function takeBoth(page: Page, folder: string, name: string, part?: Part): Promise<void> {
	await mkdir(folder, { recursive: true });
	for (const [colorScheme, ending] of [
		['light', ''],
		['dark', '-dark'],
	] as const) {
		await page.emulateMedia({ colorScheme });
		await haveIcons(page);
		await page.screenshot({
			path: join(folder, `${name}${ending}.png`),
			animations: 'disabled',
			style: part === undefined ? WITHOUT_MESSAGES : WITHOUT_MESSAGES + WITHOUT_BUTTONS,
			...(part && { clip: part }),
		});
	}
	await page.emulateMedia({ colorScheme: 'light' });
}

/** Waits for the icons of the canvas, of which nodes have one for light and one for dark. */
async function haveIcons(page: Page): Promise<void> {
	// The page draws itself anew, and asks for them.
	await page.screenshot();
	const icons = page.getByTestId('canvas-node').locator('img');
	const areThere = () => icons.evaluateAll((images) => images.every(({ complete }) => complete === true));
	await until('The icons of the nodes do not show', TIMEOUT_MS, areThere);
}

/** Takes pictures of the page into a folder, as PNG. */
export function picturesIn(folder: string, page: Page): Pictures {
	return {
		take: (name, part) => takeBoth(page, folder, name, part),
		takeOf: async (url, name, section, words) => {
			const other = await page.context().newPage();
			try {
				await other.setViewportSize(SHORTER);
				await other.goto(url);
				const shown = other.getByRole('region', { name: section });
				await expect(shown, words);
				await shown.evaluate((element) => element.scrollIntoView());
				await takeBoth(other, folder, name);
			} finally {
				await other.close();
			}
		},
	};
}

/** The workflows whose pictures the pages of a folder show, by the names of their files without the ending. */
export async function workflowsShown(folder: string): Promise<readonly string[]> {
	const pages = (await readdir(folder)).filter((file) => file.endsWith('.md'));
	const texts = await Promise.all(pages.map((file) => readFile(join(folder, file), 'utf8')));
	const names = texts.flatMap((text) => [...text.matchAll(/ src="pictures\/(\d\d-[\w-]+)\.png"/g)]);
	return [...new Set(names.map(([, name = '']) => name))].sort();
}

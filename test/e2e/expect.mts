import type { Locator } from 'playwright-core';

/** Waits until the text of what is shown holds the words; tells what it holds instead when that doesn't happen. */
export async function expect(shown: Locator, words: string | RegExp, timeout?: number): Promise<void> {
	try {
		await shown
			.filter({ hasText: words })
			.first()
			.waitFor(timeout === undefined ? {} : { timeout });
	} catch (error) {
		const texts = await shown.allInnerTexts();
		throw new Error(`"${String(words)}" does not show. What shows: ${texts.join(' | ').slice(0, 1500)}`, {
			cause: error,
		});
	}
}

import type { INodePropertyOptions } from 'n8n-workflow';

/** Which profile is meant where several have the same address; values are Braze's rules in their order. */
export const PRIORITIZATIONS: INodePropertyOptions[] = [
	{ name: 'Identified, Then Most Recently Updated', value: 'identified,most_recently_updated' },
	{ name: 'Least Recently Updated', value: 'least_recently_updated' },
	{ name: 'Most Recently Updated', value: 'most_recently_updated' },
	{ name: 'Unidentified, Then Most Recently Updated', value: 'unidentified,most_recently_updated' },
];

export const DEFAULT_PRIORITIZATION = 'identified,most_recently_updated';

/** The rules behind a choice, as Braze takes them. */
export function rulesOf(choice: string): string[] {
	return (choice === '' ? DEFAULT_PRIORITIZATION : choice).split(',');
}

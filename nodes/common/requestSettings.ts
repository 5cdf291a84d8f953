import type { INodeProperties } from 'n8n-workflow';
import { shown } from './failure';
import { asNumber, type ItemParameters } from './parameters';
import { DEFAULT_SETTINGS, type RequestSettings } from './request';

/** How many requests are under way at once unless the user says otherwise. */
export const DEFAULT_CONCURRENCY = 8;

const { tries, perMinute } = DEFAULT_SETTINGS;
const longestWait = DEFAULT_SETTINGS.longestWait / 1000;
const timeout = DEFAULT_SETTINGS.timeout / 1000;

/** The form field by which a user tunes how requests are sent; the same for every operation. */
export const requestSettingsField: INodeProperties = {
	displayName: 'Request Settings',
	name: 'requestSettings',
	type: 'collection',
	placeholder: 'Add Setting',
	default: {},
	options: [
		{
			displayName: 'Concurrent Requests',
			name: 'concurrency',
			type: 'number',
			default: DEFAULT_CONCURRENCY,
			typeOptions: { minValue: 1, maxValue: 64 },
			description: 'How many requests may be under way at once',
		},
		{
			displayName: 'Longest Wait (Seconds)',
			name: 'longestWait',
			type: 'number',
			default: longestWait,
			typeOptions: { minValue: 0, maxValue: 86_400 },
			description:
				'The longest time to wait before trying again. When the service asks for more, for example because an hourly quota is used up, the item fails.',
		},
		{
			displayName: 'Requests per Minute',
			name: 'perMinute',
			type: 'number',
			default: perMinute,
			typeOptions: { minValue: 0 },
			description:
				'Use at most so many requests a minute, to leave some of the quota to others. 0 keeps to the limit that the service announces.',
		},
		{
			displayName: 'Timeout (Seconds)',
			name: 'timeout',
			type: 'number',
			default: timeout,
			typeOptions: { minValue: 1, maxValue: 3600 },
			description: 'How long to wait for an answer before a request counts as lost',
		},
		{
			displayName: 'Tries',
			name: 'tries',
			type: 'number',
			default: tries,
			typeOptions: { minValue: 1, maxValue: 20 },
			description:
				'How often a request is tried in all. What could take effect twice (events, purchases) is only tried again when it certainly did not arrive.',
		},
	],
};

/** The settings of a run, as its first item has them. */
export function readRequestSettings(
	parameters: ItemParameters,
): RequestSettings & { readonly concurrency: number } {
	const setting = (name: string, least: number, most: number, otherwise: number): number => {
		const value = parameters.option('requestSettings', name) ?? otherwise;
		const number = asNumber(value);
		if (number >= least && number <= most) return number;
		throw parameters.invalid(name, `is ${shown(value)}`, `Enter a number from ${least} to ${most}.`);
	};
	return {
		concurrency: Math.floor(setting('concurrency', 1, 64, DEFAULT_CONCURRENCY)),
		longestWait: setting('longestWait', 0, 86_400, longestWait) * 1000,
		perMinute: setting('perMinute', 0, 1e9, perMinute),
		timeout: setting('timeout', 1, 3600, timeout) * 1000,
		tries: Math.floor(setting('tries', 1, 20, tries)),
	};
}

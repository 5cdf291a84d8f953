import type { IDataObject } from 'n8n-workflow';
import { plural } from '../../common/hint';
import type { StockCounts } from './stock';

/** When a stock of codes is low; 0 turns a threshold off. */
export interface LowStock {
	/** Fewer codes than that. */
	readonly codes: number;
	/** Less than that of all codes of the list, in percent. */
	readonly percent: number;
	/** Fewer days until the list expires. */
	readonly days: number;
}

/** What is known of a list beside the codes themselves. */
export interface ListFacts {
	/** Codes that were uploaded; `undefined` if all exported ones were. */
	readonly listed: number | undefined;
	/** Messages with a code that Braze has sent since: it takes a code off the list for each. */
	readonly messagesSent: number;
	/** In ms since the epoch. */
	readonly expiresAt: number | undefined;
	readonly now: number;
}

const DAY = 24 * 60 * 60 * 1000;

/**
 * What can be said of the stock of a promotion code list. Nobody but Braze knows which codes it has given out, and it does not tell: `left`
 * is the number that can be left at most.
 */
export function stockReport(counts: StockCounts, list: ListFacts, low: LowStock): IDataObject {
	const { found, usable, expiringBeforeList, ...rest } = counts;
	const { messagesSent, expiresAt, now } = list;
	const codes = list.listed ?? found;
	const left = Math.max(0, Math.min(usable, codes - messagesSent));
	const leftShare = codes === 0 ? 0 : Math.round((left / codes) * 10_000) / 10_000;
	const daysLeft = expiresAt === undefined ? null : Math.floor((expiresAt - now) / DAY);
	const reasons = [
		...reasonsOfStock(codes, left, low),
		...(daysLeft === null ? [] : reasonsOfExpiry(daysLeft, low)),
	];
	return {
		codes,
		...rest,
		missing: Math.max(0, codes - found),
		messagesSent,
		left,
		leftShare,
		expiringBeforeList: expiresAt === undefined ? null : expiringBeforeList,
		listExpiresAt: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
		daysLeft,
		low: reasons.length > 0,
		reasons,
	};
}

function reasonsOfStock(codes: number, left: number, low: LowStock): string[] {
	if (codes === 0) return ['The list has no code'];
	if (left === 0) return ['No code is left'];
	const percent = (left / codes) * 100;
	return [
		...(left < low.codes
			? [`At most ${plural(left, 'code')} ${left === 1 ? 'is' : 'are'} left, fewer than ${low.codes}`]
			: []),
		...(percent < low.percent
			? [`At most ${percent.toFixed(1)} % of the codes are left, less than ${low.percent} %`]
			: []),
	];
}

function reasonsOfExpiry(daysLeft: number, low: LowStock): string[] {
	if (daysLeft < 0) return ['The list has expired'];
	return daysLeft < low.days
		? [`The list expires in ${plural(daysLeft, 'day')}, fewer than ${low.days}`]
		: [];
}

/** Dates as Braze takes them: a day, or a day and a time; `SSS` after a colon or a point; no zone means UTC. */
const ISO_DATE =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.:,](\d{1,9}))?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** Years that Braze stores as a date. */
const LAST_YEAR = 3000;

/** Milliseconds since 1970 of an ISO 8601 date; undefined when the text is none, or beyond the year 3000. */
export function isoMillis(text: string): number | undefined {
	const parts = ISO_DATE.exec(text);
	if (parts === null) return undefined;
	const [
		,
		year = '',
		month = '',
		day = '',
		hour = '00',
		minute = '00',
		second = '00',
		fraction = '',
		zone = 'Z',
	] = parts;
	if (Number(year) > LAST_YEAR || Number(day) > daysOf(Number(year), Number(month))) return undefined;
	const millis = Date.parse(
		`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}${zoneOf(zone)}`,
	);
	return Number.isNaN(millis) ? undefined : millis;
}

/** `+02` and `+0200` as Date.parse wants them: `+02:00`. */
function zoneOf(zone: string): string {
	if (zone.toUpperCase() === 'Z') return 'Z';
	return `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`;
}

function daysOf(year: number, month: number): number {
	return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

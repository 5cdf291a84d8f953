import type { IDataObject } from 'n8n-workflow';
import { Failure, InvalidInput, shown } from '../../common/failure';
import type { Part } from '../../common/packing';
import { asNumber } from '../../common/parameters';
import { isRecord } from '../../common/record';
import { attributeCheck } from '../track/attributes';
import { dataPointsOf } from '../track/dataPoints';
import { readProperties } from '../track/event';
import { identifierOf } from '../track/identifier';
import { isCurrency } from '../track/purchase';
import type { RowObject } from './rowObjects';
import type { FileSettings } from './settings';

/** Dates as Braze takes them: ISO 8601, a day or a day and a time; without a zone it reads UTC. */
const ISO_DATE =
	/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.:,]\d{1,9})?)?\s?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** Makes the object that is sent of what a row says. Throws a `Failure` for what Braze would refuse. */
export type PartMaker = (owner: number, row: RowObject) => Part;

/**
 * The object of a row. A class, because V8 learns where literals are made that live for a while, as these do until they are sent: it then
 * makes them where they are cleared away last, and keeps with them all that they refer to.
 */
class RowPart implements Part {
	constructor(
		readonly owner: number,
		readonly lane: string,
		readonly text: string,
		readonly key: string,
		readonly cost: number,
	) {}
}

/** Prepares for the rows of one file. */
export function partMaker({ lane, by, userFields, app, only, merge }: FileSettings): PartMaker {
	const checked = attributeCheck();
	const settings = JSON.stringify({ ...merge, ...only }).slice(1, -1);
	const [userField = ''] = userFields;
	const invalid = (problem: string, remedy: string) => new InvalidInput(userField, problem, remedy);
	return (owner, { user, said }) => {
		const empty = user.indexOf('');
		if (empty >= 0)
			throw new InvalidInput(userFields[empty] ?? userField, 'is empty', 'Say who the user is.');
		const key = JSON.stringify(identifierOf(by, user, invalid));
		// The identifier comes last: nothing of the same name can take its place. Joined rather than added up, as a sum is kept as its parts.
		const part = (start: string[], cost: number): Part => {
			start.push(key.slice(1));
			return new RowPart(owner, lane, start.join(''), key, cost);
		};
		const startOf = (object: IDataObject): string[] => [JSON.stringify(object).slice(0, -1), ','];
		if ('start' in said) {
			if (said.count === 0) throw nothingToSend();
			if (settings !== '') said.start.push(settings, ',');
			return part(said.start, said.count);
		}
		const { object } = said;
		switch (lane) {
			case 'attributes': {
				if (Object.keys(object).length === 0) throw nothingToSend();
				return part(startOf({ ...checked(object), ...merge, ...only }), dataPointsOf(object));
			}
			case 'events':
				return part(startOf({ ...event(object), ...app, ...only }), 1);
			case 'purchases':
				return part(startOf({ ...purchase(object), ...app, ...only }), 1);
		}
	};
}

function nothingToSend(): Failure {
	return new Failure({ message: 'The row has nothing to send but who the user is' });
}

function event(object: IDataObject): IDataObject {
	return { ...object, name: text(object, 'name'), time: time(object), ...properties(object) };
}

function purchase(object: IDataObject): IDataObject {
	const currency = text(object, 'currency').toUpperCase();
	if (!isCurrency(currency))
		throw new InvalidInput('currency', `is ${shown(object.currency)}`, 'Enter three letters such as USD.');
	const price = asNumber(object.price);
	if (!Number.isFinite(price))
		throw new InvalidInput('price', `is ${shown(object.price ?? '')}, which is no number`, 'Enter a number.');
	const quantity = asNumber(object.quantity ?? 1);
	if (!(Number.isInteger(quantity) && quantity >= 1 && quantity <= 100))
		throw new InvalidInput('quantity', `is ${shown(object.quantity)}`, 'Enter a whole number from 1 to 100.');
	const product = text(object, 'product_id');
	return {
		...object,
		product_id: product,
		currency,
		price,
		quantity,
		time: time(object),
		...properties(object),
	};
}

function text(object: IDataObject, name: string): string {
	const value = object[name];
	if (typeof value === 'string' && value.trim() !== '') return value;
	throw new InvalidInput(name, value === undefined || value === '' ? 'is empty' : `is ${shown(value)}`, '');
}

function time(object: IDataObject): string {
	const value = text(object, 'time').trim();
	if (ISO_DATE.test(value)) return value;
	throw new InvalidInput('time', `is ${shown(value)}, which is no date in ISO 8601`, '');
}

function properties({ properties: given }: IDataObject): { properties?: IDataObject } {
	if (given === undefined || given === null) return {};
	if (isRecord(given)) return readProperties('properties', given);
	throw new InvalidInput('properties', `is ${shown(given)}, and no object`, '');
}

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

/** Makes the object that is sent of what a row says; the row's number is its owner. Throws a `Failure` for what Braze would refuse. */
export type PartMaker = (row: number, said: RowObject) => Part;

/** Prepares for the rows of one file. */
export function partMaker({ lane, by, userFields, app, only, merge }: FileSettings): PartMaker {
	const checked = attributeCheck();
	const [userField = ''] = userFields;
	const part = (owner: number, user: IDataObject, object: IDataObject, cost: number): Part => ({
		owner,
		lane,
		// The identifier comes last: nothing of the same name can take its place.
		text: JSON.stringify({ ...object, ...user }),
		key: JSON.stringify(user),
		cost,
	});
	return (owner, { user: names, object }) => {
		names.forEach((name, index) => {
			if (name === '')
				throw new InvalidInput(userFields[index] ?? userField, 'is empty', 'Say who the user is.');
		});
		const user = identifierOf(by, names, (problem, remedy) => new InvalidInput(userField, problem, remedy));
		switch (lane) {
			case 'attributes': {
				if (Object.keys(object).length === 0)
					throw new Failure({ message: 'The row has nothing to send but who the user is' });
				return part(owner, user, { ...checked(object), ...merge, ...only }, dataPointsOf(object));
			}
			case 'events':
				return part(owner, user, { ...event(object), ...app, ...only }, 1);
			case 'purchases':
				return part(owner, user, { ...purchase(object), ...app, ...only }, 1);
		}
	};
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

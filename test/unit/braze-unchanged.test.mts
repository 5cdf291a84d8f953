import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { changeAttribute } from '../../sandbox/braze/attributes.mts';
import { has, isJsonObject, type Json, type JsonObject } from '../../sandbox/braze/json.mts';
import { fieldsToCompare, whatDiffers } from '../../nodes/Braze/track/unchanged';

const user = { external_id: 'u' };
const MERGE = { _merge_objects: true };

/** What is left of attributes for a profile that has these custom ones. */
function left(sent: IDataObject, custom: IDataObject, fields: IDataObject = {}): IDataObject | undefined {
	const differing = whatDiffers({ ...sent, ...user }, { ...fields, custom_attributes: custom });
	if (differing === undefined) return undefined;
	const { external_id, ...attributes } = differing;
	expect(external_id).toBe('u');
	return attributes;
}

const at = (time: string) => ({ $time: time });
const update = { $identifier_key: 'id', $identifier_value: 1, $new_object: { id: 1 } };

describe('what a profile has already is left out', () => {
	test.each<[string, IDataObject, IDataObject]>([
		['a text', { tier: 'gold' }, { tier: 'gold' }],
		['an empty text', { tier: '' }, { tier: '' }],
		['a number', { n: 0 }, { n: 0 }],
		['true', { vip: true }, { vip: true }],
		['a removal of what is not there', { gone: null }, {}],
		['a list', { tags: ['a', 'b'] }, { tags: ['a', 'b'] }],
		['an empty list', { tags: [] }, { tags: [] }],
		['a day as a moment', { on: '2026-06-01' }, { on: '2026-06-01T00:00:00.000Z' }],
		['the same moment in another zone', { on: '2026-06-01T10:00:00+02:00' }, { on: '2026-06-01T08:00:00Z' }],
		['a marked date', { on: at('2026-06-01T08:00:00Z') }, { on: '2026-06-01T08:00:00.000Z' }],
		['an object in another order', { home: { a: 1, b: [1] } }, { home: { b: [1], a: 1 } }],
		['a date in an object', { home: { on: at('2026-06-01') } }, { home: { on: '2026-06-01T00:00:00Z' } }],
		['an object with a null that is not kept', { home: { a: 1, b: null } }, { home: { a: 1 } }],
		[
			'a list of objects',
			{ cars: [{ id: 1, on: at('2026-06-01') }] },
			{ cars: [{ id: 1, on: '2026-06-01' }] },
		],
		['a part of an object, merged', { home: { a: 1 }, ...MERGE }, { home: { a: 1, b: 2 } }],
		['an inner part, merged', { home: { x: { a: 1 } }, ...MERGE }, { home: { x: { a: 1, b: 2 } } }],
		['an inner removal of what is not there, merged', { home: { b: null }, ...MERGE }, { home: { a: 1 } }],
		['nothing merged into something', { home: {}, ...MERGE }, { home: { a: 1 } }],
	])('%s', (_case, sent, stored) => {
		expect(left(sent, stored)).toBeUndefined();
	});

	test('standard fields, each by its own name', () => {
		const fields = {
			email: 'a@example.com',
			dob: '1990-05-28',
			home_city: 'Lyon',
			email_subscribe: 'opted_in',
		};
		expect(
			left({ ...fields, first_name: null, last_name: 'Roe', tier: 'gold' }, { tier: 'gold' }, fields),
		).toEqual({
			last_name: 'Roe',
		});
		expect(left({ first_name: 'Ada' }, { first_name: 'Ada' })).toEqual({ first_name: 'Ada' });
		expect(left({ Email: 'a@example.com' }, {}, fields)).toEqual({ Email: 'a@example.com' });
	});
});

describe('what differs is sent', () => {
	test.each<[string, IDataObject, IDataObject, IDataObject?]>([
		['another text', { tier: 'gold', n: 1 }, { tier: 'silver', n: 1 }, { tier: 'gold' }],
		['a text for a number', { n: '1' }, { n: 1 }],
		['false for nothing', { vip: false }, {}],
		['a removal', { tier: null }, { tier: 'gold' }],
		['a list in another order', { tags: ['b', 'a'] }, { tags: ['a', 'b'] }],
		['a shorter list', { tags: ['a'] }, { tags: ['a', 'b'] }],
		['an empty list for nothing', { tags: [] }, {}],
		['another moment', { on: '2026-06-01T10:00:00+01:00' }, { on: '2026-06-01T10:00:00Z' }],
		['a time without a zone', { on: '2026-06-01T10:00:00' }, { on: '2026-06-01T10:00:00Z' }],
		['a number that looks like a year', { on: '2026' }, { on: '2026-01-01' }],
		['a part of an object, which replaces it', { home: { a: 1 } }, { home: { a: 1, b: 2 } }],
		['an object for a text', { home: { a: 1 }, ...MERGE }, { home: 'x' }],
		['a list of objects with more in them', { cars: [{ id: 1 }] }, { cars: [{ id: 1, b: 2 }] }],
		['an increment by nothing', { n: { inc: 0 } }, { n: 0 }],
		['an addition of what is there', { tags: { add: ['a'] } }, { tags: ['a'] }],
		['a removal of what is not in the list', { tags: { remove: ['z'] } }, { tags: ['a'] }],
		['$add', { cars: { $add: [{ id: 1 }] } }, { cars: [{ id: 1 }] }],
		['$update', { cars: { $update: [update] } }, { cars: [{ id: 1 }] }],
		['$remove', { cars: { $remove: [update] } }, { cars: [] }],
		['an increment within an object', { home: { n: { inc: 1 } }, ...MERGE }, { home: { n: { inc: 1 } } }],
		['a name that Braze strips', { ' tier': 'gold', tier: 'x' }, { tier: 'x' }],
		[
			'a name that every object has',
			{ constructor: 'x', toString: null, valueOf: 1 },
			{},
			{ constructor: 'x', valueOf: 1 },
		],
	])('%s', (_case, sent, stored, expected = sent) => {
		expect(left(sent, stored)).toEqual(expected);
	});

	test('of a merged object only the keys that differ, however deep', () => {
		const sent = { home: { a: 1, b: 2, x: { c: 3, d: null, e: null } }, ...MERGE };
		const stored = { home: { a: 1, b: 1, x: { c: 3, d: 4 }, z: 1 } };
		expect(left(sent, stored)).toEqual({ home: { b: 2, x: { d: null } }, ...MERGE });
	});

	test('fields that no export tells', () => {
		const sent = {
			subscription_groups: [{ subscription_group_id: 'g', subscription_state: 'subscribed' }],
			current_location: { longitude: 1, latitude: 2 },
			tier: 'gold',
		};
		const { tier, ...unreadable } = sent;
		expect(left(sent, { ...unreadable, tier })).toEqual(unreadable);
	});

	test('a name like __proto__ is data', () => {
		const sent = JSON.parse('{"external_id": "u", "__proto__": "kept"}') as IDataObject;
		expect(JSON.stringify(whatDiffers(sent, { custom_attributes: {} }))).toContain('"__proto__":"kept"');
		expect(
			whatDiffers(sent, { custom_attributes: JSON.parse('{"__proto__": "kept"}') as IDataObject }),
		).toBeUndefined();
	});
});

test('only the fields that the comparison needs are read', () => {
	expect(fieldsToCompare({ ...user, ...MERGE, email: 'a@b.co', push_tokens: [] })).toEqual(['email']);
	expect(fieldsToCompare({ ...user, dob: null, a: 1, b: 2 })).toEqual(['dob', 'custom_attributes']);
});

// Random attributes on random profiles, where hits are frequent: few names and few values.
const scalar = fc.constantFrom<Json>(
	'a',
	'b',
	1,
	2,
	true,
	'2026-06-01',
	'2026-06-01T00:00:00Z',
	'2026-06-01T02:00:00+02:00',
);
const name = fc.constantFrom('x', 'y', 'constructor');
const { value: stored } = fc.letrec<{ value: Json; object: JsonObject }>((tie) => ({
	value: fc.oneof(
		{ depthSize: 'small' },
		scalar,
		fc.uniqueArray(scalar, { maxLength: 2 }),
		tie('object'),
		fc.array(tie('object'), { minLength: 1, maxLength: 2 }),
	),
	object: fc.dictionary(name, tie('value'), { maxKeys: 3 }),
}));
const { value: sent } = fc.letrec<{ value: Json; object: JsonObject }>((tie) => ({
	value: fc.oneof(
		{ depthSize: 'small' },
		scalar,
		fc.constantFrom<Json>(
			null,
			{ $time: '2026-06-01' },
			{ inc: 1 },
			{ add: ['a'] },
			{ remove: ['b'] },
			{ $add: [{ x: 1 }] },
		),
		fc.uniqueArray(scalar, { maxLength: 2 }),
		tie('object'),
	),
	object: fc.dictionary(name, tie('value'), { maxKeys: 3 }),
}));
const cases = fc.record({
	profile: fc.dictionary(name, stored, { maxKeys: 3 }),
	update: fc.dictionary(name, sent, { maxKeys: 3 }),
	mergeObjects: fc.boolean(),
});

/** What Braze has after an update, with every date as its moment. */
function after(profile: JsonObject, update: JsonObject, mergeObjects: boolean): string {
	const result = new Map(Object.entries(profile));
	for (const [attribute, value] of Object.entries(update)) {
		const current = has(profile, attribute) ? profile[attribute] : undefined;
		const change = changeAttribute(current, value, { mergeObjects, arrayLength: 25 });
		if (change.kind === 'remove') result.delete(attribute);
		if (change.kind === 'set') result.set(attribute, change.value);
	}
	return canonical(Object.fromEntries(result));
}

function canonical(value: Json): string {
	if (typeof value === 'string' && /^2026/.test(value)) return String(Date.parse(value));
	if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
	if (!isJsonObject(value)) return JSON.stringify(value);
	const entries = Object.entries(value).map(([key, inner]) => `${key}:${canonical(inner)}`);
	return `{${entries.sort().join()}}`;
}

describe('for any profile and any attributes', () => {
	const run = (profile: JsonObject, update: JsonObject, mergeObjects: boolean): JsonObject => {
		const merge = mergeObjects ? MERGE : {};
		const copy = (value: unknown) => JSON.parse(JSON.stringify(value)) as IDataObject;
		const rest =
			whatDiffers(copy({ ...update, ...merge, ...user }), copy({ custom_attributes: profile })) ?? {};
		const { external_id: _, _merge_objects: __, ...attributes } = rest;
		return attributes as JsonObject;
	};

	test('sending what differs makes the same profile as sending everything', () => {
		fc.assert(
			fc.property(cases, ({ profile, update, mergeObjects }) => {
				const differing = run(profile, update, mergeObjects);
				expect(after(profile, differing, mergeObjects)).toBe(after(profile, update, mergeObjects));
			}),
			{ numRuns: 2000 },
		);
	});

	test('sending everything a second time sends only changes that happen again', () => {
		fc.assert(
			fc.property(cases, ({ profile, mergeObjects }) => {
				expect(run(profile, profile, mergeObjects)).toEqual({});
			}),
		);
	});

	test('each attribute that is sent changes the profile, or can not be compared', () => {
		fc.assert(
			fc.property(cases, ({ profile, update, mergeObjects }) => {
				for (const [attribute, value] of Object.entries(run(profile, update, mergeObjects))) {
					const isChange = /"(inc|add|remove|\$add)"/.test(JSON.stringify(value));
					const current = has(profile, attribute) ? profile[attribute] : undefined;
					const dropped = changeAttribute(current, value, { mergeObjects, arrayLength: 25 }).kind === 'drop';
					if (isChange || dropped) continue;
					expect(after(profile, { [attribute]: value }, mergeObjects)).not.toBe(canonical(profile));
				}
			}),
			{ numRuns: 2000 },
		);
	});
});

import type { IDataObject } from 'n8n-workflow';
import { listed } from '../../../common/listed';
import { perItem, type Run } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { CATALOG_REMEDY, catalogField } from './catalogField';
import { checkedName, fieldsField, readFields } from './catalogFields';

/** Most new fields of one request. */
const MOST_FIELDS = 50;

interface Input {
	readonly catalog: string;
	readonly added: readonly IDataObject[];
	readonly removed: readonly string[];
}

export const update = perItem<Input>({
	name: 'update',
	displayName: 'Update',
	action: 'Update a catalog',
	description:
		'Add fields to a catalog, and remove fields from it. Its name and description can only be changed in Braze.',
	fields: [
		catalogField,
		{ ...fieldsField, displayName: 'Fields to Add' },
		{
			displayName: 'Fields to Remove',
			name: 'remove',
			type: 'string',
			default: '',
			placeholder: 'e.g. terms, ends_at',
			description: 'Names of fields, separated by commas; their values in all items are lost',
		},
	],
	read: (item) => {
		const removed = listed(item.text('remove'));
		const input = {
			catalog: item.located('catalog', CATALOG_REMEDY),
			added: readFields(item),
			removed: removed.map((name) => checkedName(item, name, 'remove')),
		};
		if (removed.includes('id'))
			throw item.invalid('remove', 'names the field "id"', 'Every catalog needs its ID: leave it out.');
		if (input.added.length === 0 && removed.length === 0)
			throw item.invalid('fields', 'is empty, and so are the fields to remove', 'Add at least one of them.');
		return input;
	},
	run: async (input, run) => {
		const { catalog, added, removed } = input;
		for (let at = 0; at < added.length; at += MOST_FIELDS) {
			await addFields(run, catalog, added.slice(at, at + MOST_FIELDS));
		}
		for (const name of removed) {
			await run.client.send({
				method: 'DELETE',
				path: path`/catalogs/${catalog}/fields/${name}`,
				repeatable: true,
			});
		}
		run.note('Braze has queued the changes, and applies them in its own time');
		return [{ json: { name: catalog, added: added.map(({ name }) => name), removed: [...removed] } }];
	},
});

async function addFields(run: Run, catalog: string, fields: IDataObject[]): Promise<void> {
	await run.client.send({ method: 'POST', path: path`/catalogs/${catalog}/fields`, body: { fields } });
}

import type { INodeProperties } from 'n8n-workflow';
import { Braze } from '../../nodes/Braze/Braze.node';
import { BrazeTrigger } from '../../nodes/BrazeTrigger/BrazeTrigger.node';
import { Voucherify } from '../../nodes/Voucherify/Voucherify.node';
import { VoucherifyTrigger } from '../../nodes/VoucherifyTrigger/VoucherifyTrigger.node';

const NODES = [new Braze(), new BrazeTrigger(), new Voucherify(), new VoucherifyTrigger()].map(
	({ description }) => description,
);

/** Letters of a label that n8n's editor shows whole in a collection, in a window of 1280 pixels; it cut those of 33. */
const ROOM_IN_COLLECTION = 30;
/** The same for the ways to name a resource, n8n's own "From List" apart; it cut "Source ID". */
const ROOM_FOR_MODE = 8;

/** The fields of a collection. */
const inCollections = (field: INodeProperties): readonly INodeProperties[] =>
	field.type === 'collection' ? (field.options ?? []).filter((option) => 'type' in option) : [];

describe.each(NODES.map((node) => [node.displayName, node] as const))('The form of %s', (_name, node) => {
	const { properties, credentials = [] } = node;

	test('takes one choice or several under a name, whichever operation is chosen: n8n keeps values', () => {
		const types = (name: string) =>
			new Set(
				properties
					.filter((field) => field.name === name && /^(o|multiO)ptions$/.test(field.type))
					.map(({ type }) => type),
			);
		expect(properties.map(({ name }) => name).filter((name) => types(name).size > 1)).toEqual([]);
	});

	test('has labels that are not cut', () => {
		const labels = properties.flatMap(inCollections).map(({ displayName }) => displayName);
		const modes = properties.flatMap(({ modes: of = [] }) => of.map(({ displayName }) => displayName));
		expect(labels.filter((label) => label.length > ROOM_IN_COLLECTION)).toEqual([]);
		expect(modes.filter((mode) => mode !== 'From List' && mode.length > ROOM_FOR_MODE)).toEqual([]);
	});

	test('keeps every field but Authentication, which n8n takes into the window of the credential', () => {
		const decided = (field: string) => credentials.flatMap((own) => own.displayOptions?.show?.[field] ?? []);
		const taken = properties.filter(
			({ name, options }) =>
				decided(name).length > 0 &&
				(options ?? []).every((option) => 'value' in option && decided(name).includes(option.value)),
		);
		expect(taken.map(({ name }) => name).filter((name) => name !== 'authentication')).toEqual([]);
	});
});

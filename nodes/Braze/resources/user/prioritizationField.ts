import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';
import { DEFAULT_PRIORITIZATION, PRIORITIZATIONS, rulesOf } from '../../prioritization';

/** Which profile is meant where several have the address; `show` says when it matters. */
export function prioritizationField(
	show: NonNullable<NonNullable<INodeProperties['displayOptions']>['show']>,
): INodeProperties {
	return {
		displayName: 'If Several Match',
		name: 'prioritization',
		type: 'options',
		options: PRIORITIZATIONS,
		default: DEFAULT_PRIORITIZATION,
		description: 'Which profile is meant when several have the same email or phone',
		displayOptions: { show },
	};
}

/** The chosen rules, as Braze takes them. */
export function readPrioritization(item: ItemParameters): string[] {
	return rulesOf(
		item.choice(
			'prioritization',
			PRIORITIZATIONS.map(({ value }) => String(value)),
		),
	);
}

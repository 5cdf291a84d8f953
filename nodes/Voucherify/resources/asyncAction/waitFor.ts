import { perItem } from '../../../common/operation';
import { longestWaitField, readLongestWait } from '../../../common/polling';
import { asyncActionIdField, readAsyncActionId } from './asyncActionField';
import { failureOfAction, getAction, hasEnded, whenEnded } from './asyncActionJob';

interface Input {
	readonly id: string;
	/** In ms. */
	readonly longestWait: number;
	readonly failWhenFailed: boolean;
}

export const waitFor = perItem<Input>({
	name: 'waitFor',
	displayName: 'Wait For',
	action: 'Wait for an async action',
	description:
		'Wait until Voucherify is done with a bulk update, an import or a deletion, and see what came of it',
	fields: [
		asyncActionIdField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Fail When the Action Failed',
					name: 'failWhenFailed',
					type: 'boolean',
					default: true,
					description:
						'Whether an action that failed as a whole fails the item. Single rows that failed are in the result either way.',
				},
				longestWaitField,
			],
		},
	],
	read: (item) => ({
		id: readAsyncActionId(item),
		longestWait: readLongestWait(item),
		failWhenFailed: item.optionFlag('options', 'failWhenFailed') ?? true,
	}),
	run: async ({ id, longestWait, failWhenFailed }, run) => {
		const now = await getAction(run, id);
		const action = hasEnded(now) ? now : await whenEnded(run, id, longestWait);
		const failure = failureOfAction(action);
		if (failure !== undefined && failWhenFailed) throw failure;
		return [{ json: action }];
	},
});

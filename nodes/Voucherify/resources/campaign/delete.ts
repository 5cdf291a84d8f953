import { perItem, type OutputItem, type Run } from '../../../common/operation';
import { readLongestWait, waitOptionsIfWaiting } from '../../../common/polling';
import { path } from '../../../common/urlPath';
import { actionIdOf, endOf, failureOfAction } from '../asyncAction/asyncActionJob';
import { anyCampaignField, readCampaign } from './anyCampaignField';

interface Input {
	readonly campaign: string;
	readonly force: boolean;
	readonly waits: boolean;
	/** In ms. */
	readonly longestWait: number;
}

export const remove = perItem<Input>({
	name: 'delete',
	displayName: 'Delete',
	action: 'Delete a campaign',
	description: 'Move a campaign with all its codes to the bin, or delete it for good',
	fields: [
		anyCampaignField,
		{
			displayName: 'Delete Permanently',
			name: 'force',
			type: 'boolean',
			default: false,
			description: 'Whether to delete the campaign for good instead of moving it to the bin',
		},
		{
			displayName: 'Wait Until Done',
			name: 'waits',
			type: 'boolean',
			default: true,
			description:
				'Whether to wait until the campaign and its codes are gone. Voucherify deletes them in its own time.',
		},
		waitOptionsIfWaiting,
	],
	read: (item) => ({
		campaign: readCampaign(item),
		force: item.flag('force'),
		waits: item.flag('waits'),
		longestWait: readLongestWait(item),
	}),
	run: send,
});

async function send(
	{ campaign, force, waits, longestWait }: Input,
	run: Run,
): Promise<readonly OutputItem[]> {
	const response = await run.client.send({
		method: 'DELETE',
		path: path`/v1/campaigns/${campaign}`,
		query: { force: force ? true : undefined },
		repeatable: true,
	});
	if (response.gone === true) return [{ json: { campaign, deleted: true, permanently: force } }];
	const asyncActionId = actionIdOf(response);
	if (waits) {
		const failure = failureOfAction(await endOf(run, asyncActionId, longestWait));
		if (failure !== undefined) throw failure;
	}
	return [{ json: { campaign, deleted: waits, permanently: force, asyncActionId } }];
}

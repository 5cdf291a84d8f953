import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../common/failure';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { readRequestSettings } from '../../../common/requestSettings';
import { path } from '../../../common/urlPath';
import { numberOption } from '../../optionValues';
import { simplifyField } from '../../pagingFields';
import { findCampaign, type Campaign } from '../campaign/campaign';
import { CAMPAIGN_REMEDY, campaignField } from '../campaign/campaignField';
import type { CustomerReference } from '../customer/customerReference';
import { customerKey } from '../customer/customerReference';
import { readCustomers } from '../customer/customerPages';
import { listedCustomer } from '../customer/listedCustomer';
import { sourceIdOf } from '../publication/duplicates';
import { publish } from '../publication/publish';
import { simplifyPublication } from '../publication/simplifyPublication';
import { segmentField } from '../segment/segmentField';
import { readSegment, segmentId, type SegmentReference } from '../segment/segmentReference';
import { eachMember, LOG_EVERY, type MemberOutcome } from './eachMember';
import { oncePerField, readOncePer, type OncePer } from './oncePer';

interface Input {
	readonly segment: SegmentReference;
	readonly campaign: string;
	readonly oncePer: OncePer;
	readonly failsTogether: boolean;
	/** How many members at most. */
	readonly wanted: number;
	readonly channel: string;
	readonly metadata: IDataObject;
	readonly simplify: boolean;
	readonly concurrency: number;
}

export const publishToSegment = perItem<Input>({
	name: 'publishToSegment',
	displayName: 'Publish to Segment',
	action: 'Publish codes to a segment',
	description:
		'Hand out a code of a campaign to every member of a segment, as a manual distribution does. Gives one item for each member. Running it again gives members the codes they have, and codes to those who got none.',
	fields: [
		{ ...segmentField, description: 'The segment whose members get codes' },
		campaignField,
		...oncePerField,
		{
			displayName: 'If Members Fail',
			name: 'onFailure',
			type: 'options',
			options: [
				{
					name: 'Give Their Items an Error',
					value: 'output',
					description:
						'Members without a code come out too, with a field "error" that names them and the reason; with an error output, they go there',
				},
				{
					name: 'Fail After the Others',
					value: 'fail',
					description:
						'Everybody else is published to first; then the operation fails and says how many got no code. Run it again for the items.',
				},
			],
			default: 'output',
			description: 'What happens when some members get no code. The others always do.',
		},
		simplifyField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Channel',
					name: 'channel',
					type: 'string',
					default: '',
					placeholder: 'e.g. Braze',
					description: 'How the codes reach the customers, for the statistics in Voucherify',
				},
				{
					displayName: 'Metadata',
					name: 'metadata',
					type: 'json',
					default: '{}',
					description: "Custom fields of the publications, as your project's metadata schema has them",
				},
				{
					displayName: 'Most Members',
					name: 'mostMembers',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 10,
					description: 'Publish only to so many members, the oldest first, for example to try it out',
				},
			],
		},
	],
	read,
	run: distribute,
});

function read(item: ItemParameters): Input {
	return {
		segment: readSegment(item),
		campaign: item.located('campaign', CAMPAIGN_REMEDY),
		oncePer: readOncePer(item),
		failsTogether: item.choice('onFailure', ['output', 'fail']) === 'fail',
		wanted: numberOption(item, 'options', 'mostMembers', { least: 1 }) ?? Infinity,
		channel: item.optionText('options', 'channel'),
		metadata: item.objectOption('options', 'metadata'),
		simplify: item.flag('simple'),
		concurrency: readRequestSettings(item).concurrency,
	};
}

async function distribute(input: Input, run: Run): Promise<readonly OutputItem[]> {
	const campaign = await findCampaign(run, input.campaign);
	if (!campaign.hasCodes) {
		throw new Failure({
			message: `The campaign "${campaign.name}" is a promotion, which has no codes to hand out`,
			description: 'Promotion tiers apply to everybody who qualifies. Choose a campaign with vouchers.',
		});
	}
	const members = await membersOf(input, run);
	const outcomes = await eachMember(members, input.concurrency, run, async (member) => {
		const answer = await publish(
			{
				campaign,
				customer: member,
				sourceId: await keyOf(input.oncePer, campaign, member, run),
				count: 1,
				channel: input.channel,
				metadata: input.metadata,
				whole: !input.simplify,
			},
			run,
		);
		return input.simplify ? simplifyPublication(answer, campaign) : answer;
	});
	return itemsOf(outcomes, input, campaign, run);
}

/** All of them before anything is published: publishing may change who belongs to the segment. */
async function membersOf({ segment, wanted }: Input, run: Run): Promise<readonly CustomerReference[]> {
	const id = await segmentId(run, segment);
	const rows: IDataObject[] = [];
	let logged = Date.now();
	await readCustomers(run, { segment_id: id }, wanted, ({ id: own, source_id }) => {
		rows.push({ id: own, source_id });
		if (Date.now() - logged < LOG_EVERY) return;
		logged = Date.now();
		run.log(`${rows.length} members listed so far`);
	});
	if (rows.length === 0) {
		// Nobody there: fails if that is because there is no such segment.
		await run.client.send({ method: 'GET', path: path`/v1/segments/${id}` });
		run.note('The segment has no members');
	}
	return await Promise.all(rows.map(async (row) => await listedCustomer(run, row)));
}

/** The same keys as single publications have: what was published one way is found the other way. */
async function keyOf(
	oncePer: OncePer,
	campaign: Campaign,
	member: CustomerReference,
	run: Run,
): Promise<string | undefined> {
	if (oncePer.kind !== 'mailing') return await sourceIdOf({ kind: oncePer.kind }, campaign, member, run);
	const key = `${oncePer.name}:${campaign.id}:${await customerKey(run, member)}`;
	return await sourceIdOf({ kind: 'ownKey', key }, campaign, member, run);
}

function itemsOf(
	outcomes: readonly MemberOutcome[],
	{ failsTogether }: Input,
	{ name }: Campaign,
	run: Run,
): readonly OutputItem[] {
	const failed = outcomes.flatMap((outcome) => ('failure' in outcome ? [outcome] : []));
	const first = failed[0]?.failure;
	if (first !== undefined) {
		const [without, members] = [failed.length, outcomes.length].map((count) => count.toLocaleString('en-US'));
		const account = `${without} of ${members} members got no code of "${name}"`;
		const again = 'Run it again: who has a code gets the same one, and nobody a second.';
		if (failsTogether) {
			throw new Failure({
				...first.details,
				message: `${account}: ${first.message}`,
				description: [first.details.description, again].filter(Boolean).join(' '),
				context: { members: outcomes.length, failed: failed.slice(0, 100).map(errorOf) },
			});
		}
		run.count('members without a code', failed.length);
		run.note(`${account}, the first because: ${first.message.replace(/\.$/, '')}. ${again}`);
	}
	run.count('members with a code', outcomes.length - failed.length);
	// An item that has nothing but an error is what n8n sends to the error output, where there is one.
	return outcomes.map((outcome) => ({
		json: 'failure' in outcome ? { error: errorOf(outcome) } : outcome.publication,
	}));
}

function errorOf({ member, failure }: Extract<MemberOutcome, { failure: Failure }>): IDataObject {
	const { message, description, status, code, uncertain } = failure.details;
	const facts = Object.entries({ message, description, status, code, uncertain });
	return {
		...Object.fromEntries(facts.filter(([, fact]) => fact !== undefined && fact !== false)),
		customer: { id: member.id ?? null, source_id: member.sourceId ?? null },
	};
}

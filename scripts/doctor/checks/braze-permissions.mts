import type { Check } from '../check.mts';
import type { Question, Reply } from '../connection.mts';
import type { Finding } from '../finding.mts';

/** A permission, what the nodes need it for, and a question that does nothing. */
export interface PermissionProbe {
	readonly permission: string;
	readonly needs: string;
	readonly question: Question;
}

/** No catalog has this name, so nothing can happen to it. */
const NO_CATALOG = '/catalogs/n8n_doctor_looks_for_nothing';

const read = (path: string): Question => ({ method: 'GET', path });
/** Braze checks the key's permission before the body (403 before 400), and a body without anything in it asks for nothing. */
const empty = (path: string): Question => ({ method: 'POST', path, body: {} });

/** Questions that read a list, lack what they are about, or ask for nothing. */
export const PROBES: readonly PermissionProbe[] = [
	{ permission: 'users.track', needs: 'User → Track', question: empty('/users/track') },
	{
		permission: 'users.track.bulk',
		needs: 'Objects per Request → 1,000 (Bulk)',
		question: empty('/users/track/bulk'),
	},
	{
		permission: 'users.export.ids',
		needs: 'User → Export by IDs, Skip Unchanged',
		question: empty('/users/export/ids'),
	},
	{
		permission: 'users.export.segment',
		needs: 'User → Export Segment',
		question: empty('/users/export/segment'),
	},
	{ permission: 'users.alias.new', needs: 'User → Create Alias', question: empty('/users/alias/new') },
	{ permission: 'users.identify', needs: 'User → Identify', question: empty('/users/identify') },
	{ permission: 'custom_attributes.get', needs: 'lists of attributes', question: read('/custom_attributes') },
	{ permission: 'events.list', needs: 'Event → Get Many', question: read('/events/list') },
	{ permission: 'campaigns.list', needs: 'lists of campaigns', question: read('/campaigns/list') },
	{ permission: 'campaigns.details', needs: 'Campaign → Get', question: read('/campaigns/details') },
	{ permission: 'canvas.list', needs: 'lists of Canvases', question: read('/canvas/list') },
	{ permission: 'segments.list', needs: 'lists of segments', question: read('/segments/list') },
	{ permission: 'segments.details', needs: 'Segment → Get', question: read('/segments/details') },
	{
		permission: 'subscription.groups.get',
		needs: 'Subscription Group → Get Status',
		question: read('/subscription/user/status'),
	},
	{
		permission: 'subscription.status.set',
		needs: 'Subscription Group → Set Status',
		question: empty('/v2/subscription/status/set'),
	},
	{ permission: 'catalogs.get', needs: 'lists of catalogs', question: read('/catalogs') },
	{ permission: 'catalogs.create', needs: 'Catalog → Create', question: empty('/catalogs') },
	{
		permission: 'catalogs.get_items',
		needs: 'Catalog Item → Get Many',
		question: read(`${NO_CATALOG}/items`),
	},
	{
		permission: 'catalogs.add_items',
		needs: 'Catalog Item → Create',
		question: empty(`${NO_CATALOG}/items`),
	},
	{
		permission: 'content_blocks.list',
		needs: 'lists of Content Blocks',
		question: read('/content_blocks/list'),
	},
	{ permission: 'content_blocks.info', needs: 'Content Block → Get', question: read('/content_blocks/info') },
	{
		permission: 'content_blocks.create',
		needs: 'Content Block → Create',
		question: empty('/content_blocks/create'),
	},
];

const NOT_ASKED = [
	'campaigns.trigger.send',
	'canvas.trigger.send',
	'catalogs.delete',
	'catalogs.delete_items',
	'messages.send',
	'transactional.send',
	'users.delete',
	'users.merge',
];

/** What the key may do. Whatever sends or deletes is not asked, however empty the question. */
export const brazePermissions: Check = {
	title: "The key's permissions",
	examine: async ({ ask }) => {
		const answers: [PermissionProbe, Reply][] = [];
		for (const probe of PROBES) answers.push([probe, await ask(probe.question)]);
		return readPermissions(answers);
	},
};

/** Reads which permissions there are, which not, and which could not be found out. */
export function readPermissions(answers: readonly (readonly [PermissionProbe, Reply])[]): Finding[] {
	const of = (wanted: boolean | undefined): PermissionProbe[] =>
		answers.filter((answer) => isAllowed(answer) === wanted).map(([probe]) => probe);
	const allowed = of(true).map(({ permission }) => permission);
	const unclear = of(undefined).map(({ permission }) => permission);
	const missing = of(false);
	return [
		...(allowed.length > 0
			? [{ verdict: 'holds', text: `The key may do: ${allowed.join(', ')}.` } as const]
			: []),
		...missing.map(({ permission, needs }): Finding => ({
			verdict: permission === 'users.track' ? 'contradicts' : 'differs',
			text: `The key lacks ${permission}, which is needed for: ${needs}.`,
		})),
		...(missing.length > 0
			? [
					{
						verdict: 'differs',
						text: `${missing.length} of ${answers.length} permissions are missing.`,
						sandbox: 'its key may do everything',
						advice:
							'Add those that your workflows need under Settings → APIs and Identifiers in Braze, or choose from the lists of the nodes by ID.',
					} as const,
				]
			: []),
		...(unclear.length > 0
			? [{ verdict: 'unknown', text: `No clear answer about: ${unclear.join(', ')}.` } as const]
			: []),
		{
			verdict: 'unknown',
			text: `Not asked, since it is about sending or deleting: ${NOT_ASKED.join(', ')}.`,
		},
	];
}

/** 403 comes before anything else is looked at; what is said about the request itself comes after it. */
function isAllowed([{ question }, reply]: readonly [PermissionProbe, Reply]): boolean | undefined {
	if (reply.kind === 'silence') return undefined;
	const { status } = reply;
	if (status === 403) return false;
	// Elsewhere, 404 may mean that Braze has not opened the endpoint for the workspace.
	if (status === 404) return question.path.startsWith(NO_CATALOG) || undefined;
	return status < 300 || status === 400 || undefined;
}

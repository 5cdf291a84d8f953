import { setTimeout as sleep } from 'node:timers/promises';
import { isRecord } from '../../../nodes/common/record.ts';
import { isVoucherifyHost } from '../../../nodes/Voucherify/transport.ts';
import type { Service } from '../../../nodes/common/request.ts';
import type { Check } from '../check.mts';
import { type Answer, type Connection, type Reply, saidBy, succeeded } from '../connection.mts';
import type { Finding } from '../finding.mts';

const FIRST_LOOK_MS = 250;
const LONGEST_WAIT_MS = 60_000;
const COLUMNS = ['code', 'voucher_type'];

/** The same file asked for with and without keys. */
export interface Download {
	/** Undefined where the file lies with somebody else, whom the keys are no business of. */
	readonly withKeys: Reply | undefined;
	readonly withoutKeys: Reply;
}

/** Whether the download of an export wants the keys or only its token: a file without rows is exported, and removed again. */
export const exportDownload: Check = {
	title: 'Download of an export',
	examine: async (connection) => {
		const { ask, service } = connection;
		const created = await ask({ method: 'POST', path: '/v1/exports', body: emptyExport(Date.now()) });
		const id = succeeded(created) && isRecord(created.body) ? created.body.id : undefined;
		if (typeof id !== 'string')
			return [{ verdict: 'unknown', text: `No export could be made: ${saidBy(created, service)}.` }];
		const path = `/v1/exports/${encodeURIComponent(id)}`;
		let findings: readonly Finding[] = [];
		try {
			findings = await download(connection, path);
		} finally {
			const removed = await ask({ method: 'DELETE', path });
			if (!succeeded(removed)) {
				const text = `The export ${id}, which holds nothing, could not be removed: ${saidBy(removed, service)}.`;
				findings = [...findings, { verdict: 'unknown', text }];
			}
		}
		return findings;
	},
};

/** Vouchers that are made after this moment, of which there are none. */
function emptyExport(now: number) {
	const moment = new Date(now + 3600_000).toISOString();
	const filters = { junction: 'and', created_at: { conditions: { $after: [moment] } } };
	return { exported_object: 'voucher', parameters: { fields: COLUMNS, filters } };
}

async function download(connection: Connection, path: string): Promise<readonly Finding[]> {
	const { ask, url, service } = connection;
	const address = await addressOf(connection, path);
	if (address === undefined)
		return [{ verdict: 'unknown', text: 'The export was not done within a minute.' }];
	const { host, origin, protocol } = new URL(address, url);
	const isOwn = origin === url || (protocol === 'https:' && isVoucherifyHost(host));
	const withKeys = isOwn ? await ask({ method: 'GET', path: address }) : undefined;
	const withoutKeys = await ask({ method: 'GET', path: address, anonymous: true });
	return readDownload({ withKeys, withoutKeys }, service);
}

async function addressOf({ ask, url }: Connection, path: string): Promise<string | undefined> {
	const until = Date.now() + LONGEST_WAIT_MS;
	for (let pause = FIRST_LOOK_MS; Date.now() < until; pause = Math.min(2 * pause, 4_000)) {
		await sleep(pause);
		const job = await ask({ method: 'GET', path });
		const result = succeeded(job) && isRecord(job.body) ? job.body.result : undefined;
		const address = isRecord(result) ? result.url : undefined;
		if (typeof address === 'string' && URL.canParse(address, url)) return address;
	}
	return undefined;
}

/** Reads what both ways of downloading came to; a redirect is a success, since the nodes follow it. */
export function readDownload({ withKeys, withoutKeys }: Download, service: Service): Finding[] {
	const open = opens(withoutKeys);
	const file = withKeys !== undefined && succeeded(withKeys) ? withKeys : withoutKeys;
	const columns = succeeded(file) ? readColumns(file) : [];
	if (withKeys === undefined) {
		if (open)
			return [
				{ verdict: 'holds', text: 'The file lies with another host, and opens without keys.' },
				...columns,
			];
		return [
			{
				verdict: 'contradicts',
				text: `The file lies with another host, and does not open: ${saidBy(withoutKeys, service)}.`,
				sandbox: 'its files open by their address',
				advice: 'Use Export → Create and Get, and download the file by hand.',
			},
		];
	}
	if (opens(withKeys)) {
		if (open) return [{ verdict: 'holds', text: 'The file opens with the keys and without.' }, ...columns];
		return [
			{
				verdict: 'differs',
				text: 'The file opens only with the keys, which the nodes send.',
				sandbox: 'its files open by their address',
				advice:
					'Nothing to set in the nodes. Whatever else downloads the file needs the headers X-App-Id and X-App-Token.',
			},
			...columns,
		];
	}
	return [
		{
			verdict: 'contradicts',
			text: `The file does not open with the keys: ${saidBy(withKeys, service)}.`,
			sandbox: 'its files open with the keys and without',
			advice: open
				? "It opens without them: use Export → Create and Get, and n8n's HTTP Request for the file."
				: 'Use Export → Create and Get, and download the file by hand.',
		},
	];
}

function opens(reply: Reply): boolean {
	if (reply.kind === 'silence') return false;
	const isRedirect = reply.status >= 300 && reply.status < 400 && reply.headers.location !== undefined;
	return isRedirect || succeeded(reply);
}

/** The nodes map columns by their position, so there have to be as many as were asked for. */
function readColumns({ body }: Answer): Finding[] {
	const header = String(body ?? '').split(/\r?\n/, 1)[0] ?? '';
	if (header.split(',').length === COLUMNS.length)
		return [{ verdict: 'holds', text: `Its first row names the columns that were asked for (${header}).` }];
	return [
		{
			verdict: 'contradicts',
			text: `Its first row does not have one name for each column that was asked for: ${header.slice(0, 100) || 'it is empty'}.`,
			sandbox: 'a row of names, separated by commas, comes first',
			advice: 'Look at a file before its columns are used in a workflow.',
		},
	];
}
